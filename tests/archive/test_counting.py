"""Counts of events are those of the events themselves, whatever came, changed or went."""

from __future__ import annotations

import dataclasses
import random
import re
import sqlite3
from collections import Counter
from pathlib import Path

from tests.archive.made import actor, coding, time
from whence import Archive
from whence.archive.connection import migrate, steps
from whence.records import Coding, Status

Key = tuple[str, str, str, str, int, str]
TYPES = ("ASSAULT", "CONSULT", "PROTEST")
STATUSES: tuple[Status, ...] = ("happened", "denied")
DAYS = (None, ("2020-02-01", "2020-02-02"), ("2020-02-01", None), (None, "2020-02-05"))


def varied(seed: int, text: str = "") -> Coding:
    """A coding whose event has another type, status, day and countries for each seed."""
    pick = random.Random(seed)
    made = coding(text or f"The army shelled Keta {seed}, the mayor said.")
    army, town = (
        tuple(actor(made.article.text, name, n, country=pick.choice((None, "GHA", "TGO"))) for n in (1, 2, 3))
        for name in ("army", "Keta")
    )
    days = pick.choice(DAYS)
    event = dataclasses.replace(
        made.events[0],
        type=pick.choice(TYPES),
        status=pick.choice(STATUSES),
        quad=pick.choice((None, 4)),
        actors=army[: pick.randrange(4)],
        recipients=town[: pick.randrange(4)],
        time=None if days is None else time(*days),
    )
    return dataclasses.replace(made, events=(event,))


def counted(path: Path) -> tuple[dict[Key, int], dict[tuple[str, ...], int]]:
    """What the two tables hold."""
    made = sqlite3.connect(path)
    days = {tuple(key): n for *key, n in made.execute("SELECT * FROM day_counts")}
    countries = {tuple(key): n for *key, n in made.execute("SELECT * FROM country_counts")}
    made.close()
    return days, countries


def brute(codings: list[Coding]) -> Counter[Key]:
    """The same, counted over the codings."""
    found: Counter[Key] = Counter()
    for event in (event for made in codings for event in made.events):
        first, last = (event.time.start or "", event.time.end or "") if event.time else ("", "")
        countries = {actor.country for actor in event.actors + event.recipients if actor.country}
        for country in ("", *countries):
            found[country, first, last, event.type, event.quad or 0, event.status] += 1
    return found


def check(path: Path, codings: list[Coding]) -> None:
    days, countries = counted(path)
    wanted = brute(codings)
    assert days == wanted
    sums: Counter[tuple[object, ...]] = Counter()
    for (country, _, _, kind, quad, status), events in wanted.items():
        sums[country, kind, quad, status] += events
    assert countries == sums


def test_counts_follow_what_comes_changes_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    codings = [varied(seed) for seed in range(60)]
    with Archive(path) as archive:
        archive.add(codings[:40])
        archive.add(codings[20:])
        check(path, codings)
        read_again = [varied(seed + 100, coding.article.text) for seed, coding in enumerate(codings[:30])]
        archive.add(read_again)
        check(path, read_again + codings[30:])
        for gone in read_again[:10]:
            archive.remove(gone.article.sha256)
        check(path, read_again[10:] + codings[30:])
        for gone in read_again[10:] + codings[30:]:
            archive.remove(gone.article.sha256)
    assert counted(path) == ({}, {})


def test_a_text_of_two_addresses_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    later = varied(1)
    earlier = dataclasses.replace(later, article=dataclasses.replace(later.article, id="first", published="2019-01-01"))
    with Archive(path) as archive:
        archive.add([later])
        archive.add([earlier])
    check(path, [earlier])


def test_counts_of_a_country_are_those_of_the_filter(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Archive(path) as archive:
        archive.add([varied(seed) for seed in range(40)])
        for country in ("GHA", "TGO"):
            wanted = archive.events(country=country, type="ASSAULT").num_rows
            days, _ = counted(path)
            assert sum(n for key, n in days.items() if key[0] == country and key[3] == "ASSAULT") == wanted


def test_an_older_archive_is_counted_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    codings = [varied(seed) for seed in range(30)]
    with Archive(path) as archive:
        archive.add(codings)
    wanted = counted(path)
    made = sqlite3.connect(path, isolation_level=None)
    taken = next(n for n, step in enumerate(steps()) if "CREATE TABLE day_counts" in step)
    for kind, name in reversed(re.findall(r"CREATE (TABLE|TRIGGER|INDEX) (\w+)", steps()[taken])):
        if name != "tellings_part":  # which it puts in the place of an older one
            made.execute(f"DROP {kind} {name}")
    made.execute(f"PRAGMA user_version = {taken}")
    migrate(made, steps()[: taken + 1])
    made.close()
    assert counted(path) == wanted
