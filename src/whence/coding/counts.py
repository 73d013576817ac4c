"""How many people: a number by a noun, with what opens its bounds.

"At least 40" is 40 upwards, "more than 40" is 41 upwards, "up to 40" and "nearly 40" end at
40, "dozens" lie between 24 and 99. Words and vague numbers stand in `numbers.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whence.coding import wordlists
from whence.coding.tree import Tree
from whence.records import Count, CountOf

_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d{1,12}(?:\.\d{1,3})?")
_RANGE = re.compile(r"(\d{1,9})[-–](\d{1,9})")
_LONGEST_OPENER = 4
_LARGEST = 10**10


@dataclass(frozen=True, slots=True)
class _Words:
    units: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int | None]]
    openers: dict[tuple[str, ...], str]
    """Words before a number, and whether they make it `at_least`, `more`, `at_most` or `less`."""


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = wordlists.load("numbers.yaml")
    openers = {tuple(text.split()): kind for kind in ("at_least", "more", "at_most", "less") for text in raw[kind]}
    return _Words(raw["units"], raw["scales"], {k: (v[0], v[1]) for k, v in raw["vague"].items()}, openers)


def value(text: str) -> int | None:
    """The number that digits, words or both spell ("1,200", "twenty-five", "2.5 million"), or None."""
    words = _words()
    total, current, seen = 0.0, 0.0, False
    for token in text.lower().replace("-", " ").split():
        if _DIGITS.fullmatch(token):
            current += float(token.replace(",", ""))
        elif token in words.units:
            unit = words.units[token]
            current = current * unit if token in ("dozen", "score") and current else current + unit
        elif token in words.scales:
            current = (current or 1) * words.scales[token]
            if words.scales[token] >= 1000:
                total, current = total + current, 0.0
        elif token != "and":
            return None
        seen = True
        if total + current > _LARGEST:
            return None
    return round(total + current) if seen else None


def read(tree: Tree, head: int, what: CountOf) -> Count | None:
    """How many people the noun phrase round `head` counts, or None if it gives no number."""
    words = _words()
    for first, last in _number_ranges(tree, head):
        text = tree.mention(first, last).text
        bounds = _bounds(" ".join(text.lower().split()), words)
        if bounds is None:
            continue
        begin, opener = _opener(tree, first, words)
        mention = tree.mention(begin, last)
        low, high = _opened(bounds, opener)
        return Count(mention.text, mention.at, what, low, high)
    return None


def _number_ranges(tree: Tree, head: int) -> list[tuple[int, int]]:
    """Where the number of the phrase may stand: before the noun, or the head itself ("dozens of …")."""
    ranges = []
    for child in tree.children(head, "nummod", "amod", "det"):
        if child < head and (tree.upos[child] == "NUM" or tree.form[child].lower() in _words().vague):
            parts = ("compound", "flat", "nummod", "punct", "det", "amod")
            below = [w for w in tree.subtree(child) if tree.relation[w] in parts or w == child]
            ranges.append((_from(below, child), child))
    if tree.upos[head] == "NUM" or tree.form[head].lower() in _words().vague:
        below = [w for w in tree.subtree(head) if w <= head and (tree.upos[w] == "NUM" or w == head)]
        scale = (
            c for c in tree.children(head, "nmod") if tree.case(c) == "of" and tree.form[c].lower() in _words().vague
        )
        ranges.append((_from(below, head), next(scale, head)))
    elif tree.lemma[head].lower() in ("dozen", "hundred", "thousand", "million", "score"):
        first = head - 1 if head and tree.form[head - 1].lower() in ("a", "one") else head
        ranges.append((min([first, *tree.children(head, "nummod")]), head))
    return ranges


def _from(below: list[int], word: int) -> int:
    """The first of the words that lead up to `word` without a gap."""
    first = word
    while first - 1 in below:
        first -= 1
    return first


def _bounds(text: str, words: _Words) -> tuple[int, int | None] | None:
    """Lowest and highest number that the words stand for."""
    if text in words.vague:
        return words.vague[text]
    if (match := _RANGE.fullmatch(text)) is not None:
        low, high = int(match[1]), int(match[2])
        return (low, high) if low < high else None
    number = value(text)
    return None if number is None else (number, number)


def _opener(tree: Tree, first: int, words: _Words) -> tuple[int, str]:
    """Where the expression begins with what opens its bounds, and of which kind that is."""
    for length in range(_LONGEST_OPENER, 0, -1):
        if first >= length:
            before = tuple(tree.form[w].lower() for w in range(first - length, first))
            if before in words.openers:
                return first - length, words.openers[before]
    return first, ""


def _opened(bounds: tuple[int, int | None], opener: str) -> tuple[int | None, int | None]:
    low, high = bounds
    match opener:
        case "at_least":
            return low, None
        case "more":
            return low + 1 if low == high else low, None
        case "at_most":
            return None, high
        case "less":
            return None, high - 1 if high is not None and low == high else high
        case _:
            return low, high
