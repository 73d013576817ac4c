"""Values become cells of a CSV in one way, whichever command or address writes it."""

from __future__ import annotations

import pytest

from whence.cells import joined, listed, record


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        (3, 3),
        ("army", "army"),
        ([], ""),
        (["army", None, "rebels"], "army; ; rebels"),
        ([0, 12], "0-12"),
        ([[0, 12], [20, 31]], "0-12; 20-31"),
        ([1.5, 2.5], "1.5; 2.5"),
    ],
)
def test_a_list_is_one_cell_and_offsets_are_a_range(value: object, cell: object) -> None:
    assert joined(value) == cell


def test_values_side_by_side_keep_their_places() -> None:
    assert listed(name for name in ("GHA", None, 7)) == "GHA; ; 7"


def test_a_record_is_text_to_a_spreadsheet_and_numbers_stay_numbers() -> None:
    assert record(["=1+1", -2.5, None, 'a"b', "a\x00b"]) == '\'=1+1,-2.5,,"a""b",a b\r\n'
