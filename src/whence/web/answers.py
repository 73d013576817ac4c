"""What the archive says to a question, as the plain lists and dicts of the JSON, or as the records of a CSV.

Events and incidents have the form in which the command line prints them, and add what a page wants to link to and to
show of the text. Offsets are code points.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from whence.cells import joined, record
from whence.incident_table import csv_records as incident_records
from whence.records import to_plain
from whence.search import csv_records as event_records
from whence.search import objects

if TYPE_CHECKING:
    import pyarrow as pa

    from whence.archive import Archive

Row = dict[str, Any]
Filters = Mapping[str, Any]

QUOTED = 100
"""Articles of an incident whose words are shown; reading one takes half a millisecond."""
_AROUND = 140
"""Code points of text that are shown on each side of a trigger."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the rows that a question found."""

    rows: list[Row]
    next: int | None
    """The row after which the others come; None where these are the last."""


def table(ask: Callable[..., pa.Table], filters: Filters, limit: int, after: int) -> Part:
    """The rows of a method of the archive that gives a table."""
    rows = ask(**filters, limit=limit + 1, after=after).to_pylist()
    return Part(rows[:limit], rows[limit - 1]["row"] if len(rows) > limit else None)


def table_records(columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The rows of a table as CSV, the header first; the values of a list stand in one cell."""
    names = tuple(columns)
    yield record(names)
    for row in rows:
        yield record(joined(row[name]) for name in names)


# -- events --------------------------------------------------------------------------------


def events(archive: Archive, filters: Filters, limit: int, after: int) -> Part:
    """Events as `whence search --jsonl` has them, with their article's SHA-256 and what stands `around` the trigger."""
    rows, last = [], after
    for found in archive.find(**filters, limit=limit, after=after):
        last = found.row
        article = found.coding.article
        for event in objects(replace(found.coding, events=found.events)):
            event["article"]["sha256"] = article.sha256
            rows.append(event | {"around": around(article.text, event["trigger"]["at"])})
    return Part(rows, _next_event(archive, filters, limit, len(rows), last))


def event_csv(archive: Archive, filters: Filters, limit: int, after: int) -> tuple[Iterator[str], int | None]:
    """Events as `whence search --csv` prints them, and the row after which the others come."""
    found = list(archive.find(**filters, limit=limit, after=after))
    count, last = sum(len(one.events) for one in found), found[-1].row if found else after
    records = event_records(replace(one.coding, events=one.events) for one in found)
    return records, _next_event(archive, filters, limit, count, last)


def _next_event(archive: Archive, filters: Filters, limit: int, count: int, last: int) -> int | None:
    """The row after which events come, if there are any."""
    has_more = count == limit and archive.events(**filters, limit=1, after=last).num_rows
    return last if has_more else None


def around(text: str, at: Iterable[int]) -> tuple[str, str]:
    """The words before and after a stretch of a text, inside its line, with an ellipsis where they are cut."""
    begin, end = at
    line_begin, line_end = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    first, last = max(line_begin, begin - _AROUND), min(line_end, end + _AROUND)
    if first > line_begin and (space := text.find(" ", first, begin)) >= 0:
        first = space + 1
    if last < line_end and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    before, after = text[first:begin], text[end:last]
    return ("… " if first > line_begin else "") + before, after + (" …" if last < line_end else "")


def facets(archive: Archive, filters: Filters) -> Row:
    """How many of the events that were found are of each type, status and country; `counted` says of how many.

    A country is that of an actor or a recipient, and counts once an event.
    """
    found = archive.facets(**filters)
    told: Row = {"counted": found.counted, "complete": found.is_complete}
    for name in ("type", "status", "country"):
        told[name] = [{"value": value, "events": events} for value, events in getattr(found, name)]
    return told


# -- one of them ---------------------------------------------------------------------------


def article(archive: Archive, id: str) -> Row | None:
    """The document of an article, with how the archive keeps it and what users say of it; None where there is none.

    `reviewed` are the events as they are after all `reviews`; null where there is none of these. Lone surrogates, which
    no answer can hold, are question marks.
    """
    document = archive.document(id)
    if document is None:
        return None
    told: Row = json.loads(document.decode("utf8", "surrogatepass").encode("utf8", "replace"))
    listed = archive.articles(id=told["article"]["sha256"], copies=True, limit=MOST_PRINTED).to_pylist()
    listed.sort(key=lambda row: (row["copy_of"] is not None, row["id"] != told["article"]["id"]))
    kept = listed[0] if listed else {}
    how = {name: kept.get(name) for name in ("copy_of", "copies", "version")}
    return told | {"kept": how} | _reviewed(archive, told["article"]["sha256"])


def _reviewed(archive: Archive, sha256: str) -> Row:
    """The reviews of an article, and its events after them."""
    reviews = archive.reviews(article=sha256)
    coding = archive.coding(sha256) if reviews else None
    events = to_plain(archive.reviewed(coding).events) if coding is not None else None
    return {"reviews": to_plain(reviews), "reviewed": events}


MOST_PRINTED = 100
"""Articles of one text that are looked through for the coded one."""


def actor(archive: Archive, name: str, filters: Filters, partners: int) -> Row | None:
    """Who goes by a label or name: the rows of the actors called so, parts and pairs; None where there is nobody.

    Parts and pairs are of the events that meet the filters; at most so many `partners` are told.
    """
    found = archive.profile(name, **filters)
    if found is None:
        return None
    names = [
        row for number in found.names[:MOST_NAMES] for row in archive.actors(limit=1, after=number - 1).to_pylist()
    ]
    names.sort(key=lambda row: (-row["events"], -row["statements"], row["row"]))
    return {
        "name": name,
        "names": names,
        "parts": found.parts.to_pylist(),
        "partners": found.partners.slice(0, partners).to_pylist(),
    }


MOST_NAMES = 500
"""Names of one actor that are told."""


def incident(archive: Archive, id: str) -> Row | None:
    """An incident, with the `reviews` of each telling's event; None where there is none.

    Each telling and each side of a discrepancy has the words `around` it, those of articles after the first `QUOTED`
    null.
    """
    found = archive.incident(id)
    if found is None:
        return None
    told = found.to_dict()
    sides = [side for discrepancy in told["discrepancies"] for side in (discrepancy["a"], discrepancy["b"])]
    stretches = [*sides, *told["tellings"]]
    texts = _texts(archive, dict.fromkeys(stretch["article"] for stretch in stretches))
    for stretch in stretches:
        text = texts.get(stretch["article"])
        stretch["around"] = None if text is None else around(text, stretch["at"])
    said: dict[str, list[Row]] = {telling["event"]: [] for telling in told["tellings"]}
    for article in dict.fromkeys(telling["article"] for telling in told["tellings"]):
        for review in archive.reviews(article=article):
            said.setdefault(review.event, []).append(to_plain(review))
    for telling in told["tellings"]:
        telling["reviews"] = said[telling["event"]]
    return told


def _texts(archive: Archive, articles: Iterable[str]) -> dict[str, str]:
    found = {}
    for sha256, _ in zip(articles, range(QUOTED), strict=False):
        coding = archive.coding(sha256)
        if coding is not None:
            found[sha256] = coding.article.text
    return found


def incident_csv(archive: Archive, filters: Filters, limit: int, after: int) -> tuple[Iterator[str], int | None]:
    """Incidents as `whence incidents --csv` prints them, and the row after which the others come."""
    part = table(archive.incidents, filters, limit, after)
    found = (one for row in part.rows if (one := archive.incident(row["id"])) is not None)
    return incident_records(found), part.next
