"""Users' lists and dictionaries become entries; what cannot be used is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from whence.errors import KnowledgeError
from whence.knowledge import Entry, imports, own
from whence.knowledge.imports import Imported
from whence.knowledge.store import FOLDER
from whence.knowledge.tables import read_actors, read_countries

COUNTRIES = read_countries(FOLDER / "countries.tsv")
DICTIONARY = """# invented
ORSO_VANT_ [KENGOV 990101-20020630][KENELI] ; a comment
+MINISTER_VANT_
BLUE_HILL_FRONT_(BHF)_
\t[UGAREB >050301]
TARU_MEDIA_ [KENMED]
LOST_TOWN_ [KEN]
BAD_DAY_ [KENGOV 991301-991401]
NO_CODE_
"""


def read(folder: Path, text: str, form: str | None = None) -> Imported:
    path = folder / "list.txt"
    path.write_bytes(gzip.compress(text.encode()))
    return imports.read(path, COUNTRIES, form)


def test_a_dictionary_becomes_entries_with_terms(tmp_path: Path) -> None:
    found = read(tmp_path, DICTIONARY)
    assert found.format == "petrarch"
    assert [(e.name, e.kind, e.country, e.sector, e.start, e.end) for e in found.entries] == [
        ("Orso Vant", "person", "KEN", "GOV", "1999-01-01", "2002-06-30"),
        ("Orso Vant", "person", "KEN", "ELI", "", "1998-12-31"),
        ("Orso Vant", "person", "KEN", "ELI", "2002-07-01", ""),
        ("Blue Hill Front", "group", "UGA", "REB", "2005-03-01", ""),
        ("Taru Media", "organisation", "KEN", "JRN", "", ""),
    ]
    assert found.entries[0].aliases == ("Minister Vant",)
    assert found.entries[3].aliases == ("BHF",)
    assert [line for line, _ in found.problems] == [7, 8, 9]


def test_agents_have_plurals_and_plover_means_health_by_med(tmp_path: Path) -> None:
    found = read(tmp_path, "FORESTER {FORESTERS} [~AGR]\nNURSE [~MED]\nMILITARY {} [~MIL]\nEDITOR [~JRN]\n")
    assert [(e.name, e.aliases, e.sector) for e in found.entries] == [
        ("forester", ("foresters",), "AGR"),
        ("nurse", ("nurses",), "MED"),
        ("military", (), "MIL"),
        ("editor", ("editors",), "JRN"),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_is_read_by_its_columns(tmp_path: Path, delimiter: str) -> None:
    rows = ["name,country,sector,aliases,from", "Orso Vant,ken,gov,O. Vant;Vant,2001-02-03", "Nobody,QQQ,GOV,,", "x"]
    found = read(tmp_path, "\n".join(rows).replace(",", delimiter))
    assert found.entries == [Entry("Orso Vant", ("O. Vant", "Vant"), "person", "KEN", "GOV", "2001-02-03", "", "")]
    assert [line for line, _ in found.problems] == [3, 4]


def test_what_is_too_large_or_no_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="--format"):
        read(tmp_path, "just a sentence\n")
    path = tmp_path / "large.csv"
    path.write_text("name,country\n" + "x" * 100)
    with pytest.raises(KnowledgeError, match="larger than 50"):
        imports.read(path, COUNTRIES, max_bytes=50)
    assert read(tmp_path, "name,country\n" + "x" * 30_000).problems == [(2, "longer than 20,000 characters")]


def test_a_list_that_is_written_is_read_again(tmp_path: Path) -> None:
    entries = read(tmp_path, DICTIONARY).entries
    own.write(tmp_path / "deep" / "own.tsv", entries)
    assert list(read_actors(tmp_path / "deep" / "own.tsv", COUNTRIES)) == entries
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["own.tsv"]


def test_days_of_one_entry_are_taken_from_another() -> None:
    whole = Entry("A", (), "person", "KEN", "GOV", "2000-01-01", "2009-12-31", "")
    inner = Entry("A", (), "person", "KEN", "OPP", "2003-01-01", "2003-12-31", "")
    assert [(e.start, e.end) for e in own.without(whole, [inner])] == [
        ("2000-01-01", "2002-12-31"),
        ("2004-01-01", "2009-12-31"),
    ]
    assert own.without(inner, [whole]) == []
