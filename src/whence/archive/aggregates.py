"""Counts that a timeline, a map and a matrix of actors are drawn from, of the events that meet all filters.

Where nothing is asked, they are read from what the archive counts as it goes (`schema/0004-counts.sql`,
`0006-pairs.sql`) or from its indices; otherwise the events that were found are counted. Somebody goes by the label that
the knowledge files give, and without one by the name: that is what `party_is` and the filters beside it ask for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from whence.archive import questions
from whence.archive.days import number
from whence.archive.pairing import NAMED
from whence.errors import ArchiveError

if TYPE_CHECKING:
    import pyarrow as pa

PERIODS = ("day", "week", "month", "year")
"""What a bar of a timeline may stand for. Weeks begin on Monday."""
BARS = 140
"""Bars up to which a timeline is drawn by days, weeks or months: with more, one is narrower than four pixels on a
desktop. Beyond, the next longer period is taken."""

Filters = Mapping[str, Any]
Pair = tuple[str, str, int]
"""Who acts, on whom, and the quad; 0 for types without one."""
Span = tuple[str | None, str | None, str, int | None, str, int]
"""First and last day, type, quad, status, and the number of events."""


class _Found:
    """The events that a question finds, as a part of other queries."""

    def __init__(self, connection: sqlite3.Connection, filters: Filters) -> None:
        question = questions.events(connection, filters)
        self.is_all = not question.conditions
        sql, values = ("", ()) if self.is_all else question.query(None, None)
        self._with = f"WITH found AS MATERIALIZED ({sql}) " if sql else ""
        self._values = values
        self.connection = connection

    def select(self, columns: str, tables: str, event: str, rest: str = "", values: Iterable[Any] = ()) -> Any:
        """Runs a query over `tables`, whose column `event` is an event's number; `rest` is what follows WHERE."""
        begin = f"{self._with}SELECT {columns} FROM "
        if self.is_all:
            sql = f"{begin}{tables} WHERE {rest or 'true'}"
        else:
            sql = f"{begin}found CROSS JOIN {tables} WHERE {event} = found.id AND {rest or 'true'}"
        return self.connection.execute(sql, (*self._values, *values))


# -- days ----------------------------------------------------------------------------------


def day_schema() -> pa.Schema:
    """A row a period, type and status.

    `start` and `end` are the period's first and last day, null without a time. `longer` tells of events that begin in
    it (or end in it, where only the end is known) and reach beyond. The metadata's `per` names the period.
    """
    import pyarrow as pa

    text = pa.string()
    columns = {"start": text, "end": text, "longer": pa.bool_(), "type": text, "quad": pa.int64(), "status": text}
    return pa.schema([pa.field(name, kind) for name, kind in (columns | {"events": pa.int64()}).items()])


def days(connection: sqlite3.Connection, filters: Filters, per: str | None) -> pa.Table:
    """The events by period, type and status, as `day_schema`, by day; those without a time at the end.

    Without `per` the shortest period is taken that makes no more than `BARS` bars from the first to the last.
    Raises `ArchiveError` for a period that there is not.
    """
    if per is not None and per not in PERIODS:
        raise ArchiveError(f"no such period: {per!r}; there are {', '.join(PERIODS)}")
    spans = _spans(connection, filters)
    per = per or _period(spans)
    begin = _Beginnings(per)
    counted: Counter[tuple[str, bool, str, int | None, str]] = Counter()
    for first, last, kind, quad, status, events in spans:
        day = first or last or ""
        is_longer = first != last and (first is None or last is None or begin[first] != begin[last])
        counted[begin[day], is_longer, kind, quad, status] += events
    rows = sorted(
        ((key, events) for key, events in counted.items() if events),
        key=lambda row: (row[0][0] == "", *row[0][:3], row[0][3] or 0, row[0][4]),
    )
    made = (
        (start or None, _end(start, per), is_longer, kind, quad, status, events)
        for (start, is_longer, kind, quad, status), events in rows
    )
    return _table(made, day_schema()).replace_schema_metadata({"per": per})


def _spans(connection: sqlite3.Connection, filters: Filters) -> list[Span]:
    """The events by time, type and status; the numbers of several that are alike have to be summed up."""
    tests, values = counted_where(filters)
    if tests is None:
        columns = "first_day, last_day, type, quad, status, count(*)"
        alike = "true GROUP BY first_day, last_day, type, quad, status"
        return list(_Found(connection, filters).select(columns, "events AS e", "e.id", alike))
    return list(
        connection.execute(
            "SELECT nullif(first_day, ''), nullif(last_day, ''), type, nullif(quad, 0), status, events "
            f"FROM day_counts WHERE {tests}",
            values,
        )
    )


_COUNTED = {"country", "since", "until", "type", "quad", "status"}
"""Filters that can be answered from `day_counts`."""


def counted_where(filters: Filters) -> tuple[str | None, list[Any]]:
    """The condition on rows of `day_counts` that the filters come to, with its values; None where they cannot."""
    country = filters.get("country", "")
    countries = [country] if isinstance(country, str) else list(country)
    if not filters.keys() <= _COUNTED or len(countries) != 1:
        return None, []  # an event of two countries would count twice
    tests, values = ["country = ?"], countries
    for name in ("type", "quad", "status"):
        if name in filters:
            wanted = filters[name]
            tests.append(f"{name} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([wanted] if isinstance(wanted, (str, int)) else list(wanted)))
    for name in ("since", "until"):
        if name in filters:
            number(filters[name])
    if "since" in filters:
        tests.append("max(first_day, CASE last_day WHEN '' THEN '9999-12-31' ELSE last_day END) >= ?")
        values.append(filters["since"])
    if "until" in filters:
        tests.append("first_day <= ?")
        values.append(filters["until"])
    if "since" in filters or "until" in filters:
        tests.append("first_day || last_day <> ''")
    return " AND ".join(tests), values


def _period(spans: Iterable[Span]) -> str:
    """The shortest period that makes no more than `BARS` bars."""
    known = [day for first, last, *_ in spans if (day := first or last)]
    if not known:
        return "day"
    length = (date.fromisoformat(max(known)) - date.fromisoformat(min(known))).days + 1
    return next((per for per, long in _LENGTHS.items() if length <= BARS * long), "year")


_LENGTHS = {"day": 1, "week": 7, "month": 30.4}
"""Days of a period."""


class _Beginnings(dict[str, str]):
    """For a day the first one of its period, worked out once; for none none."""

    def __init__(self, per: str) -> None:
        super().__init__({"": ""})
        self._of = _BEGINNINGS[per]

    def __missing__(self, day: str) -> str:
        self[day] = found = self._of(day)
        return found


def _monday(day: str) -> str:
    found = date.fromisoformat(day)
    return (found - timedelta(min(found.weekday(), found.toordinal() - 1))).isoformat()


_BEGINNINGS: dict[str, Callable[[str], str]] = {
    "day": str,
    "week": _monday,
    "month": lambda day: f"{day[:7]}-01",
    "year": lambda day: f"{day[:4]}-01-01",
}
"""For each period the first day of the one that a day belongs to."""


def _end(start: str, per: str) -> str | None:
    """The last day of the period that begins on a day."""
    if not start:
        return None
    if per == "day":
        return start
    if per == "year":
        return f"{start[:4]}-12-31"
    first = date.fromisoformat(start)
    if per == "week":
        return date.fromordinal(min(first.toordinal() + 6 - first.weekday(), date.max.toordinal())).isoformat()
    if first.month == 12:
        return f"{start[:7]}-31"
    return (first.replace(month=first.month + 1) - timedelta(1)).isoformat()


# -- places --------------------------------------------------------------------------------


def place_schema() -> pa.Schema:
    """A row a place with the number of events there: the one with the most first."""
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    columns = {"row": whole, "name": text, "label": text, "grain": text, "country": text, "geonames": whole}
    return pa.schema(
        [pa.field(name, kind) for name, kind in (columns | {"lat": real, "lon": real, "events": whole}).items()]
    )


def places(connection: sqlite3.Connection, filters: Filters) -> pa.Table:
    """The places of the events, as `place_schema`. An event at two places counts at both.

    What the filters ask of a place must hold for a place that is counted, not for another one of the same event.
    """
    found = _Found(connection, filters)
    wanted = questions.asked_places(connection, filters)
    counts = dict(found.select("place, count(*)", "event_places AS p", "p.event", "true GROUP BY place"))
    rows = sorted(counts if wanted is None else counts.keys() & set(wanted), key=lambda row: (-counts[row], row))
    schema = place_schema()
    columns = ", ".join(schema.names[:-1]).replace("row", "id", 1)
    read = (connection.execute(f"SELECT {columns} FROM places WHERE id = ?", (row,)).fetchone() for row in rows)
    return _table(((*told, counts[told[0]]) for told in read), schema)


# -- pairs of actors -----------------------------------------------------------------------


def dyad_schema() -> pa.Schema:
    """A row who acts, on whom, and quad (1, 2 cooperation, 3, 4 conflict; null for types without one)."""
    import pyarrow as pa

    columns = {"actor": pa.string(), "recipient": pa.string(), "quad": pa.int64(), "events": pa.int64()}
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


def dyads(connection: sqlite3.Connection, filters: Filters, by: str, top: int | None) -> pa.Table:
    """How often who acts on whom, as `dyad_schema`, the most frequent first; an event of two actors counts for both.

    `by` is who, country or sector; actors without a country or sector are left out where these are asked for. With
    `top` only pairs among so many are told, who have most events with others. Raises `ArchiveError` for another `by`.
    """
    if by not in NAMED:
        raise ArchiveError(f"actors are put together by {', '.join(NAMED)}, not by {by!r}")
    counted = _found_pairs(_Found(connection, filters), by, top) if filters else _kept_pairs(connection, by, top)
    rows = sorted(counted.items(), key=lambda row: (-row[1], *row[0]))
    return _table(((actor, recipient, quad or None, n) for (actor, recipient, quad), n in rows), dyad_schema())


def _found_pairs(found: _Found, by: str, top: int | None) -> Counter[Pair]:
    """The pairs of the events that were found, an event's pair once."""
    actor, recipient = (NAMED[by].format(side) for side in "xy")
    rows = found.select(
        f"e.id, {actor}, {recipient}, ifnull(e.quad, 0)",
        "roles AS r CROSS JOIN roles AS a CROSS JOIN events AS e CROSS JOIN actors AS x CROSS JOIN actors AS y",
        "r.event",  # few events have a recipient, so these are looked for first
        "r.side = 'recipient' AND a.event = r.event AND a.side = 'actor' AND e.id = r.event "
        "AND x.id = a.actor AND y.id = r.actor",
    )
    seen = {(row[0], row[1:]) for row in rows}
    counted: Counter[Pair] = Counter(pair for _, pair in seen if None not in pair)
    if top is None:
        return counted
    sums: Counter[str] = Counter()
    for (actor, recipient, _), events in counted.items():
        sums[actor] += events
        sums[recipient] += events
    shown = set(sorted(sums, key=lambda name: (-sums[name], name))[:top])
    return Counter({pair: events for pair, events in counted.items() if shown.issuperset(pair[:2])})


def _kept_pairs(connection: sqlite3.Connection, by: str, top: int | None) -> Counter[Pair]:
    """The same of all events, from what the archive counts as it goes."""
    tests, values = "", [by]
    if top is not None:
        most = "SELECT name FROM pair_sums WHERE kind = ? ORDER BY events DESC, name LIMIT ?"
        names = json.dumps([name for (name,) in connection.execute(most, (by, top))])
        tests = "".join(f" AND {side} IN (SELECT value FROM json_each(?))" for side in ("actor", "recipient"))
        values += [names, names]
    rows = connection.execute(f"SELECT actor, recipient, quad, events FROM pair_counts WHERE kind = ?{tests}", values)
    return Counter({(actor, recipient, quad): events for actor, recipient, quad, events in rows})


# -- one actor -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Profile:
    """What the archive holds of somebody who goes by a name."""

    name: str
    names: list[int]
    """The rows of the actors that are called so."""
    parts: pa.Table
    """`part_schema`."""
    partners: pa.Table
    """`dyad_schema`: pairs of which this is one."""


def part_schema() -> pa.Schema:
    """A row a part (`actor`, `recipient`, `holder`), type, quad and status: the events in which somebody has it."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    columns = {"part": text, "type": text, "quad": whole, "status": text, "events": whole}
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


def profile(connection: sqlite3.Connection, name: str, filters: Filters) -> Profile | None:
    """The parts and partners of whoever is called exactly so, in the events that meet the filters; None for nobody."""
    rows = questions.called_rows(connection, name)
    if not rows:
        return None
    partners = []
    for side in ("actor", "recipient"):
        of_side = dyads(connection, {**filters, f"{side}_is": name}, "who", None)
        partners += [
            row for row in of_side.to_pylist() if row[side] == name and (side == "actor" or row["actor"] != name)
        ]
    partners.sort(key=lambda row: (-row["events"], row["actor"], row["recipient"], row["quad"] or 0))
    parts = [row for part in ("actor", "recipient", "holder") for row in _parts_of(connection, name, part, filters)]
    return Profile(
        name,
        rows,
        _table(parts, part_schema()),
        _table((tuple(row.values()) for row in partners), dyad_schema()),
    )


def _parts_of(connection: sqlite3.Connection, name: str, part: str, filters: Filters) -> list[tuple[Any, ...]]:
    found = _Found(connection, {**filters, f"{part}_is": name})
    columns, alike = (
        "type, quad, status, count(*)",
        "true GROUP BY type, quad, status ORDER BY 4 DESC, type, quad, status",
    )
    return [(part, *row) for row in found.select(columns, "events AS e", "e.id", alike)]


def _table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns: list[Any] = list(zip(*rows, strict=True)) or [[] for _ in schema]
    return pa.Table.from_arrays(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
