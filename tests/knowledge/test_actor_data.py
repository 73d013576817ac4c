"""The authored actors: every line sound, every office held by one person at a time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from whence.knowledge import load
from whence.knowledge.normal import key
from whence.knowledge.records import SECTORLESS, STATELESS, Entry
from whence.knowledge.store import FOLDER
from whence.knowledge.tables import SECTORS, read_actors

SINGLE = frozenset(
    {
        "president",
        "prime minister",
        "chancellor",
        "king",
        "queen",
        "sultan",
        "emir",
        "emperor",
        "taoiseach",
        "pope",
        "premier",
        "supreme leader",
        "foreign minister",
        "defence minister",
        "foreign secretary",
        "secretary of state",
        "secretary of defense",
        "crown prince",
        "UN secretary general",
        "EU foreign policy chief",
        "leader of the junta",
    }
)
"""Offices that one person of a country holds at a time."""
ORDINARY = frozenset(
    {"the", "people", "party", "state", "government", "army", "police", "force", "group", "news", "press", "world"}
    | {"times", "today", "justice", "peace", "freedom", "hope", "order", "union", "front", "movement", "power"}
    | {"unity", "right", "left", "may", "will", "march", "rose", "mark", "rice", "brown", "bush", "prince", "general"}
)
"""Words of every text: no name may be one of them in small letters, which would be found everywhere."""


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Every line of every file."""
    countries = load().countries
    return [e for path in sorted((FOLDER / "actors").glob("*.tsv")) for e in read_actors(path, countries)]


def test_there_are_two_thousand(entries: list[Entry]) -> None:
    assert len({e.name for e in entries}) >= 2000


def test_countries_and_sectors(entries: list[Entry]) -> None:
    countries = load().countries
    for e in entries:
        assert e.country is None or e.country in countries or e.country in STATELESS, e
        assert e.sector in SECTORS or (e.sector is None and e.country in SECTORLESS), e


def test_days_are_days_and_in_order(entries: list[Entry]) -> None:
    for e in entries:
        for day in filter(None, (e.start, e.end)):
            date.fromisoformat(day)
        assert not e.start or not e.end or e.start <= e.end, e


def test_an_office_has_one_holder(entries: list[Entry]) -> None:
    """Terms of two persons share at most the day of the handover."""
    offices: defaultdict[tuple[str | None, str], list[Entry]] = defaultdict(list)
    for e in entries:
        if e.kind == "person" and e.role in SINGLE:
            offices[e.country, e.role].append(e)
    both = []
    for terms in offices.values():
        terms.sort(key=lambda e: e.start)
        both += [
            (a, b)
            for i, a in enumerate(terms)
            for b in terms[i + 1 :]
            if a.name != b.name and b.start < (a.end or "9999")
        ]
    assert not both


def test_a_person_has_no_line_twice(entries: list[Entry]) -> None:
    lines = [(e.name, e.country, e.role, e.start) for e in entries if e.kind == "person"]
    assert len(lines) == len(set(lines))


def test_no_alias_is_an_ordinary_word(entries: list[Entry]) -> None:
    """Names with a capital letter are found only where the text writes one too."""
    assert not [(e.name, n) for e in entries for n in (e.name, *e.aliases) if n.islower() and key(n) in ORDINARY]


@pytest.mark.parametrize(
    ("name", "day", "country", "role"),
    [
        ("Vladimir Putin", "2009-01-01", "RUS", "prime minister"),
        ("Dmitry Medvedev", "2009-01-01", "RUS", "president"),
        ("Goodluck Jonathan", "2008-01-01", "NGA", "vice president"),
        ("Robert Fico", "2024-02-01", "SVK", "prime minister"),
        ("Milo Djukanovic", "2019-01-01", "MNE", "president"),
        ("Salva Kiir", "2010-01-01", "SDN", "president of Southern Sudan"),
        ("Antonio Guterres", "2000-01-01", "PRT", "prime minister"),
        ("Antonio Guterres", "2020-01-01", "UNO", "UN secretary general"),
    ],
)
def test_the_role_of_the_day(name: str, day: str, country: str, role: str) -> None:
    assert {(e.country, e.role) for e in load().actors(name) if e.holds(day)} == {(country, role)}
