"""Events in a table like GDELT's: a row a pair of actors, CAMEO codes, one place.

A column has GDELT's name only where it means the same. Where it means nearly that, its name says what it is: countries
are ISO 3166 and not FIPS, places are GeoNames ids, and the intensity is PLOVER's, not Goldstein's. What GDELT has and
whence has not (tone, numbers of mentions) is left out, and added is what GDELT lacks: whether it happened, and who
vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whence.outlets.pairs import day, pairs, where
from whence.records import Actor, Coding, Event, Place

COLUMNS = (
    "EventUID", "Pair", "SQLDATE", "DateFrom", "DateEnd", "MonthYear", "Year",
    "Actor1Name", "Actor1Country", "Actor1Sector", "Actor2Name", "Actor2Country", "Actor2Sector",
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "PloverType", "PloverMode", "PloverQuad", "PloverIntensity", "Status", "SameAsUID",
    "ActionGeo_FullName", "ActionGeo_CountryISO3", "ActionGeo_Grain", "ActionGeo_Lat", "ActionGeo_Long",
    "ActionGeo_GeoNamesID",
    "Chain", "Confidence", "ArticleID", "ArticleSHA256", "Site", "Published", "SOURCEURL",
)  # fmt: skip
"""The columns, in order."""
_LAST_ROOTS = ((5, 1), (9, 2), (14, 3), (20, 4))
"""For each class of CAMEO (1, 2 cooperation, 3, 4 conflict; even: material) the last of its root codes."""
_LINK = " > "

Row = tuple[object, ...]


def gdelt_rows(codings: Iterable[Coding]) -> Iterator[Row]:
    """The rows, in the order of `COLUMNS`. Types without a CAMEO code, such as a user's own, have none here."""
    for coding in codings:
        chains = {statement.id: _LINK.join(statement.chain) for statement in coding.statements}
        uids = {event.id: event.uid for event in coding.events}
        for event in coding.events:
            article, (first, source) = coding.article, day(coding.article, event)
            digits = (first or "").replace("-", "")
            when = (digits, source, event.time.end if event.time else None, digits[:6], digits[:4])
            end = (
                chains.get(event.statement or ""), event.confidence, article.id, article.sha256, article.site,
                article.published, article.url,
            )  # fmt: skip
            what = (*_kind(event), uids.get(event.same_as or ""), *_place(where(event)), *end)
            for number, (actor, recipient) in enumerate(pairs(event), 1):
                yield (event.uid, number, *when, *_party(actor), *_party(recipient), *what)


def _kind(event: Event) -> Row:
    code = event.cameo or ""
    return code, code[:3], code[:2], _class(code), event.type, event.mode, event.quad, event.intensity, event.status


def _class(code: str) -> int | None:
    """CAMEO's own class of a code, which is not always PLOVER's: to CAMEO a protest is words."""
    if not code[:2].isdecimal():
        return None
    return next((number for last, number in _LAST_ROOTS if int(code[:2]) <= last), None)


def _party(actor: Actor | None) -> Row:
    return (None, None, None) if actor is None else (actor.label or actor.name, actor.country, actor.sector)


def _place(place: Place | None) -> Row:
    if place is None:
        return (None,) * 6
    return place.label or place.name, place.country, place.grain, place.lat, place.lon, place.geonames
