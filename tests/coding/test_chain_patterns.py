"""Chains, forms and nesting on authored sentences whose cue, source and content are given (`chains.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.coding.marked import given, read
from whence.article import from_text
from whence.pipeline import Coder
from whence.records import Coding

GROUPS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "chains.yaml").read_text(encoding="utf8")
)
CASES = [(pattern, case) for pattern, cases in GROUPS.items() for case in cases]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def coded(coder: Coder, case: dict[str, Any]) -> Coding:
    marked = read(case["text"])
    with given(marked):
        return coder.code(from_text(marked.text, url=case.get("url")))


@pytest.mark.parametrize(("pattern", "case"), CASES, ids=[f"{p}: {read(c['text']).text[:40]}" for p, c in CASES])
def test_chains_of_a_marked_text(coder: Coder, pattern: str, case: dict[str, Any]) -> None:
    statements = coded(coder, case).statements
    assert [list(s.chain) for s in statements] == case["chains"]
    for key in ("form", "commitment"):
        if key in case:
            assert [getattr(s, key) for s in statements] == case[key]


def test_every_pattern_has_two_cases() -> None:
    assert all(len(cases) >= 2 for cases in GROUPS.values())
