"""Events as event tables of pairs have them: who alone, to whom alone, where, and on which day."""

from __future__ import annotations

from collections.abc import Iterator

from whence.records import Actor, Article, Event, Place

Pair = tuple[Actor | None, Actor | None]


def pairs(event: Event) -> Iterator[Pair]:
    """Each actor with each recipient; None on a side on which nobody is named, so there is always a pair."""
    for actor in event.actors or (None,):
        for recipient in event.recipients or (None,):
            yield actor, recipient


def where(event: Event) -> Place | None:
    """The place of the event: the first that the text means as one, and of these one with a point, if any has."""
    literal = [place for place in event.places if place.use == "literal"]
    return next((place for place in literal if place.lat is not None), literal[0] if literal else None)


def day(article: Article, event: Event) -> tuple[str | None, str]:
    """The event's first day, YYYY-MM-DD, and where it comes from: `text`, or `published`, or nowhere."""
    told = (event.time.start or event.time.end) if event.time else None
    if told is not None:
        return told, "text"
    return article.published, "published" if article.published else ""
