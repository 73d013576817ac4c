"""Article text -> `Analysis`: words, sentences, tree and names, from one pass of one encoder."""

from __future__ import annotations

from whence.language.conllu import read_words, write
from whence.language.model import LanguageModel

__all__ = ["LanguageModel", "read_words", "write"]
