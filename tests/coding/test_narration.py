"""How far back a word reaches, over what is told and what is quoted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.coding.narration import Narration
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree

Grow = Callable[..., Tree]


@given(
    sentences=st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=12), reach=st.integers(1, 40)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_reach_begins_where_the_distance_says(tree: Grow, sentences: list[tuple[int, bool]], reach: int) -> None:
    block = "word word NOUN NN 0 root"
    grown = tree("\n\n".join("\n".join([block] * length) for length, _ in sentences))
    found = zip(grown.analysis.sentences, sentences, strict=True)
    quoted = [grown.span(sentence.first, sentence.last) for sentence, (_, is_quoted) in found if is_quoted]
    narration = Narration(grown, [Quotation((piece,)) for piece in quoted])
    for later in range(len(grown)):
        begin = narration.begin_of_reach(later, reach)
        assert all((narration.distance(word, later) <= reach) == (word >= begin) for word in range(len(grown)))


@pytest.mark.parametrize(("is_quoted", "begin"), [(False, 1), (True, 2)])
def test_quoted_sentences_between_count_only_within_the_quotation(tree: Grow, is_quoted: bool, begin: int) -> None:
    grown = tree("\n\n".join(["word word NOUN NN 0 root"] * 4))
    last = 3 if is_quoted else 2
    narration = Narration(grown, [Quotation((grown.span(2, last),))])
    assert narration.begin_of_reach(3, 1) == begin
