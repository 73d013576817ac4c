"""Quotation marks of every kind, balanced or not: never a crash, never a content that swallows the article."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.pipeline import Coder
from whence.records import Coding

PAIRS = ["“”", '""', "«»", "„“", "‘’", "''", "‹›", "「」", "””", "““"]
DOUBLED = [("``", "''"), ("“", '"'), ('"', "”"), ("''", "''")]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


REPORT = """The harbour of Velimar stays closed, the port authority announced on Monday.

{0}Nobody will load a single ship until we are paid,{1} said Ines Okafor, who leads the dockers.

The company Brant Shipping denied that it owed them anything.

{0}We have kept every promise,{1} its director, Tomas Lindqvist, told reporters. {0}They know it.{1}

Police watched the gates through the night. Eleven lorries turned back at the bridge.

The mayor said that talks would begin on Wednesday in the town hall."""

WORDS = re.compile(r"\w+")


def swallowed(coding: Coding) -> list[str]:
    """Contents that hold words of a paragraph nobody in them says: the police's, or more than two paragraphs."""
    contents = [m.text for s in coding.statements for m in s.content]
    return [c for c in contents if "Police watched" in c or c.count("\n\n") > 1]


@pytest.mark.parametrize("marks", [*map(tuple, PAIRS), *DOUBLED], ids=" ".join)
def test_marks_of_every_kind_give_the_same_speakers(coder: Coder, marks: tuple[str, str]) -> None:
    coding = coder.read_text(REPORT.format(*marks))
    said = {s.chain[-1]: s for s in coding.statements if s.chain}
    assert {"Ines Okafor", "Tomas Lindqvist"} <= set(said)
    assert "Nobody will load a single ship until we are paid" in said["Ines Okafor"].content[0].text
    assert not swallowed(coding)


@pytest.mark.parametrize("lost", range(6))
@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_one_lost_mark_costs_at_most_its_own_quotation(coder: Coder, marks: str, lost: int) -> None:
    text = REPORT.format(*marks)
    places = [m.start() for m in re.finditer("|".join(sorted(set(marks))), text)]
    text = text[: places[lost]] + text[places[lost] + 1 :]
    coding = coder.read_text(text)
    assert not swallowed(coding)
    chains = [s.chain for s in coding.statements]
    assert any("mayor" in c[-1] for c in chains if c)
    assert any("Brant Shipping" in c[-1] or "company" in c[-1] for c in chains if c)


def test_every_paragraph_opens_a_mark_and_none_closes(coder: Coder) -> None:
    text = "\n\n".join(f"“{p}" for p in REPORT.format("", "").split("\n\n"))
    coding = coder.read_text(text)
    assert not [c for s in coding.statements for m in s.content if (c := m.text).count("\n") > 1]
    assert len({s.chain for s in coding.statements}) >= 3


def test_a_quotation_over_three_paragraphs_is_whole(coder: Coder) -> None:
    text = (
        "“We waited four days for the boats,” said Abel Tessema, a fisherman from Massawa.\n\n"
        "“Then the soldiers came and counted us. They wrote down our names.\n\n“After that nobody slept.”\n\n"
        "The army did not answer questions."
    )
    coding = coder.read_text(text)
    words = " ".join(m.text for s in coding.statements if s.chain == ("Abel Tessema",) for m in s.content)
    assert "waited four days" in words and "counted us" in words and "nobody slept" in words
    assert "did not answer" not in words


@given(st.lists(st.tuples(st.integers(0, 800), st.sampled_from("“”\"'‘’«»„‟‹›「」`")), max_size=14))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_marks_strewn_anywhere_never_break_anything(coder: Coder, marks: list[tuple[int, str]]) -> None:
    text = REPORT.format("“", "”")
    for place, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    coding = coder.read_text(text)
    for statement in coding.statements:
        for mention in (*statement.content, statement.cue, statement.source):
            if mention is not None:
                assert coding.article.text[mention.at[0] : mention.at[1]] == mention.text
        assert all(a.at[1] <= b.at[0] for a, b in zip(statement.content, statement.content[1:], strict=False))
    longest = max((len(m.text) for s in coding.statements for m in s.content), default=0)
    assert longest < len(text) / 2
