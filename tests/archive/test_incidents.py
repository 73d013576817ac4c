"""The incidents of an archive are those that all its codings at once would give, however it came to hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.incidents.made import DEIR, IDLIB, MINISTRY, SYRIA, TURKEY, day, event, killed, told
from whence import Archive
from whence.errors import ArchiveError
from whence.incidents import incidents
from whence.records import Coding, Incident, Outcome

CODINGS = [
    told("a"),
    told("b", chain=(MINISTRY,), counts=(killed(4),)),
    told("c", places=(SYRIA,), counts=(killed(9),)),
    told("d", places=(IDLIB,)),
    told("e", status="denied", chain=(TURKEY,)),
    told("f", places=(DEIR,), time=day("2016-08-15")),
    told("g", places=(DEIR,), time=day("2016-08-15"), published="2016-08-18"),
    told("h", type="PROTEST", mode=None, recipients=(), time=day("2016-09-15"), published="2016-09-16"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db") as opened:
        yield opened


def retold(name: str, date: str) -> Coding:
    """An article with a strike, the same told again in other terms, and a protest."""
    coding = told(name, published=date, time=day(date))
    bare: dict[str, Any] = {"actors": (), "recipients": (), "places": (), "time": None}
    again = event(f"{name}-again", **bare, id="e2", same_as="e1")
    protest = event(f"{name}-protest", **bare, id="e3", type="PROTEST", mode=None)
    return replace(coding, events=(*coding.events, again, protest))


def held(archive: Archive) -> dict[str, Incident]:
    ids = archive.incidents().column("id").to_pylist()
    found = {id: archive.incident(id) for id in ids}
    assert None not in found.values()
    return {id: incident for id, incident in found.items() if incident is not None}


def expected(codings: list[Coding]) -> dict[str, Incident]:
    return {incident.id: incident for incident in incidents(codings)}


@pytest.mark.parametrize("seed", range(6))
def test_order_batches_and_removals_change_nothing(archive: Archive, seed: int) -> None:
    random = Random(seed)
    codings = CODINGS[:]
    random.shuffle(codings)
    while codings:
        archive.add([codings.pop() for _ in range(min(len(codings), random.randint(1, 4)))])
    assert held(archive) == expected(CODINGS)
    gone = random.choice(CODINGS)
    archive.remove(gone.article.sha256)
    assert held(archive) == expected([c for c in CODINGS if c is not gone])
    archive.add([gone])
    archive.add([gone])
    assert held(archive) == expected(CODINGS)


def test_slices_of_a_batch_part_no_article(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """New events are compared in slices; what an article tells twice without a shared key is one on either side."""
    monkeypatch.setattr("whence.archive.joining._BATCH", 4)
    codings = [retold(f"r{n}", f"2016-0{n}-03") for n in range(1, 8)]
    archive.add(codings)
    assert held(archive) == expected(codings)
    assert len(held(archive)) == 2 * len(codings)


def test_a_copy_adds_its_outlet_and_nothing_else(archive: Archive) -> None:
    archive.add(CODINGS[:2])
    (before,) = held(archive).values()
    copy = told("copy", site="copycat.example").article
    archive.save([Outcome("copy.txt", "d1", "copy", article=copy, copy_of=CODINGS[0].article.sha256)])
    (after,) = held(archive).values()
    assert set(after.outlets) == {*before.outlets, "copycat.example"}
    assert after.tellings == before.tellings


def test_questions(archive: Archive) -> None:
    archive.add(CODINGS)
    assert archive.incidents(type="PROTEST").num_rows == 1
    many = archive.incidents(articles=2)
    assert min(many.column("articles").to_pylist()) == 2
    assert archive.incidents(contradicted=True, holder="Turkey").num_rows == 1
    assert archive.incidents(place="Idlib").column("place").to_pylist() != []
    assert archive.incidents(id=many.column("id")[0].as_py()).num_rows == 1


def test_the_word_of_users_outlives_what_comes_later(archive: Archive) -> None:
    archive.add(CODINGS[:3])
    (whole,) = held(archive).values()
    apart = archive.split(whole.id, [CODINGS[2].events[0].uid], "ana")
    assert [t.event for t in apart.tellings] == [CODINGS[2].events[0].uid]
    archive.add(CODINGS[3:])
    assert all(
        not {CODINGS[2].events[0].uid, CODINGS[0].events[0].uid} <= {t.event for t in i.tellings}
        for i in held(archive).values()
    )
    merged = archive.merge([CODINGS[2].events[0].uid, CODINGS[7].events[0].uid], "ana")
    assert {t.id for t in merged.tellings} >= {"c", "h"}


def test_what_cannot_be_parted_or_joined_is_said(archive: Archive) -> None:
    archive.add(CODINGS[:1])
    (only,) = held(archive).values()
    with pytest.raises(ArchiveError, match="can be parted"):
        archive.split(only.id, [CODINGS[0].events[0].uid], "ana")
    with pytest.raises(ArchiveError, match="no incident"):
        archive.merge([only.id, "nothing"], "ana")
