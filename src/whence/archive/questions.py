"""The filters of a question as conditions on the archive's tables."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from whence.archive.days import EARLIEST, LATEST, number
from whence.archive.filters import Box
from whence.archive.question import Condition, Question
from whence.archive.revisions import superseding
from whence.archive.text import match, storable
from whence.errors import ArchiveError
from whence.sphere import DEGREE_KM, kilometres

_VALUES = "(SELECT value FROM json_each(?))"
_ROUNDING = 1e-4
"""Degrees by which the R*Tree's 32-bit numbers may be off; points are measured again."""

Filters = Mapping[str, Any]


def events(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Events, by `EventFilters`."""
    question = Question(connection, "events")
    for column in ("uid", "type", "mode", "quad", "status"):
        if column in filters:
            question.column(column, filters[column])
    if "confidence" in filters:
        question.require("t.confidence >= ?", filters["confidence"])
    if "context" in filters:
        _through(question, "contexts", "context", _one_or_more(filters["context"]), "event")
    if "since" in filters or "until" in filters:
        _in_days(question, filters)
    _of_parties(question, filters)
    if _OF_PLACE & filters.keys():
        _through(question, "event_places", "place", place_rows(connection, filters), "event")
    if "holder" in filters:
        _of_holder(question, actor_rows(connection, {"actor": filters["holder"]}))
    _of_called(question, filters)
    _of_article(question, filters)
    return question


def incidents(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Incidents, by `IncidentFilters`."""
    question = Question(connection, "incidents", "i")
    asked = {name: value for name, value in filters.items() if name not in _OF_INCIDENT}
    if asked:
        question.conditions.append(_told(events(connection, asked)))
    if "id" in filters:
        question.column("name", filters["id"])
    for column in ("articles", "origins"):
        if column in filters:
            least = (filters[column],)
            question.require_rows(f"+i.{column} >= ?", least, f"SELECT id FROM incidents WHERE {column} >= ?", least)
    if "contradicted" in filters:
        question.require("(i.contradictions > 0) = ?", bool(filters["contradicted"]))
    if "party_only" in filters:
        question.require("i.party_only = ?", bool(filters["party_only"]))
    return question


def _told(question: Question) -> Condition:
    """That one of an incident's tellings is among the events that a question finds."""
    tests, values = question.tests()
    within = " AND ".join(["tellings.incident = i.id", *tests])
    test = f"EXISTS (SELECT 1 FROM tellings CROSS JOIN events AS t ON t.id = tellings.event WHERE {within})"
    driver, size = question.driver()
    if driver is None:
        return Condition(test, tuple(values))
    others, more = question.tests(driver)
    found = " AND ".join([f"t.id IN ({driver.rows})", *others])
    rows = f"SELECT DISTINCT incident AS id FROM events AS t CROSS JOIN tellings ON event = t.id WHERE {found}"
    return Condition(test, tuple(values), rows, (*driver.row_values, *more), size)


def statements(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Statements, by `StatementFilters`."""
    question = Question(connection, "statements")
    for column in ("form", "commitment"):
        if column in filters:
            question.column(column, filters[column])
    asked = {"actor" if name == "holder" else name: filters[name] for name in _OF_HOLDER & filters.keys()}
    if asked:
        _through_actors(question, "holders", "statement", asked)
    if "originator" in filters:
        rows = actor_rows(connection, {"actor": filters["originator"]})
        _through(question, "holders", "actor", rows, "statement", "is_originator")
    _of_article(question, filters)
    return question


def actors(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Actors, by `ActorFilters`."""
    question = Question(connection, "actors")
    if _OF_ACTOR & filters.keys():
        _listed(question, actor_rows(connection, filters))
    return question


def places(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Places, by `PlaceFilters`."""
    question = Question(connection, "places")
    if _OF_PLACE & filters.keys():
        _listed(question, place_rows(connection, filters))
    return question


def articles(connection: sqlite3.Connection, filters: Filters) -> Question:
    """Articles, by `ArticleFilters`."""
    question = Question(connection, "articles")
    if not filters.get("copies", False):
        question.require("t.copy_of IS NULL")
    if "url" in filters:
        question.column("url", filters["url"])
    if filters.get("latest"):
        question.require(f"NOT EXISTS ({superseding('t')})")
    if "id" in filters:
        wanted = json.dumps(_one_or_more(filters["id"]))
        question.require_rows(
            f"(t.name IN {_VALUES} OR t.sha256 IN {_VALUES})",
            (wanted, wanted),
            f"SELECT id FROM articles WHERE name IN {_VALUES} UNION SELECT id FROM articles WHERE sha256 IN {_VALUES}",
            (wanted, wanted),
        )
    for test, values, rows in _article_conditions(filters):
        question.require_rows(f"+t.id IN ({rows})" if test is None else test.format("t"), values, rows, values)
    return question


_OF_INCIDENT = {"id", "articles", "origins", "contradicted", "party_only"}
_OF_HOLDER = {"holder", "country", "sector"}
_OF_ACTOR = {"actor", "country", "sector"}
_OF_PLACE = {"place", "place_country", "box", "near", "grain"}


def actor_rows(connection: sqlite3.Connection, filters: Filters) -> list[int]:
    """The actors for whom all of `actor`, `country` and `sector` holds."""
    tests, values = _named("actor", filters)
    for column in ("country", "sector"):
        if column in filters:
            tests.append(f"{column} IN {_VALUES}")
            values.append(json.dumps(_one_or_more(filters[column])))
    return [row for (row,) in connection.execute(f"SELECT id FROM actors WHERE {' AND '.join(tests)}", values)]


def called_rows(connection: sqlite3.Connection, wanted: Any) -> list[int]:
    """The actors called exactly so: by their label, or where there is none by their name."""
    names = json.dumps([storable(name) for name in _one_or_more(wanted)])
    found = connection.execute(f"SELECT id FROM actors WHERE ifnull(label, name) IN {_VALUES}", (names,))
    return [row for (row,) in found]


def place_rows(connection: sqlite3.Connection, filters: Filters) -> list[int]:
    """The places for which all of `place`, `place_country`, `grain`, `box` and `near` holds."""
    tests, values = _named("place", filters)
    for name, column in (("place_country", "country"), ("grain", "grain")):
        if name in filters:
            tests.append(f"{column} IN {_VALUES}")
            values.append(json.dumps(_one_or_more(filters[name])))
    for box in _boxes(filters):
        tests.append("id IN (SELECT id FROM place_boxes WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?)")
        values += [box[0] - _ROUNDING, box[2] + _ROUNDING, box[1] - _ROUNDING, box[3] + _ROUNDING]
    found = connection.execute(f"SELECT id, lat, lon FROM places WHERE {' AND '.join(tests)}", values)
    return [row for row, lat, lon in found if _is_within(lat, lon, filters)]


def asked_places(connection: sqlite3.Connection, filters: Filters) -> list[int] | None:
    """The places that events are asked to have; None where nothing is asked of a place."""
    return place_rows(connection, filters) if _OF_PLACE & filters.keys() else None


def _named(table: str, filters: Filters) -> tuple[list[str], list[Any]]:
    """The condition on the name of an actor or a place."""
    if table not in filters:
        return ["true"], []
    return [f"id IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH ?)"], [match(filters[table])]


def _boxes(filters: Filters) -> list[Box]:
    """The boxes that hold all that `box` and `near` let through."""
    boxes = []
    if "box" in filters:
        south, west, north, east = filters["box"]
        if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
            raise ArchiveError(f"no box of the earth: {filters['box']}; it is south, west, north, east in degrees")
        boxes.append((south, west, north, east) if west <= east else (south, -180.0, north, 180.0))
    if "near" in filters:
        boxes.append(_around(*filters["near"]))
    return boxes


def _around(lat: float, lon: float, km: float) -> Box:
    """The box round a circle, all the way round the earth where the circle holds a pole or the 180th meridian."""
    if not (abs(lat) <= 90 and abs(lon) <= 180 and km >= 0):
        raise ArchiveError(f"no circle on the earth: {lat}, {lon}, {km}; it is latitude, longitude, kilometres")
    high = km / DEGREE_KM
    south, north = max(-90.0, lat - high), min(90.0, lat + high)
    if south == -90.0 or north == 90.0:
        return south, -180.0, north, 180.0
    wide = math.degrees(math.asin(min(1.0, math.sin(math.radians(high)) / math.cos(math.radians(lat)))))
    if lon - wide < -180 or lon + wide > 180:
        return south, -180.0, north, 180.0
    return south, lon - wide, north, lon + wide


def _is_within(lat: float | None, lon: float | None, filters: Filters) -> bool:
    """Whether a point is in the box and the circle that are asked for; their edges belong to them."""
    if "box" not in filters and "near" not in filters:
        return True
    if lat is None or lon is None:
        return False
    if "box" in filters:
        south, west, north, east = filters["box"]
        is_between = west <= lon <= east if west <= east else lon >= west or lon <= east
        if not (south <= lat <= north and is_between):
            return False
    return "near" not in filters or kilometres(lat, lon, *filters["near"][:2]) <= filters["near"][2]


# -- conditions ----------------------------------------------------------------------------


def _one_or_more(wanted: Any) -> list[Any]:
    return [wanted] if isinstance(wanted, (str, int)) else list(wanted)


def _listed(question: Question, rows: list[int]) -> None:
    """Adds that the row is one of these."""
    values = (json.dumps(rows),)
    question.require_rows(f"t.id IN {_VALUES}", values, "SELECT value AS id FROM json_each(?)", values)


def _through(
    question: Question, table: str, column: str, wanted: list[Any], owner: str, flag: str | None = None
) -> None:
    """Adds that a table that hangs on this one has a row with one of the values wanted, and the flag set."""
    end = f" AND {flag}" if flag else ""
    values = (json.dumps(wanted),)
    question.require_rows(
        f"EXISTS (SELECT 1 FROM {table} WHERE {owner} = t.id AND +{column} IN {_VALUES}{end})",
        values,
        f"SELECT {owner} AS id FROM {table} WHERE {column} IN {_VALUES}{end}",
        values,
    )


def _through_actors(question: Question, table: str, owner: str, filters: Filters, flag: str | None = None) -> None:
    """Adds that a table that hangs on this one names an actor for whom `actor`, `country` and `sector` hold.

    Of one country there may be a hundred thousand actors, so they are not listed first where no words are asked for.
    """
    if "actor" in filters:
        _through(question, table, "actor", actor_rows(question.connection, filters), owner, flag)
        return
    asked = [name for name in ("country", "sector") if name in filters]
    tests = [f"actors.{name} IN {_VALUES}" for name in asked] + ([flag] if flag else [])
    values = tuple(json.dumps(_one_or_more(filters[name])) for name in asked)
    where = " AND ".join(tests)
    question.require_rows(
        f"EXISTS (SELECT 1 FROM {table} AS l CROSS JOIN actors ON actors.id = actor WHERE {owner} = t.id AND {where})",
        values,
        f"SELECT {owner} AS id FROM actors CROSS JOIN {table} AS l ON actor = actors.id WHERE {where}",
        values,
    )


def _of_parties(question: Question, filters: Filters) -> None:
    asked = _OF_ACTOR & filters.keys()
    side = filters.get("side")
    if side is None:
        if asked:
            _through_actors(question, "roles", "event", filters)
        return
    if side not in ("actor", "recipient") or not asked:
        raise TypeError("`side` is actor or recipient, and goes with `actor`, `country` or `sector`")
    _through_actors(question, "roles", "event", filters, f"side = '{side}'")


def _of_called(question: Question, filters: Filters) -> None:
    """Adds what is asked of somebody called exactly so."""
    for name, side in (("party_is", None), ("actor_is", "actor"), ("recipient_is", "recipient")):
        if name in filters:
            rows = called_rows(question.connection, filters[name])
            _through(question, "roles", "actor", rows, "event", f"side = '{side}'" if side else None)
    if "holder_is" in filters:
        _of_holder(question, called_rows(question.connection, filters["holder_is"]))


def _of_holder(question: Question, rows: list[int]) -> None:
    """Adds that the event stands in a statement with one of these in its chain."""
    values = (json.dumps(rows),)
    question.require_rows(
        f"EXISTS (SELECT 1 FROM holders WHERE statement = t.statement AND +actor IN {_VALUES})",
        values,
        f"""SELECT events.id FROM holders JOIN events ON events.statement = holders.statement
            WHERE holders.actor IN {_VALUES}""",
        values,
    )


def _in_days(question: Question, filters: Filters) -> None:
    """Adds that the event's time and the days asked for have a day in common."""
    since = number(filters["since"]) if "since" in filters else EARLIEST
    until = number(filters["until"]) if "until" in filters else LATEST
    rows = "SELECT id FROM event_days WHERE first_day <= ? AND last_day >= ?"
    question.require_rows(
        "(t.first_day IS NOT NULL OR t.last_day IS NOT NULL) AND ifnull(t.first_day, '') <= ? "
        "AND max(ifnull(t.last_day, '9999-12-31'), ifnull(t.first_day, '')) >= ?",
        (filters.get("until", "9999-12-31"), filters.get("since", "")),
        rows,
        (until, since),
    )


def _of_article(question: Question, filters: Filters) -> None:
    """Adds what is asked of the article in which the row stands."""
    if filters.get("latest"):
        superseded = f"SELECT 1 FROM articles AS a WHERE a.id = t.article AND EXISTS ({superseding('a')})"
        question.require(f"NOT EXISTS ({superseded})")
    for test, values, rows in _article_conditions(filters):
        within = f"+t.article IN ({rows})"
        if test is not None:
            within = f"EXISTS (SELECT 1 FROM articles AS a WHERE a.id = t.article AND {test.format('a')})"
        question.require_rows(within, values, f"SELECT id FROM {question.table} WHERE article IN ({rows})", values)


def _article_conditions(filters: Filters) -> Iterator[tuple[str | None, tuple[Any, ...], str]]:
    """For each: a test on the columns of an article if there is one, its values, and a query for the articles."""
    if "text" in filters:
        yield None, (match(filters["text"]),), "SELECT rowid AS id FROM words WHERE words MATCH ?"
    if "site" in filters:
        sites = (json.dumps(_one_or_more(filters["site"])),)
        test = "{}." + f"site COLLATE NOCASE IN {_VALUES}"
        yield test, sites, f"SELECT id FROM articles WHERE site COLLATE NOCASE IN {_VALUES}"
    if "published_since" in filters or "published_until" in filters:
        days = (filters.get("published_since", "0001-01-01"), filters.get("published_until", "9999-12-31"))
        for day in days:
            number(day)
        yield "+{}.published BETWEEN ? AND ?", days, "SELECT id FROM articles WHERE published BETWEEN ? AND ?"
