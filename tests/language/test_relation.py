"""Probabilities of types for a marked pair, and what is read of a text for them."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from whence import Coder, codebook
from whence.errors import EmptyInput, InputError, ModelError
from whence.language.encoder import FOLDER
from whence.language.pieces import END, START
from whence.language.relation import ACTOR, ELSEWHERE, LIMIT, LONGEST_PAIR, RECIPIENT, Marked, Relation, marked
from whence.language.windows import Window
from whence.records import Span


class Letters:
    """An encoder whose pieces are the letters of a word."""

    def pieces(self, word: str, /) -> tuple[int, ...]:
        return tuple(map(ord, word))

    def scores(self, window: Window, outputs: tuple[str, ...]) -> dict[str, np.ndarray[Any, Any]]:
        raise AssertionError


def at(text: str, words: str, turn: int = 0) -> Span:
    begin = -1
    for _ in range(turn + 1):
        begin = text.index(words, begin + 1)
    return begin, begin + len(words)


def read(found: Marked, role: int) -> str:
    return "".join(chr(piece) for piece, own in zip(found.ids, found.roles, strict=True) if own == role)


@cache
def coder() -> Coder:
    return Coder()


def best(text: str, actor: str, recipient: str) -> str:
    scores = coder().relation(text, actor=at(text, actor), recipient=at(text, recipient))
    return max(scores, key=lambda name: scores[name])


def test_pieces_know_their_side() -> None:
    text = "🕊 Ruritania's navy shelled the port of Ost."
    found = marked(text, at(text, "Ruritania's navy"), at(text, "the port of Ost"), Letters())
    assert (found.ids[0], found.ids[-1]) == (START, END)
    assert read(found, ACTOR) == "Ruritania'snavy"
    assert read(found, RECIPIENT) == "theportofOst"
    assert read(found, ELSEWHERE)[1:-1] == "🕊shelled."


def test_only_the_lines_of_the_pair_are_read() -> None:
    text = "A storm.\nBelora met\nSint.\nThe sea."
    found = marked(text, at(text, "Belora"), at(text, "Sint"), Letters())
    assert read(found, ELSEWHERE)[1:-1] == "met."


def test_of_a_long_text_what_is_nearest_is_read() -> None:
    text = "far " * 500 + "Belora near" + " far" * 500 + " beside Sint" + " far" * 500
    found = marked(text, at(text, "Belora"), at(text, "Sint"), Letters())
    assert len(found.ids) <= LIMIT + 2
    assert (read(found, ACTOR), read(found, RECIPIENT)) == ("Belora", "Sint")
    assert "near" in read(found, ELSEWHERE) and "beside" in read(found, ELSEWHERE)


def test_a_long_side_leaves_room_for_the_other() -> None:
    text = "Belora and " * 300 + "met Sint"
    found = marked(text, (0, at(text, "met")[0] - 1), at(text, "Sint"), Letters())
    assert len(read(found, ACTOR)) <= LONGEST_PAIR
    assert read(found, RECIPIENT) == "Sint"


def test_a_word_without_end_is_cut() -> None:
    text = "x" * 100_000 + " met Sint"
    found = marked(text, (0, 100_000), at(text, "Sint"), Letters())
    assert (len(read(found, ACTOR)), read(found, RECIPIENT)) == (LONGEST_PAIR, "Sint")


@pytest.mark.parametrize(
    ("actor", "recipient", "reason"),
    [
        ((0, 0), (11, 15), "actor .* is no stretch"),
        ((4, 2), (11, 15), "actor .* is no stretch"),
        ((-3, 4), (11, 15), "actor .* is no stretch"),
        ((0, 6), (11, 17), "recipient .* of a text of 16 characters"),
        ((0, 6), (10, 11), "white space alone"),
    ],
)
def test_spans_that_are_none_are_refused(actor: Span, recipient: Span, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        marked("Belora met Sint.", actor, recipient, Letters())


def test_words_of_both_are_the_actors() -> None:
    found = marked("Belora met Sint.", (0, 6), (0, 10), Letters())
    assert (read(found, ACTOR), read(found, RECIPIENT)) == ("Belora", "met")
    found = marked("Belora met Sint.", (0, 6), (0, 6), Letters())
    assert (read(found, ACTOR), read(found, RECIPIENT)) == ("Belora", "")


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyInput, match="empty"):
        coder().relation(text, actor=(0, 1), recipient=(1, 2))


def test_sixteen_probabilities_add_to_one() -> None:
    text = "Belora's envoy condemned the junta of Sint."
    scores = coder().relation(text, actor=at(text, "Belora's envoy"), recipient=at(text, "the junta of Sint"))
    assert tuple(scores) == tuple(codebook.load().categories)
    assert sum(scores.values()) == pytest.approx(1, abs=1e-9)
    assert min(scores.values()) >= 0
    assert scores == coder().relation(text, actor=at(text, "Belora's envoy"), recipient=at(text, "the junta of Sint"))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "kind"),
    [
        (
            "Moldova's president met the Ukrainian premier in Vinnytsia.",
            "Moldova's president",
            "the Ukrainian",
            "CONSULT",
        ),
        ("Fighter jets of Chad bombed rebels near the lake.", "Chad", "rebels", "ASSAULT"),
        ("Two reporters were arrested by Omani police.", "Omani police", "Two reporters", "COERCE"),
        ("Dockers went on strike against the port authority.", "Dockers", "the port authority", "PROTEST"),
        ("Denmark sent tents and blankets to Vanuatu.", "Denmark", "Vanuatu", "AID"),
        ("Bolivia accused Chile of diverting a river.", "Bolivia", "Chile", "ACCUSE"),
        ("Ghana urged Togo to reopen the border.", "Ghana", "Togo", "REQUEST"),
        ("Greece refused to talk to the delegation from Skopje.", "Greece", "the delegation from Skopje", "REJECT"),
    ],
)
def test_plain_acts_are_told(text: str, actor: str, recipient: str, kind: str) -> None:
    assert best(text, actor, recipient) == kind


def test_a_long_text_takes_no_long_time() -> None:
    text = "Belora condemned Sint " + "over the dam, again and again, " * 20_000
    began = time.perf_counter()
    coder().relation(text, actor=at(text, "Belora"), recipient=at(text, "Sint"))
    assert time.perf_counter() - began < 10


def test_a_missing_tower_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lacks relation.onnx in .*install whence anew"):
        Relation(tmp_path, Letters())


def test_a_broken_tower_is_named(tmp_path: Path) -> None:
    (tmp_path / "relation.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="does not fit"):
        Relation(tmp_path, Letters())


def test_the_tower_is_shipped() -> None:
    assert (FOLDER / "relation.onnx").stat().st_size < 12_000_000
