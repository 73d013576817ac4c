"""The knowledge files hold, and what breaks them is named."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import KnowledgeError
from whence.knowledge import Knowledge, load
from whence.knowledge.normal import key
from whence.knowledge.store import FOLDER
from whence.knowledge.tables import SECTORS, read_actors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge files that may be broken."""
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Deir ez-Zor", "Deir Ezzor"),
        ("N'Djamena", "Ndjamena"),
        ("U.S.", "US"),
        ("the Côte d’Ivoire", "Cote d'Ivoire"),
        ("Erdoğan", "Erdogan"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_have_one_key(a: str, b: str) -> None:
    assert key(a) == key(b)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


def test_countries() -> None:
    knowledge = load()
    assert {knowledge.country(n).code for n in ("Burma", "Myanmar")} == {"MMR"}  # type: ignore[union-attr]
    for name, code in {
        "Islamic Republic of Iran": "IRN",
        "UK": "GBR",
        "U.S.": "USA",
        "Kosovo": "XKX",
        "Taiwan": "TWN",
        "Palestine": "PSE",
        "Western Sahara": "ESH",
        "Hong Kong": "HKG",
    }.items():
        country = knowledge.country(name)
        assert country is not None and country.code == code, name
    assert knowledge.country("us") is None, "a pronoun is no country"
    seats = {"Kremlin": "RUS", "White House": "USA", "Downing Street": "GBR"}
    assert all((c := knowledge.seat(n)) is not None and c.code == code for n, code in seats.items())
    assert (c := knowledge.nationality("Dutch")) is not None and c.code == "NLD"
    assert (c := knowledge.people("Britons")) is not None and c.code == "GBR"
    assert (c := knowledge.capital("Kiev")) is not None and c.code == "UKR"
    assert len(knowledge.countries) > 200


def test_every_country_has_a_point_on_earth() -> None:
    for country in load().countries.values():
        assert -90 <= country.lat <= 90 and -180 <= country.lon <= 180, country.code
        assert country.geonames > 0


def test_actors_are_case_aware() -> None:
    knowledge = load()
    assert knowledge.actors("is") == () and knowledge.actors("who") == ()
    assert {e.country for e in knowledge.actors("IS")} == {"IMG"}
    assert {e.name for e in knowledge.actors("al-Nusra Front")} == {"Nusra Front"}


def test_terms_of_office() -> None:
    holding = {
        day: {e.sector for e in load().actors("Hosni Mubarak") if e.holds(day)} for day in ("2010-05-01", "2012-05-01")
    }
    assert holding == {"2010-05-01": {"GOV"}, "2012-05-01": set()}


def test_terms_of_one_actor_do_not_overlap_in_different_sectors() -> None:
    knowledge = load()
    names: dict[str, list[tuple[str, str, str | None]]] = {}
    for path in (FOLDER / "actors").glob("*.tsv"):
        for entry in read_actors(path, knowledge.countries):
            names.setdefault(f"{entry.name} {entry.country}", []).append(
                (entry.start, entry.end or "9999", entry.sector)
            )
    for name, terms in names.items():
        for (_, end, sector), (start, _, following) in zip(sorted(terms), sorted(terms)[1:], strict=False):
            assert sector == following or end <= start, name


def test_agents_name_real_sectors() -> None:
    agents = load().agents
    for table in (agents.heads, agents.carriers, agents.compounds, agents.titles):
        assert {s for s in table.values() if s} <= SECTORS
    assert not agents.heads.keys() & agents.carriers.keys(), "a noun is either a head or a carrier"


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("police", "COP"),
        ("interior ministry", "GOV"),
        ("defence ministry", "MIL"),
        ("former president", "ELI"),
        ("security force", "COP"),
        ("armed force", "MIL"),
        ("opposition leader", "OPP"),
        ("rebel commander", "REB"),
        ("attorney general", "JUD"),
        ("media worker", "JRN"),
        ("intelligence official", "SPY"),
        ("oil company", "BUS"),
    ],
)
def test_roles(phrase: str, sector: str) -> None:
    *modifiers, head = phrase.split()
    assert load().agents.role(head, modifiers).sector == sector


def test_places() -> None:
    gazetteer = load().gazetteer
    assert {(p.grain, p.country) for p in gazetteer.find("Deir Ezzor")} == {("admin1", "SYR"), ("city", "SYR")}
    assert gazetteer.find("Paris")[0].country == "FRA"
    assert {"USA", "FRA"} <= {p.country for p in gazetteer.find("Paris")}
    assert {p.geonames for p in gazetteer.find("Kiev")} >= {703448}
    assert gazetteer.find("") == () and gazetteer.find("Nowhere at all") == ()


def test_authored_places_carry_the_ids_of_the_gazetteer() -> None:
    first = load().points("Deir ez-Zor")[0]
    assert (first.grain, first.country, first.geonames) == ("admin1", "SYR", 170792)


def test_acronyms_are_no_towns() -> None:
    assert load().points("UN") == () and load().points("U.N.") == ()


def test_seats_stand_where_the_capital_is() -> None:
    house = load().points("White House")[0]
    assert house.country == "USA" and house.lat is not None and round(house.lat) == 39


@pytest.mark.parametrize("name", ["France", "Paris", "Kremlin", "White House", "French", "Nowhere", "paris"])
def test_states_stand_under_name_capital_and_seat(name: str) -> None:
    known = load()
    assert known.state(name) == (known.country(name) or known.capital(name) or known.seat(name))
    assert (known.state(name) is None) == (name in ("French", "Nowhere", "paris"))


def test_the_version_is_that_of_the_files(folder: Path) -> None:
    before = Knowledge(folder).version
    assert before == load().version and len(before) == 12


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("countries.tsv", "XYZ\tonly two", "fields"),
        ("actors/groups.tsv", "Some Group\t\tgroup\tQQQ\tREB\t\t\t", "'QQQ'"),
        ("actors/groups.tsv", "Some Group\t\tgroup\tIRQ\tWAR\t\t\t", "'WAR'"),
        ("actors/groups.tsv", "Some Group\t\tcrowd\tIRQ\tREB\t\t\t", "'crowd'"),
        ("actors/people.tsv", "Somebody\t\tperson\tIRQ\tGOV\t2001\t\tking", "not a day"),
        ("regions.tsv", "Somewhere\t\t\tplanet\tIRQ\t1\t1", "'planet'"),
        ("regions.tsv", "Somewhere\t\t\tcity\tIRQ\tnorth\t1", "not a number"),
        ("agents.yaml", "heads: {WAR: [warrior]}", "'WAR'"),
        ("agents.yaml", "[", "cannot be read"),
    ],
)
def test_broken_files_are_named(folder: Path, file: str, line: str, message: str) -> None:
    with (folder / file).open("a", encoding="utf8") as out:
        out.write(line + "\n")
    with pytest.raises(KnowledgeError, match=message) as caught:
        Knowledge(folder)
    assert str(folder / file) in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "countries.tsv").unlink()
    with pytest.raises(KnowledgeError, match=r"countries\.tsv"):
        Knowledge(folder)


def test_a_broken_gazetteer_is_named(folder: Path) -> None:
    (folder / "places.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(KnowledgeError, match=r"places\.tsv\.gz"):
        Knowledge(folder).gazetteer.find("Paris")
    (folder / "places.tsv.gz").write_bytes(gzip.compress(b"paris\tParis\tFRA"))
    with pytest.raises(KnowledgeError, match="Paris"):
        Knowledge(folder).gazetteer.find("Paris")
