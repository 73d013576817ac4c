"""Is a text English? By its function words: they are a third of any English prose and rare elsewhere."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
"""Code points that are looked at."""
_SHARE = 0.12
"""Of the words of a longer text, at least so many are English function words. Measured: English news 0.25 to 0.45,
Dutch 0.04, German, French, Spanish 0.02."""
_SHORT = 25
"""Words below which the letters alone decide."""
_LATIN = 0.8


def is_english(text: str) -> bool:
    """Whether a text may be coded. Short texts pass if they are mostly in Latin letters."""
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE])]
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    if not words or sum(c < "\u0250" for c in letters) < _LATIN * len(letters):
        return False
    share = sum(w in _function_words() for w in words) / len(words)
    return share >= _SHARE or len(words) < _SHORT


@cache
def _function_words() -> frozenset[str]:
    text = files("whence.article").joinpath("function_words.txt").read_text(encoding="utf8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())
