from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.coding import quotations


def inside(text: str) -> list[list[str]]:
    return [[text[b:e] for b, e in q.pieces] for q in quotations.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We leave,” she said. “Tonight.”", [["We leave,"], ["Tonight."]]),
        ('He said "go home" twice.', [["go home"]]),
        ("«On part», a-t-il dit.", [["On part"]]),
        ("„Wir gehen“, sagte er.", [["Wir gehen"]]),
        ("``We go,'' he said.", [["We go,"]]),
        ("He called it ‘a farce’ and left.", [["a farce"]]),
        ("“He told me, ‘Run,’ and I ran,” she said.", [["He told me, ‘Run,’ and I ran,"]]),
        ("The rebels' camp isn't the army's.", []),
        ("It’s the ministers’ plan.", []),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[list[str]]) -> None:
    assert inside(text) == expected


def test_a_quotation_runs_on_over_paragraphs_that_begin_with_an_opening_mark() -> None:
    text = "“First.\n\n“Second,” he said."
    assert inside(text) == [["First.", "Second,"]]


def test_a_lost_closing_mark_ends_with_its_paragraph() -> None:
    text = "“Never closed.\n\nA plain paragraph follows.\n\nHe said “yes” again."
    assert inside(text) == [["Never closed."], ["yes"]]


@given(st.text(alphabet="ab “”\"'‘’«»\n.", max_size=80))
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    last = 0
    for quotation in quotations.find(text):
        for begin, end in quotation.pieces:
            assert last <= begin <= end <= len(text)
            assert "\n" not in text[begin:end]
            last = end
