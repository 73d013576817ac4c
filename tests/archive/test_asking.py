from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive.made import actor, article, coding, event, place, time
from whence import Archive
from whence.archive import question, questions, tables
from whence.errors import ArchiveError
from whence.records import Coding, Mention, Statement

FIRST = coding(published="2020-02-03")


def second() -> Coding:
    """Two events in Suva and Lomé, without a statement, one of them without a time."""
    source = article(
        "Rebels left Suva. Then strikers met the Café owners of Lomé.",
        id="two",
        url="https://paper.example/2",
        title="Élections at last",
        site="Pacific Daily",
        published=None,
    )
    text = source.text
    rebels = actor(text, "Rebels", 1, country="FJI", sector="REB", label="Fiji, rebels")
    strikers = actor(text, "strikers", 2, country="TGO", sector="LAB")
    owners = actor(text, "Café owners", 3, country="TGO", sector="BUS")
    suva, lome = place(text, "Suva", 1), place(text, "Lomé", 2)
    left = event(
        source, 1, "left", type="RETREAT", quad=2, status="planned", actors=(rebels,), places=(suva,),
        time=time(None, "2019-12-31"), mode="ceasefire", confidence=0.4,
    )  # fmt: skip
    met = event(source, 2, "met", type="CONSULT", quad=1, actors=(strikers,), recipients=(owners,), places=(lome,))
    asked = Statement(
        "s1", "direct", "hedged", None, None, (Mention("met", (18, 21)),), ("strikers",), (), None, 0.5, ""
    )
    return Coding(source, (rebels, strikers, owners), (suva, lome), (), (asked,), (left, met), FIRST.versions)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One for all, for it is only asked."""
    with Archive(tmp_path_factory.mktemp("asked") / "a.db") as made:
        made.add([FIRST, second()])
        yield made


SHELLED, LEFT, MET = "ASSAULT", "RETREAT", "CONSULT"


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({}, {SHELLED, LEFT, MET}),
        ({"type": "RETREAT"}, {LEFT}),
        ({"type": ["RETREAT", "CONSULT"]}, {LEFT, MET}),
        ({"type": []}, set()),
        ({"uid": FIRST.events[0].uid}, {SHELLED}),
        ({"mode": "artillery"}, {SHELLED}),
        ({"quad": 2}, {LEFT}),
        ({"status": "happened"}, {SHELLED, MET}),
        ({"context": "military"}, {SHELLED}),
        ({"confidence": 0.6}, {SHELLED, MET}),
        ({"actor": "ARMY"}, {SHELLED}),
        ({"actor": "ghana army"}, {SHELLED}),
        ({"actor": "cafe own*"}, {MET}),
        ({"actor": "own"}, set()),
        ({"country": "TGO"}, {MET}),
        ({"country": ("TGO", "FJI")}, {LEFT, MET}),
        ({"country": "TGO", "sector": "REB"}, set()),
        ({"country": "TGO", "sector": "BUS"}, {MET}),
        ({"country": "TGO", "sector": "BUS", "side": "actor"}, set()),
        ({"country": "TGO", "sector": "BUS", "side": "recipient"}, {MET}),
        ({"place": "lome"}, {MET}),
        ({"place_country": ["GHA", "FJI"]}, {SHELLED, LEFT}),
        ({"place_country": "GHA", "place": "lome"}, set()),
        ({"box": (5, 0, 7, 1)}, {SHELLED}),
        ({"box": (5.92, 0.99, 6.13, 1.22)}, {SHELLED, MET}),
        ({"box": (-30, 170, 0, -170)}, {LEFT}),
        ({"box": (-30, -170, 0, 170)}, set()),
        ({"near": (5.9, 1.0, 10)}, {SHELLED}),
        ({"near": (5.9, 1.0, 60)}, {SHELLED, MET}),
        ({"near": (-18, -179.9, 200)}, {LEFT}),
        ({"near": (90, 0, 9_000)}, set()),
        ({"near": (90, 0, 9_400)}, {SHELLED, MET}),
        ({"near": (0, 0, 20_100)}, {SHELLED, LEFT, MET}),
        ({"holder": "mayor"}, {SHELLED}),
        ({"holder": "radio keta"}, {SHELLED}),
        ({"holder": "strikers"}, set()),
        ({"since": "2020-02-02"}, {SHELLED}),
        ({"since": "2020-02-03"}, set()),
        ({"until": "2020-02-01"}, {SHELLED, LEFT}),
        ({"until": "2020-01-31"}, {LEFT}),
        ({"since": "2019-12-31", "until": "2019-12-31"}, {LEFT}),
        ({"since": "2020-01-01", "until": "2020-01-31"}, set()),
        ({"published_since": "2020-02-03"}, {SHELLED}),
        ({"published_until": "2020-02-02"}, set()),
        ({"site": "pacific DAILY"}, {LEFT, MET}),
        ({"text": "elections"}, {LEFT, MET}),
        ({"text": '"shelled keta"'}, {SHELLED}),
        ({"text": '"keta shelled"'}, set()),
        ({"text": "keta shelled"}, {SHELLED}),
        ({"text": "strik*"}, {LEFT, MET}),
        ({"text": "strik"}, set()),
        ({"text": "!!"}, set()),
        ({"text": "strikers", "status": "happened", "country": "TGO", "quad": 1}, {MET}),
        ({"type": None}, {SHELLED, LEFT, MET}),
    ],
)
@pytest.mark.parametrize("cap", [0, 2, 50_000])
def test_events_are_found_by_each_filter_whatever_finds_them(
    archive: Archive, filters: dict[str, Any], types: set[str], cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "_CAP", cap)
    assert set(archive.events(**filters).column("type").to_pylist()) == types
    assert {e.type for found in archive.find(**filters) for e in found.events} == types


@given(st.text(max_size=40))
def test_no_text_is_a_syntax_error(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    path = tmp_path_factory.getbasetemp() / "asked.db"
    with Archive(path) as archive:
        if archive.articles().num_rows == 0:
            archive.add([FIRST])
        archive.events(text=query, actor=query, place=query, holder=query)


@pytest.mark.parametrize(
    "query",
    ['"', '""', "*", '"*', "a*b*", "NEAR(a b)", "title:keta", "a OR b", "NOT", "-x", "(", "^a", "{a b}", "\0", "a\0b",
     "'; DROP TABLE events; --", "\ud800", "x " * 5_000],
)  # fmt: skip
def test_the_language_of_the_index_has_no_say(archive: Archive, query: str) -> None:
    assert archive.events(text=query).num_rows == 0


def test_a_row_has_all_that_the_exchange_schema_has(archive: Archive) -> None:
    from whence.schema import to_arrow

    table = archive.events()
    assert table.schema == tables.event_schema()
    flat = [row for coded in to_arrow([FIRST, second()]).column("events").to_pylist() for row in coded]
    for found, wanted in zip(table.to_pylist(), flat, strict=True):
        assert {name: found[name] for name in wanted} == wanted
    shelled = table.to_pylist()[0]
    assert (shelled["article"], shelled["site"]) == (FIRST.article.id, "The Volta Post")
    assert (shelled["chain"], shelled["commitment"]) == (["Radio Keta", "mayor"], "plain")
    assert (table.to_pylist()[1]["chain"], table.to_pylist()[1]["commitment"]) == ([], None)
    assert archive.events(type="NONE").schema == tables.event_schema()


def test_pages_follow_each_other(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        archive.add([coding(f"The army shelled Keta {n} times, the mayor said.") for n in range(25)])
        everything = archive.events(country="GHA").column("row").to_pylist()
        seen: list[int] = []
        while page := archive.events(country="GHA", limit=10, after=seen[-1] if seen else 0).column("row").to_pylist():
            assert len(page) <= 10
            seen += page
        assert seen == everything
        assert len(seen) == 25
        (*_, last) = archive.find(limit=7)
        assert last.row == everything[6]
        assert archive.actors(limit=1).column("events").to_pylist() == [25]


def test_statements_are_found_by_holder_form_and_article(archive: Archive) -> None:
    def found(**filters: Any) -> list[str]:
        return [row["form"] for row in archive.statements(**filters).to_pylist()]

    assert found() == ["indirect", "direct"]
    assert found(holder="radio") == found(holder="mayor") == found(originator="mayor") == ["indirect"]
    assert found(originator="radio") == []
    assert found(country="GHA") == ["indirect"], "a holder who is no actor of the article has no country"
    assert found(holder="radio", sector="GOV") == []
    assert found(form="direct", commitment=["hedged", "plain"]) == ["direct"]
    assert found(text="strikers", site="Pacific Daily") == ["direct"]
    (said,) = archive.statements(form="indirect").to_pylist()
    assert (said["chain"], said["holders"], said["cue_at"]) == (["Radio Keta", "mayor"], ["a4", "a3"], None)
    assert (said["content_text"], said["content_at"]) == (["The army s"], [[0, 10]])
    assert archive.statements().schema == tables.statement_schema()


def test_actors_places_and_articles_come_with_what_hangs_on_them(archive: Archive) -> None:
    (army,) = archive.actors(actor="army").to_pylist()
    assert army == {
        "row": army["row"], "name": "army", "label": "Ghana, army", "country": "GHA", "sector": "MIL",
        "articles": 1, "events": 1, "statements": 0,
    }  # fmt: skip
    assert {row["name"] for row in archive.actors(country="TGO", sector=["LAB", "BUS"]).to_pylist()} == {
        "strikers", "Café owners",
    }  # fmt: skip
    assert archive.places(near=(6, 1, 100), grain="city").column("name").to_pylist() == ["Keta", "Lomé"]
    assert archive.places(grain=["country"]).num_rows == 0
    (keta,) = archive.places(place="keta town").to_pylist()
    assert (keta["geonames"], keta["lat"], keta["events"], keta["articles"]) == (1, 5.92, 1, 1)
    assert archive.articles(text="army").column("id").to_pylist() == [FIRST.article.id]
    (told,) = archive.articles(url="https://paper.example/2").to_pylist()
    assert (told["id"], told["events"], told["model"], told["version"]) == ("two", 2, "m1", 1)
    assert archive.articles(published_since="2020-01-01", published_until="2020-12-31").num_rows == 1


def test_filters_that_there_are_not_are_named(archive: Archive) -> None:
    with pytest.raises(TypeError, match=r"no such filter: kind, typ; there are .*type"):
        archive.events(typ="ASSAULT", kind=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="`limit` is a whole number"):
        archive.events(limit=-1)
    with pytest.raises(TypeError, match="`side` is actor or recipient"):
        archive.events(side="actor")
    for filters in ({"since": "May"}, {"published_until": "2020-13-01"}, {"box": (9, 0, 1, 1)}, {"near": (0, 0, -1)}):
        with pytest.raises(ArchiveError, match=r"no (day|box|circle)"):
            archive.events(**filters)


SELECTIVE = [
    {"uid": "0"},
    {"type": "RETREAT"},
    {"mode": "artillery"},
    {"quad": 2},
    {"status": "planned"},
    {"context": "military"},
    {"actor": "army"},
    {"country": "FJI", "sector": "REB"},
    {"place": "suva"},
    {"box": (5, 0, 7, 1)},
    {"near": (5.9, 1.0, 10)},
    {"holder": "mayor"},
    {"since": "2020-02-01", "until": "2020-02-28"},
    {"published_since": "2020-02-01"},
    {"site": "pacific daily"},
    {"text": "strikers"},
]


@pytest.mark.parametrize("filters", SELECTIVE)
def test_a_selective_filter_reads_no_whole_table(archive: Archive, filters: dict[str, Any]) -> None:
    asked = questions.events(archive._connection, filters)
    sql, values = asked.query(100, None)
    plan = [row[3] for row in archive._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert not [
        line for line in plan if line.startswith("SCAN ") and line.split()[1] in ("t", "events", "articles", "roles")
    ], plan
    assert any(line.startswith("SEARCH t USING INTEGER PRIMARY KEY (rowid=?)") for line in plan), plan


@pytest.mark.parametrize("filters", [{"country": "GHA"}, {"holder": "mayor"}, {"context": "military"}])
def test_a_condition_that_is_tested_row_by_row_looks_at_that_row_alone(
    archive: Archive, filters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "_CAP", 0)
    sql, values = questions.events(archive._connection, filters).query(100, None)
    plan = [row[3] for row in archive._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert [
        line for line in plan if "USING PRIMARY KEY (event=?" in line or "USING PRIMARY KEY (statement=?" in line
    ], plan


def test_days_of_open_and_reversed_spans() -> None:
    from whence.archive.days import EARLIEST, LATEST, number, span

    assert span(None, None) is None
    assert span("2020-01-01", None) == (number("2020-01-01"), LATEST)
    assert span(None, "2020-01-01") == (EARLIEST, number("2020-01-01"))
    assert span("2020-01-02", "2020-01-01") == (number("2020-01-02"), number("2020-01-02"))
