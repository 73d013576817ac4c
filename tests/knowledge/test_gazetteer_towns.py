"""Towns of wars are placed in their countries, read from plain sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

import whence

LIST = Path(__file__).with_name("towns_of_wars.tsv")
AT_LEAST = 80
"""How many of the listed towns must be right."""


@pytest.fixture(autouse=True)
def no_own_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHENCE_HOME", str(tmp_path))


def places(text: str) -> dict[str, tuple[str | None, str]]:
    return {p.name: (p.country, p.grain) for p in whence.read_text(text).places}


def test_towns_of_wars() -> None:
    lines = [line.split("\t") for line in LIST.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    wrong = [
        (name, code, found)
        for name, code in lines
        if (found := places(f"Residents of {name} fled on Monday.").get(name, (None, ""))[0]) != code
    ]
    assert len(lines) >= 85
    assert len(lines) - len(wrong) >= AT_LEAST, wrong


def test_provinces() -> None:
    found = places("Fighting went on in the provinces of Aleppo, Idlib and Deir ez-Zor, a monitor said.")
    assert [found.get(n) for n in ("Aleppo", "Idlib", "Deir ez-Zor")] == [("SYR", "admin1")] * 3
    assert places("The bombers landed near Hamadan on Monday.")["Hamadan"][0] == "IRN"


@pytest.mark.parametrize(("one", "other"), [("Kiev", "Kyiv"), ("Deir ez-Zor", "Deir Ezzor")])
def test_spellings_are_one_place(one: str, other: str) -> None:
    ids = [{p.geonames for p in whence.read_text(f"Residents of {n} fled.").places} for n in (one, other)]
    assert ids[0] == ids[1] != {None}
