"""The numbers of states by which other data sets are merged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from whence.errors import KnowledgeError
from whence.knowledge import load
from whence.knowledge.store import FOLDER
from whence.knowledge.tables import read_countries


@pytest.mark.parametrize(
    ("code", "cow", "gw"),
    [
        ("USA", 2, 2),
        ("GBR", 200, 200),
        ("FRA", 220, 220),
        ("DEU", 255, 260),
        ("RUS", 365, 365),
        ("SRB", 345, 340),
        ("XKX", 347, 347),
        ("SSD", 626, 626),
        ("YEM", 679, 678),
        ("SYR", 652, 652),
        ("CHN", 710, 710),
        ("TWN", 713, 713),
        ("VNM", 816, 816),
        ("NRU", 970, 971),
        ("KIR", 946, 970),
        ("PSE", None, None),
        ("HKG", None, None),
    ],
)
def test_well_known_numbers(code: str, cow: int | None, gw: int | None) -> None:
    country = load().countries[code]
    assert (country.cow, country.gw) == (cow, gw)


@pytest.mark.parametrize("column", ["cow", "gw"])
def test_a_number_is_one_states(column: str) -> None:
    numbers = [n for c in load().countries.values() if (n := getattr(c, column)) is not None]
    assert len(numbers) == len(set(numbers)) == 195


def test_the_lists_differ_where_the_header_says() -> None:
    different = {c.code for c in load().countries.values() if c.cow != c.gw}
    assert different == {"DEU", "SRB", "YEM", "KIR", "NRU", "TON", "TUV"}


def test_a_number_that_is_none_is_named(tmp_path: Path) -> None:
    table = tmp_path / "countries.tsv"
    shutil.copy(FOLDER / "countries.tsv", table)
    table.write_text(table.read_text(encoding="utf8").replace("\t652\t652", "\t652\tsix"), encoding="utf8")
    with pytest.raises(KnowledgeError, match="gw is 'six', not a whole number"):
        read_countries(table)
