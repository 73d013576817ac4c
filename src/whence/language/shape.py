"""A word's shape: what the uncased encoder would not see."""

from __future__ import annotations

from functools import lru_cache

SHAPES = 6
LOWER, CAPITALISED, UPPER, SINGLE, MIXED, DIGITS = range(SHAPES)


@lru_cache(maxsize=200_000)
def shape(word: str) -> int:
    """`LOWER` (or no letters), `CAPITALISED`, `UPPER`, `SINGLE` (one capital), `MIXED`, or `DIGITS` (any in it)."""
    if any(c.isdigit() for c in word):
        return DIGITS
    if word == word.lower():
        return LOWER
    if len(word) == 1:
        return SINGLE
    if word == word.upper():
        return UPPER
    if word[0].isupper() and word[1:] == word[1:].lower():
        return CAPITALISED
    return MIXED
