from __future__ import annotations

from collections.abc import Callable

import pytest

from whence.coding import counts
from whence.coding.tree import Tree

Grow = Callable[..., Tree]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40", 40),
        ("1,200", 1200),
        ("twenty-five", 25),
        ("two hundred and six", 206),
        ("2.5 million", 2_500_000),
        ("three thousand four hundred", 3400),
        ("a dozen", 12),
        ("two dozen", 24),
        ("2 lakh", 200_000),
        ("forty cats", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_value(text: str, number: int | None) -> None:
    assert counts.value(text) == number


AT_LEAST = """
At at ADV RB 2 case
least least ADJ JJS 3 nmod
40 40 NUM CD 4 nummod
people people NOUN NNS 0 root
"""


@pytest.mark.parametrize(
    ("before", "number", "low", "high"),
    [
        (("At", "least"), "40", 40, None),
        (("More", "than"), "40", 41, None),
        (("Fewer", "than"), "40", None, 39),
        (("Up", "to"), "40", None, 40),
        (("Only", "about"), "40", 40, 40),
        (("At", "least"), "twelve", 12, None),
    ],
)
def test_openers(tree: Grow, before: tuple[str, str], number: str, low: int | None, high: int | None) -> None:
    grown = tree(
        AT_LEAST.replace("At at", f"{before[0]} {before[0]}")
        .replace("least least", f"{before[1]} {before[1]}")
        .replace("40 40", f"{number} {number}")
    )
    count = counts.read(grown, 3, "killed")
    assert count is not None
    assert (count.low, count.high, count.what) == (low, high, "killed")
    assert grown.text[count.at[0] : count.at[1]] == count.text


def test_vague_numbers_head_their_phrase(tree: Grow) -> None:
    grown = tree("""
        Dozens dozen NOUN NNS 0 root
        of of ADP IN 3 case
        miners miner NOUN NNS 1 nmod
    """)
    count = counts.read(grown, 0, "taking part")
    assert count is not None and (count.low, count.high) == (24, 99)


def test_several(tree: Grow) -> None:
    grown = tree("""
        several several ADJ JJ 2 amod
        soldiers soldier NOUN NNS 0 root
    """)
    count = counts.read(grown, 1, "wounded")
    assert count is not None and (count.low, count.high) == (3, None)


def test_no_number(tree: Grow) -> None:
    assert counts.read(tree("soldiers soldier NOUN NNS 0 root"), 0, "killed") is None
