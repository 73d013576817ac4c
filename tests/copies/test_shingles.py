"""Sketches: what makes no difference to them, and that those of a text and of a part of it are comparable."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.copies import Writer
from whence.copies import sketch
from whence.copies.shingles import INDEXED, KEPT, MAX_CHARACTERS, indexed, limit

TEXT = "The minister said on Monday that 12 bridges near the river were closed."


def test_case_punctuation_and_line_breaks_make_no_difference() -> None:
    assert sketch(TEXT) == sketch("THE MINISTER said,\n“on Monday”, that 12 bridges near the river were closed")


def test_compatible_forms_make_no_difference() -> None:
    assert sketch("the ofﬁce of １２ men") == sketch("the office of 12 men")


def test_the_same_on_every_machine() -> None:
    assert sketch("one two three") == (2371499172450795520,)


def test_nothing_of_a_text_without_three_words() -> None:
    assert sketch("") == sketch("two words") == sketch("… — !") == ()


@given(st.text())
@settings(max_examples=200)
def test_any_text_has_a_sketch(text: str) -> None:
    hashes = sketch(text)
    assert list(hashes) == sorted(set(hashes))
    assert all(0 <= value < 2**63 for value in hashes)


def test_a_figure_changes_the_hash_but_not_the_place() -> None:
    one, other = sketch("rose by 12 percent"), sketch("rose by 13 percent")
    assert not set(one) & set(other)
    assert {value >> 20 for value in one} == {value >> 20 for value in other}


def test_short_texts_are_kept_whole_and_long_ones_by_a_fixed_share() -> None:
    writer = Writer(1)
    assert len(sketch(writer.words(100))) > 90
    assert len(sketch(writer.words(400))) == KEPT
    assert 2_200 < len(sketch(writer.words(20_000))) < 2_700


def test_below_the_lesser_limit_a_whole_has_all_hashes_of_its_part() -> None:
    writer = Writer(2)
    part = writer.words(300)
    for size in (50, 300, 5_000):
        whole = sketch(f"{writer.words(size)}\n{part}")
        bound = min(limit(whole), limit(sketch(part)))
        assert {value for value in sketch(part) if value < bound} <= set(whole)


def test_the_part_that_is_looked_up_is_small() -> None:
    writer = Writer(3)
    assert len(indexed(sketch(writer.words(400)))) == INDEXED
    assert len(indexed(sketch(writer.words(10)))) == 8


def test_what_is_beyond_the_cap_has_no_part_in_it() -> None:
    text = "word and word " * (MAX_CHARACTERS // 14 + 1)
    assert sketch(text + TEXT) == sketch(text)


def test_a_word_without_end_is_read() -> None:
    assert sketch("a" * 500_000)
