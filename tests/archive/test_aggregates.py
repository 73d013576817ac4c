"""The counts behind timeline, map and matrix, against the events counted one by one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.archive.made import POINTS, actor, article, event, place, time
from tests.archive.made import coding as made_coding
from whence import Archive
from whence.archive import aggregates
from whence.archive.connection import migrate, steps
from whence.archive.pairing import NAMED
from whence.errors import ArchiveError
from whence.records import Coding, Event

LABELS = {"army": "Ghana, army", "guards": "Ghana, army", "rebels": None, "owners": None, "Lomé": "Togo, government"}
COUNTRIES = {"army": "GHA", "guards": "GHA", "rebels": None, "owners": "TGO", "Lomé": "TGO"}
SPANS = (
    None,
    ("2020-01-30", "2020-01-30"),
    ("2020-02-01", "2020-02-01"),
    ("2020-02-01", "2020-03-04"),
    ("2020-02-29", "2020-02-29"),
    ("2019-12-30", "2020-01-05"),
    ("2021-07-01", None),
    (None, "2018-12-31"),
)
TYPES = (("ASSAULT", 4), ("CONSULT", 1), ("AID", 2), ("A user's own", None))


def random_coding(number: int, random: Random) -> Coding:
    """Ten events of whatever the lists above hold."""
    text = f"Report {number}: " + " ".join(f"act{n}" for n in range(10))
    source = article(text, published="2020-02-03")
    people = [
        actor(text, name, n, label=label, country=COUNTRIES[name], sector=random.choice(["MIL", "GOV", None]))
        for n, (name, label) in enumerate(LABELS.items(), 1)
    ]
    towns = [place(text, name, n) for n, name in enumerate(POINTS, 1)]

    def some(things: list[Any], most: int) -> tuple[Any, ...]:
        return tuple(random.sample(things, random.randint(0, most)))

    def acted(n: int) -> Event:
        kind, quad = random.choice(TYPES)
        span = random.choice(SPANS)
        return event(
            source, n + 1, f"act{n}", type=kind, quad=quad, actors=some(people, 3), recipients=some(people, 2),
            places=some(towns, 2), time=span and time(*span), status=random.choice(["happened", "denied"]),
        )  # fmt: skip

    return Coding(
        source, tuple(people), tuple(towns), (), (), tuple(acted(n) for n in range(10)), made_coding().versions
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    random = Random(8)
    with Archive(tmp_path_factory.mktemp("counted") / "a.db") as made:
        made.add([random_coding(number, random) for number in range(30)])
        made.add([made_coding()])
        yield made


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"type": "ASSAULT"},
    {"status": "denied", "quad": 1},
    {"country": "TGO"},
    {"country": ["TGO"], "type": ["ASSAULT", "AID"]},
    {"country": ["TGO", "GHA"]},
    {"since": "2020-01-01", "until": "2020-02-10"},
    {"place": "Keta"},
    {"party_is": "Ghana, army"},
    {"actor_is": "rebels", "recipient_is": ["owners", "Togo, government"]},
    {"text": "nowhere"},
]


def events(archive: Archive, filters: dict[str, Any]) -> list[Event]:
    return [one for found in archive.find(**filters) for one in found.events]


def called(one: Any) -> str:
    return str(one.label or one.name)


@pytest.mark.parametrize("filters", QUESTIONS)
@pytest.mark.parametrize("per", aggregates.PERIODS)
def test_days_are_those_of_the_events(archive: Archive, filters: dict[str, Any], per: str) -> None:
    def period(day: str) -> Any:
        return {"day": day, "week": date.fromisoformat(day).isocalendar()[:2], "month": day[:7], "year": day[:4]}[per]

    wanted: Counter[tuple[Any, ...]] = Counter()
    for one in events(archive, filters):
        start, end = (one.time.start, one.time.end) if one.time else (None, None)
        day = start or end
        is_longer = start != end and (start is None or end is None or period(start) != period(end))
        wanted[period(day) if day else None, is_longer, one.type, one.quad, one.status] += 1
    rows = archive.days(per, **filters).to_pylist()
    keys = ("longer", "type", "quad", "status")
    got = {(period(r["start"]) if r["start"] else None, *(r[key] for key in keys)): r["events"] for r in rows}
    assert got == wanted
    assert len(got) == len(rows)
    for row in rows:
        if row["start"]:
            assert period(row["start"]) == period(row["end"])
            before, after = (date.fromisoformat(row[end]).toordinal() + by for end, by in (("start", -1), ("end", 1)))
            assert period(date.fromordinal(before).isoformat()) != period(row["start"])
            assert period(date.fromordinal(after).isoformat()) != period(row["start"])
    starts = [row["start"] or "9999" for row in rows]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("filters", "per"),
    [({}, "week"), ({"since": "2020-01-20", "until": "2020-02-10"}, "day"), ({"text": "nowhere"}, "day")],
)
def test_a_period_is_chosen_that_makes_few_bars(archive: Archive, filters: dict[str, Any], per: str) -> None:
    found = archive.days(**filters)
    assert found.schema.metadata == {b"per": per.encode()}
    assert len({row["start"] for row in found.to_pylist()}) <= aggregates.BARS + 1


@pytest.mark.parametrize("filters", QUESTIONS)
def test_places_are_those_of_the_events(archive: Archive, filters: dict[str, Any]) -> None:
    wanted: Counter[str] = Counter()
    for one in events(archive, filters):
        wanted.update({p.name for p in one.places if "place" not in filters or p.name == "Keta"})
    rows = archive.map(**filters).to_pylist()
    assert {row["name"]: row["events"] for row in rows} == wanted
    assert [row["events"] for row in rows] == sorted((row["events"] for row in rows), reverse=True)
    for row in rows:
        assert (row["lat"], row["lon"], row["country"], row["geonames"]) == POINTS[row["name"]]


@pytest.mark.parametrize("filters", QUESTIONS)
@pytest.mark.parametrize("by", sorted(NAMED))
@pytest.mark.parametrize("top", [None, 2])
def test_pairs_are_those_of_the_events(archive: Archive, filters: dict[str, Any], by: str, top: int | None) -> None:
    def name(one: Any) -> str | None:
        return called(one) if by == "who" else getattr(one, by)

    pairs: Counter[tuple[Any, ...]] = Counter()
    for one in events(archive, filters):
        acts, suffers = ({name(party) for party in side} - {None} for side in (one.actors, one.recipients))
        pairs.update((a, r, one.quad) for a in acts for r in suffers)
    met: Counter[str] = Counter()
    for (a, r, _), count in pairs.items():
        met[a] += count
        met[r] += count
    shown = set(sorted(met, key=lambda one: (-met[one], one))[:top])
    wanted = {key: n for key, n in pairs.items() if shown.issuperset(key[:2])}
    rows = archive.dyads(by, top, **filters).to_pylist()
    assert {(row["actor"], row["recipient"], row["quad"]): row["events"] for row in rows} == wanted
    assert len(rows) == len(wanted)


@pytest.mark.parametrize("filters", [{}, {"status": "denied"}])
@pytest.mark.parametrize("who", ["Ghana, army", "rebels", "mayor"])
def test_a_profile_tells_parts_and_partners(archive: Archive, filters: dict[str, Any], who: str) -> None:
    found = archive.profile(who, **filters)
    assert found is not None
    parts: Counter[tuple[Any, ...]] = Counter()
    partners: Counter[tuple[Any, ...]] = Counter()
    for each in archive.find(**filters):
        chains = {statement.id: statement.chain for statement in each.coding.statements}
        for one in each.events:
            acts, suffers = ({called(party) for party in side} for side in (one.actors, one.recipients))
            told = (("actor", acts), ("recipient", suffers), ("holder", set(chains.get(one.statement or "", ()))))
            parts.update((part, one.type, one.quad, one.status) for part, names in told if who in names)
            partners.update((a, r, one.quad) for a in acts for r in suffers if who in (a, r))
    assert {tuple(row.values())[:4]: row["events"] for row in found.parts.to_pylist()} == parts
    assert {tuple(row.values())[:3]: row["events"] for row in found.partners.to_pylist()} == partners
    assert archive.profile("nobody of that name") is None


def test_pairs_follow_what_comes_changes_and_goes(tmp_path: Path) -> None:
    random = Random(9)
    first = [random_coding(number, random) for number in range(6)]
    again = [random_coding(number, random) for number in range(3)]
    with Archive(tmp_path / "a.db") as archive, Archive(tmp_path / "b.db") as other:
        archive.add(first)
        archive.add(again)
        archive.remove(first[5].article.sha256)
        other.add([*again, *first[3:5]])
        for by in sorted(NAMED):
            for top in (None, 3):
                assert archive.dyads(by, top).equals(other.dyads(by, top))
        for one in [*again, *first[3:5]]:
            archive.remove(one.article.sha256)
        assert archive.dyads().num_rows == 0


def test_pairs_of_an_older_archive_are_counted_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    random = Random(10)
    path = tmp_path / "old.db"
    with Archive(path) as archive:
        archive.add([random_coding(number, random) for number in range(20)])
        wanted = {by: archive.dyads(by, 3) for by in NAMED}
    old = sqlite3.connect(path, isolation_level=None)
    step = next(n for n, sql in enumerate(steps()) if "CREATE TABLE pair_counts" in sql)
    for table in ("pair_counts", "pair_sums"):
        old.execute(f"DROP TABLE {table}")
    old.execute(f"PRAGMA user_version = {step}")
    migrate(old, steps()[: step + 1])
    old.close()
    with Archive(path) as archive:
        assert all(archive.dyads(by, 3).equals(wanted[by]) for by in NAMED)


def test_an_empty_archive_has_empty_counts(tmp_path: Path) -> None:
    with Archive(tmp_path / "empty.db") as empty:
        assert empty.days().num_rows == empty.map().num_rows == empty.dyads().num_rows == 0


def test_what_cannot_be_counted_is_told(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no such period: 'decade'; there are day, week"):
        archive.days("decade")
    with pytest.raises(ArchiveError, match="not by 'party'"):
        archive.dyads("party")
    with pytest.raises(TypeError, match="counts are of all events"):
        archive.map(limit=5)
