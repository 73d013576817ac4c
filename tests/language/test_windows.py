from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.language.pieces import END, START
from whence.language.windows import LIMIT, LONGEST_WORD, Unit, batch, pack


def pieces(word: str) -> tuple[int, ...]:
    """One piece a letter, numbered from 1000."""
    return tuple(1000 + ord(c) for c in word) or (100,)


def test_whole_units_share_a_window_and_paragraphs_are_separated() -> None:
    forms = ["ab", "c", "d", "e"]
    (window,) = pack(forms, [Unit(0, 1, 0), Unit(2, 2, 0), Unit(3, 3, 1)], pieces)
    assert window.ids == (START, *pieces("abcd"), END, *pieces("e"), END)
    assert [window.ids[w] for w in window.words] == [START, 1097, 1099, 1100, 1101]


def test_the_limit_opens_a_new_window_at_a_unit() -> None:
    forms = ["a"] * 10
    units = [Unit(i, i + 4, 0) for i in (0, 5)]
    windows = pack(forms, units, pieces, limit=8)
    assert [(w.first, w.last) for w in windows] == [(0, 4), (5, 9)]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=400), st.booleans())
def test_no_word_is_lost_and_no_window_is_too_long(sizes: list[int], one_unit: bool) -> None:
    forms = ["x" * n for n in sizes]
    last = len(forms) - 1
    units = [Unit(0, last, 0)] if one_unit else [Unit(i, i, i % 3) for i in range(len(forms))]
    windows = pack(forms, units, pieces)
    assert [w.first for w in windows[1:]] == [w.last + 1 for w in windows[:-1]]
    assert windows[0].first == 0
    assert windows[-1].last == last
    for window in windows:
        assert len(window.ids) == len(window.shapes) <= LIMIT
        assert len(window.words) == window.last - window.first + 2
        for position, word in zip(window.words[1:], range(window.first, window.last + 1), strict=True):
            head = pieces(forms[word])[:LONGEST_WORD]
            assert window.ids[position : position + len(head)] == head


def test_a_batch_pads_with_zeros() -> None:
    windows = pack(["a", "bb"], [Unit(0, 0, 0), Unit(1, 1, 0)], pieces, limit=3)
    made = batch(windows)
    assert made.ids.tolist() == [[START, 1097, END, 0], [START, 1098, 1098, END]]
    assert made.mask.tolist() == [[1, 1, 1, 0], [1, 1, 1, 1]]
    assert made.words.tolist() == [[0, 1], [0, 1]]
