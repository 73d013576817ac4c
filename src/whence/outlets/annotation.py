"""Every stretch of text that events and statements were read from, as W3C Web Annotations (JSON-LD).

    {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": […], "target": {"source": …,
     "selector": [{"type": "TextPositionSelector", …}, {"type": "TextQuoteSelector", …}]}}

Positions are code points into the article's own text, whose SHA-256 the target names: that of the page at the
address differs. Quotations, with what stands before and after them, are found on the page too.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from whence.records import Actor, Article, Coding, Count, Event, Mention, Place, Span, Statement, Time

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Code points before and after a quotation, which tell it from others of the same words."""

Object = dict[str, Any]
Part = tuple[str, str | None, Mention | Actor | Place | Time | Count]
"""The role of a stretch, what it was found to be, and where it stands."""


def to_annotations(coding: Coding, with_text: bool = True) -> Iterator[Object]:
    """An annotation for each stretch of each event and statement, in their order.

    Bodies say the role of the stretch (`tagging`), what it was found to be (`classifying` a kind, `identifying`
    somebody or something), and which event or statement it belongs to (`linking`). The id is the same in every export.
    Without text there are no quotations.
    """
    article, made_by = coding.article, f"whence {coding.versions.whence}".strip()
    for event in coding.events:
        for number, part in enumerate(_of_event(event)):
            yield _annotation(article, f"event:{event.uid}", number, part, made_by, with_text)
    for statement in coding.statements:
        owner = f"statement:{article.sha256}:{statement.id}"
        for number, part in enumerate(_of_statement(statement)):
            yield _annotation(article, owner, number, part, made_by, with_text)


def _of_event(event: Event) -> Iterator[Part]:
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    yield "trigger", kind, event.trigger
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for actor in actors:
            yield role, actor.label or actor.name, actor
    for instrument in event.instruments:
        yield "instrument", None, instrument
    for place in event.places:
        yield "place", place.label or place.name, place
    if event.time is not None:
        yield "time", f"{event.time.start or '..'}/{event.time.end or '..'}", event.time  # an interval of ISO 8601-2
    for count in event.counts:
        yield "count", count.what, count


def _of_statement(statement: Statement) -> Iterator[Part]:
    if statement.cue is not None:
        yield "cue", statement.commitment, statement.cue
    if statement.source is not None:
        yield "source", statement.chain[-1] if statement.chain else None, statement.source
    for piece in statement.content:
        yield "content", statement.form, piece


_IDENTIFIED = frozenset({"actor", "recipient", "place", "time", "source"})
"""Roles whose stretch stands for somebody or something; the others are of a kind."""


def _annotation(article: Article, owner: str, number: int, part: Part, made_by: str, with_text: bool) -> Object:
    role, value, stretch = part
    name = f"{article.sha256}:{owner}:{role}:{number}"
    bodies: list[Object] = [{"type": "TextualBody", "purpose": "tagging", "value": role}]
    if value is not None:
        purpose = "identifying" if role in _IDENTIFIED else "classifying"
        bodies.append({"type": "TextualBody", "purpose": purpose, "value": value})
    bodies.append({"type": "SpecificResource", "purpose": "linking", "source": f"urn:whence:{owner}"})
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:whence:{name}')}",
        "type": "Annotation",
        "generator": {"type": "Software", "name": made_by},
        "body": bodies,
        "target": _target(article, stretch.at, with_text),
    }


def _target(article: Article, at: Span, with_text: bool) -> Object:
    begin, end = at
    selectors: list[Object] = [{"type": "TextPositionSelector", "start": begin, "end": end}]
    if with_text:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": article.text[begin:end],
                "prefix": article.text[max(0, begin - _AROUND) : begin],
                "suffix": article.text[end : end + _AROUND],
            }
        )
    text = f"urn:sha256:{article.sha256}"
    if article.url is None:
        return {"type": "SpecificResource", "source": text, "selector": selectors}
    state = {"type": "TimeState", "cached": text}
    return {"type": "SpecificResource", "source": article.url, "state": state, "selector": selectors}
