"""A gazetteer of the user's own: imported from GeoNames' layout, asked first, removed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.commands import run
from whence.knowledge import load


def line(id: int, name: str, kind: str, country: str, people: int, lat: str = "12.5", others: str = "") -> str:
    fields = [str(id), name, name, others, lat, "22.5", *kind.split("."), country, "", "07", "", "", "", str(people)]
    return "\t".join([*fields, "", "300", "Africa/Ndjamena", "2020-01-01"])


TOWN = line(990000001, "Qarqoum", "P.PPL", "TD", 40, others="Karkoumville,قرقوم")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHENCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def found(name: str) -> list[tuple[str, str, int]]:
    rows = json.loads(run("gazetteer", "find", name, "--json").stdout)
    return [(r["name"], r["country"], r["geonames"]) for r in rows]


def test_imported_places_are_found_and_change_the_version(tmp_path: Path, home: Path) -> None:
    before = load().version
    with zipfile.ZipFile(tmp_path / "TD.zip", "w") as bundle:
        bundle.writestr("readme.txt", "not a table")
        bundle.writestr("TD.txt", TOWN + "\n" + line(990000002, "Qarqoum Hotel", "S.HTL", "TD", 0) + "\n")
    result = run("gazetteer", "import", tmp_path / "TD.zip")
    assert result.exit_code == 0 and "1 places" in result.stderr
    assert found("Qarqoum") == found("Karkoumville") == [("Qarqoum", "TCD", 990000001)]
    assert found("Qarqoum Hotel") == []
    assert found("Aleppo")[0][1] == "SYR", "the built-in places are still there"
    assert load().version != before
    assert run("gazetteer", "remove").exit_code == 0
    assert found("Qarqoum") == [] and load().version == before
    assert list(home.iterdir()) == []


def test_malformed_lines_are_named_and_left_out(tmp_path: Path) -> None:
    bad = [
        "only\ttwo",
        line(990000003, "Qarqnorth", "P.PPL", "TD", 1, lat="95"),
        line(990000004, "Nowhere", "P.PPL", "Q1", 1),
        line(990000005, "Nonsense", "P.PPL", "TD", 1, lat="north"),
        "x" * 70_000,
    ]
    dump = tmp_path / "dump.txt"
    dump.write_bytes("\n".join([*bad, TOWN]).encode() + b"\n\xff\xfe\n")
    result = run("gazetteer", "import", dump)
    assert result.exit_code == 0
    for number in (1, 2, 3, 4, 5, 7):
        assert f"dump.txt:{number}: " in result.stderr
    assert found("Qarqoum") and not found("Qarqnorth")


def test_divisions_and_alternate_names(tmp_path: Path) -> None:
    towns, divisions, names = (tmp_path / f"{n}.txt" for n in ("towns", "admin2", "alternate"))
    towns.write_text(TOWN + "\n", encoding="utf8")
    divisions.write_text("TD.07.0001\tZoumbali Department\tZoumbali Department\t990000009\n", encoding="utf8")
    rows = ["1\t990000001\ten\tOldqarqoum\t\t\t\t\t\t", "2\t990000001\tlink\tLinkqarqoum\t\t\t\t\t\t"]
    names.write_text("\n".join(rows) + "\n", encoding="utf8")
    assert run("gazetteer", "import", towns, divisions, names).exit_code == 0
    assert found("Oldqarqoum") == found("Qarqoum") and not found("Linkqarqoum")
    assert found("Zoumbali") == [("Zoumbali Department", "TCD", 990000009)]


def test_a_failed_import_leaves_the_earlier_one(tmp_path: Path, home: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(TOWN + "\n", encoding="utf8")
    empty.write_text("# nothing\n", encoding="utf8")
    assert run("gazetteer", "import", good).exit_code == 0
    for wrong in (empty, tmp_path / "missing.txt"):
        result = run("gazetteer", "import", wrong)
        assert result.exit_code == 1 and "whence: " in result.stderr
    assert found("Qarqoum")
    assert [p.name for p in home.iterdir()] == ["gazetteer.sqlite"]


def test_a_broken_file_names_the_way_back(home: Path) -> None:
    home.mkdir()
    (home / "gazetteer.sqlite").write_bytes(b"not a database" * 100)
    result = run("gazetteer", "find", "Aleppo")
    assert result.exit_code == 1 and "whence gazetteer remove" in result.stderr
    assert run("gazetteer", "remove").exit_code == 0
    assert run("gazetteer", "find", "Aleppo").exit_code == 0
