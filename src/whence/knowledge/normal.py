"""How names are compared: one key for all the spellings that differ only in dress."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)
"""Latin letters that Unicode does not decompose into a plain letter and a mark."""


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The letters and digits of a name in lower case, without accents, and without a leading "the".

    Spaces, hyphens, apostrophes and dots fall away, so that "Deir ez-Zor" and "Deir Ezzor",
    "N'Djamena" and "Ndjamena", "U.S." and "US" have one key. Letters of other scripts stay.
    """
    lowered = unicodedata.normalize("NFKD", text).lower().removeprefix("the ")
    plain = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return "".join(c for c in plain if c.isalnum())
