"""Is a text English? By its function words: they are a third of any English prose and rare elsewhere."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Code points that are looked at."""
_SHARE = 0.08
"""Of the words of a text, at least so many are function words of the list. Measured: 939 articles of world news
in English 0.14 to 0.44, sentences of German and Danish 0, of Dutch 0.03. Foreign pages with English menus have up to
0.07."""
_SPARSE = 0.01
"""Share that is enough in a text of names, such as a list of scores: it has few function words of any language,"""
_NAMES = 0.5
"""and of its words so many begin with a capital letter or are written in such."""
_OTHERS = 0.25
"""Of as many function words of other languages as this share of the English ones, none is a sign of another language
in a text of names."""
_SHORT = 30
"""Words below which a single function word is enough, and none is needed where no other language shows either,"""
_SHORTEST = 8
"""and below which the letters alone decide."""
_FOREIGN = 2
"""Function words of another language that are too many: names have one ("Rio de Janeiro")."""
_LATIN = 0.8


def is_english(text: str) -> bool:
    """Whether a text may be coded. Short texts pass if they are mostly in Latin letters."""
    sample = text[:_SAMPLE]
    found = _WORD.findall(sample)
    words = [w.lower() for w in found]
    if not words or not _is_latin(sample):
        return False
    known = sum(w in words_of("function_words.txt") for w in words)
    if known >= _SHARE * len(words) or len(words) < _SHORTEST:
        return True
    foreign = sum(w in words_of("other_words.txt") for w in words)
    if len(words) < _SHORT:
        return known > 0 or foreign < _FOREIGN
    names = sum(w[0].isupper() for w in found)
    return known >= _SPARSE * len(words) and foreign <= _OTHERS * known and names >= _NAMES * len(found)


def _is_latin(text: str) -> bool:
    """Whether nearly all letters are Latin ones."""
    if text.isascii():
        return True
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) >= _LATIN * len(letters)


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list beside this module."""
    text = files("whence.article").joinpath(name).read_text(encoding="utf8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())
