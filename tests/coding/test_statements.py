"""Statements of authored texts, through the real model: chains, forms, contents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from whence.pipeline import Coder
from whence.records import Coding

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_statements_of_a_text(coder: Coder, case: dict[str, Any]) -> None:
    coding = coder.read_text(case["text"])
    assert [list(s.chain) for s in coding.statements] == [s["chain"] for s in case["statements"]]
    for got, expected in zip(coding.statements, case["statements"], strict=True):
        assert got.form == expected["form"]
        assert got.content[0].text.startswith(expected["content"])
        assert len(got.content) == expected.get("pieces", 1)
        assert got.commitment == expected.get("commitment", "plain")
        assert len(got.holders) == len(got.chain)
        _spans_are_exact(coding)


def _spans_are_exact(coding: Coding) -> None:
    text = coding.article.text
    for statement in coding.statements:
        for mention in (statement.cue, statement.source, *statement.content):
            assert mention is None or text[slice(*mention.at)] == mention.text


def test_a_quotation_that_goes_on_keeps_its_speaker(coder: Coder) -> None:
    coding = coder.read_text(
        "“We have no bread left,” said Omar Haddad, a baker.\n\n“Nobody has come to help us since the siege began.”"
    )
    assert {s.chain for s in coding.statements} == {("Omar Haddad",)}
    assert [m.text for s in coding.statements for m in s.content] == [
        "We have no bread left",
        "Nobody has come to help us since the siege began",
    ]


def test_a_statement_inside_another_has_the_longer_chain(coder: Coder) -> None:
    coding = coder.read_text("The mayor said that the rebels had told him that they would leave the town.")
    inner = coding.statements[1]
    assert inner.chain == ("mayor", "rebels")
    assert inner.within == coding.statements[0].id


def test_unbalanced_marks_never_swallow_the_article(coder: Coder) -> None:
    text = "“We will not leave, the minister said on Monday.\n\nThe army shelled the town of Sarip.\n\nIt rained.”"
    coding = coder.read_text(text)
    for statement in coding.statements:
        assert all("\n" not in piece.text for piece in statement.content)


def test_the_articles_own_outlet_carries_nothing(coder: Coder) -> None:
    from whence.article import from_text

    text = "“We will leave,” Ana Pires told the Lisbon Herald."
    own = coder.code(from_text(text, url="https://www.lisbonherald.example/1"))
    other = coder.code(from_text(text, url="https://www.paper.example/1"))
    assert own.statements[0].chain == ("Ana Pires",)
    assert other.statements[0].chain == ("Lisbon Herald", "Ana Pires")
