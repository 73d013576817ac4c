"""Events in the forty columns of POLECAT, so that what reads that data set reads these.

A row is a pair of an actor and a recipient; the rows of one event share its `Event ID`. What POLECAT has and whence
has not stays empty: titles, Wikipedia ids, districts, feature types, and the people and organizations of a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from whence.outlets.pairs import day, pairs, where
from whence.records import Actor, Coding, Event, Place

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
"""The columns, in POLECAT's order."""
STATUSES = ("happened", "ongoing")
"""What POLECAT's rows mean: it has no column that could say that an event is only planned, or denied."""
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_AND = ";"

Row = tuple[object, ...]


def polecat_rows(codings: Iterable[Coding], cow: Mapping[str, int | None]) -> Iterator[Row]:
    """The rows, in the order of `COLUMNS`. `cow` gives countries' numbers of the Correlates of War by ISO 3166 alpha-3.

    An event that tells again of another one of the same article is left out, where that one is there.
    """
    for coding in codings:
        present = {event.id for event in coding.events}
        for event in coding.events:
            if event.same_as not in present:
                yield from _event(coding, event, cow)


def _event(coding: Coding, event: Event, cow: Mapping[str, int | None]) -> Iterator[Row]:
    article = coding.article
    locations = _AND.join(dict.fromkeys(place.name for place in coding.places if place.use == "literal"))
    what = (
        event.uid, day(article, event)[0], event.type, event.mode, event.intensity, _QUADS.get(event.quad or 0),
        _AND.join(event.contexts),
    )  # fmt: skip
    story = (
        article.site,
        article.published,
        None,
        None,
        locations,
        article.language,
        f"whence {coding.versions.whence}",
    )
    for actor, recipient in pairs(event):
        yield (*what, *_party(actor, cow), *_party(recipient, cow), *_place(where(event)), *story)


def _party(actor: Actor | None, cow: Mapping[str, int | None]) -> Row:
    """Name, country, COW, primary sector, sectors, title, raw name, Wikipedia id."""
    if actor is None:
        return (None,) * 8
    number = cow.get(actor.country or "")
    return actor.label or actor.name, actor.country, number, actor.sector, actor.sector, None, actor.text, None


def _place(place: Place | None) -> Row:
    """Name, city, district, province, country, latitude, longitude, GeoNames id, raw name, feature type."""
    if place is None:
        return (None,) * 10
    name = place.label or place.name
    city, province = (name if place.grain == grain else None for grain in ("city", "admin1"))
    return name, city, None, province, place.country, place.lat, place.lon, place.geonames, place.text, None
