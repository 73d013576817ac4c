"""Our word pieces beside those of the `tokenizers` library, over the vocabulary that the model ships with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

import whence
from whence.language.pieces import WordPieces

VOCABULARY = Path(whence.__file__).parent / "model" / "vocab.txt"
WORDS = (Path(__file__).parent / "pieces.txt").read_text(encoding="utf8").split("\n")
OLD = [
    (0x20, 0x24F),
    (0x300, 0x361),
    (0x400, 0x45F),
    (0x5D0, 0x5EA),
    (0x621, 0x64A),
    (0x2010, 0x2027),
    (0x4E00, 0x4EFF),
]
"""Blocks on whose characters every version of Unicode agrees."""
ANY = st.sampled_from([chr(code) for first, last in OLD for code in range(first, last + 1)])


@pytest.fixture(scope="module")
def theirs() -> Tokenizer:
    ids = {line: n for n, line in enumerate(VOCABULARY.read_text(encoding="utf8").split("\n")) if line}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


@pytest.fixture(scope="module")
def ours() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize("word", WORDS)
def test_words_are_split_alike(word: str, ours: WordPieces, theirs: Tokenizer) -> None:
    expected = tuple(theirs.encode([word], is_pretokenized=True, add_special_tokens=False).ids) or (100,)
    assert ours.pieces(word) == expected


@settings(max_examples=300, deadline=None)
@given(word=st.text(ANY, min_size=1, max_size=12))
def test_any_word_is_split_alike(word: str, ours: WordPieces, theirs: Tokenizer) -> None:
    expected = tuple(theirs.encode([word], is_pretokenized=True, add_special_tokens=False).ids) or (100,)
    assert ours.pieces(word) == expected


def test_a_word_of_nothing_is_unknown(ours: WordPieces) -> None:
    assert ours.pieces("\u0301") == (100,)
    assert ours.pieces("x" * 5000) == (100,)
