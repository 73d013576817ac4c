"""What a user may say that a slot of an event is: checked against the article, and told from what was coded.

A value is the slot as a coding's JSON has it. Of a mention `at` is needed; `text`, if it is there, has to be the
article's own words. What a coding says beyond the slot itself (ids, confidence, reasons) may stand there and is passed
over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, get_args

from whence.archive.text import storable
from whence.errors import ArchiveError
from whence.records import CountOf, Event, Grain, PlaceUse, Status, to_plain

Slot = Literal[
    "type", "mode", "status", "actors", "recipients", "instruments", "places", "time", "counts", "trigger"
]  # fmt: skip
SLOTS: tuple[Slot, ...] = get_args(Slot)
"""What of an event can be judged."""
LISTS = frozenset({"actors", "recipients", "instruments", "places", "counts"})
"""Slots of several mentions."""
WORDS = frozenset({"type", "mode", "status"})
"""Slots that a word fills."""
_BESIDE = frozenset({"id", "confidence", "reason", "rule", "prio_grid"})
"""What a coding says of a mention that is no part of the slot."""
_MOST_MENTIONS = 100
"""In one slot; the longest list of actors in news has some thirty."""
_LONGEST = 500
"""Characters of a name, label or code."""
_LONGEST_MENTION = 1_000
"""Characters; whole paragraphs fill no slot."""
_CODE = re.compile(r"[A-Z]{3}")

Field = Callable[[Any], str]
"""Says what is wrong with a value, as the end of "has to be"; empty where nothing is."""


def of_event(event: Event, slot: str) -> Any:
    """A slot of an event as plain values, without what `_BESIDE` names: what a review of it judges."""
    return _bare(to_plain(getattr(event, slot)))


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if key not in _BESIDE}
    return value


def checked(slot: Slot, value: Any, text: str, modes: Mapping[str, frozenset[str]], type: str) -> Any:
    """A value for a slot, as it is to be kept: mentions with their words, and only what belongs to the slot.

    `modes` has the types that there are with the modes of each, `type` is that of the event. Raises `ArchiveError`,
    which says what is allowed, for any other value.
    """
    if slot == "type":
        return _one_of(value, modes, "`type`")
    if slot == "mode":
        return None if value is None else _one_of(value, modes.get(type, frozenset()), f"`mode` of {type}", "null")
    if slot == "status":
        return _one_of(value, get_args(Status), "`status`")
    if slot in LISTS:
        return _mentions(slot, [] if value is None else value, text)
    if value is None and slot == "time":
        return None
    return _mention(slot, value, text, f"`{slot}`")


def _one_of(value: Any, allowed: Any, what: str, *others: str) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    raise ArchiveError(f"{what} is one of {', '.join((*sorted(allowed), *others)) or 'none'}, not {value!r:.60}")


def _mentions(slot: str, value: Any, text: str) -> list[dict[str, Any]]:
    if not isinstance(value, (list, tuple)):
        raise ArchiveError(f"`{slot}` is a list of mentions with `at` and `text`, or null, not {value!r:.60}")
    if len(value) > _MOST_MENTIONS:
        raise ArchiveError(f"`{slot}` has {len(value):,} mentions; at most {_MOST_MENTIONS} can be kept")
    return [_mention(slot, one, text, f"`{slot}[{n}]`") for n, one in enumerate(value)]


def _mention(slot: str, value: Any, text: str, where: str) -> dict[str, Any]:
    """A mention with its words and what else is said of it."""
    if not isinstance(value, Mapping):
        raise ArchiveError(f"{where} is a mention, an object with `at` and `text`, not {value!r:.60}")
    at = _span(value.get("at"), len(text), where)
    words = text[slice(*at)]
    if value.get("text", words) != words:
        raise ArchiveError(f"{where}: at {list(at)} the article says {words!r:.80}, not {value['text']!r:.80}")
    fields = _FIELDS.get(slot, {})
    if unknown := sorted(str(key) for key in value.keys() - fields.keys() - _BESIDE - {"at", "text"}):
        allowed = ", ".join(("at", "text", *fields))
        raise ArchiveError(f"{where} has {', '.join(unknown)[:80]}, of which nothing is known; it may have {allowed}")
    made: dict[str, Any] = {"text": words, "at": list(at)}
    for name, find in fields.items():
        if name in value:
            if problem := find(value[name]):
                raise ArchiveError(f"{where}: `{name}` has to be {problem}, not {value[name]!r:.60}")
            made[name] = storable(value[name]) if isinstance(value[name], str) else value[name]
    _require_whole(slot, made, where)
    return made


def _span(at: Any, length: int, where: str) -> tuple[int, int]:
    if isinstance(at, (list, tuple)) and len(at) == 2 and all(type(end) is int for end in at):
        begin, end = at
        if 0 <= begin < end <= length and end - begin <= _LONGEST_MENTION:
            return begin, end
    raise ArchiveError(
        f"{where}: `at` is [begin, end] in code points of the article, 0 to {length:,}, end after begin by at most "
        f"{_LONGEST_MENTION:,}, not {at!r:.60}"
    )


def _require_whole(slot: str, made: Mapping[str, Any], where: str) -> None:
    """What a mention must say beyond its words, and what does not go together."""
    if slot == "counts" and "what" not in made:
        raise ArchiveError(f"{where}: `what` is lacking; it is one of {', '.join(get_args(CountOf))}")
    for low, high in (("low", "high"), ("start", "end")):
        first, last = made.get(low), made.get(high)
        if first is not None and last is not None and first > last:
            raise ArchiveError(f"{where}: `{low}` is more than `{high}`")


def _name(value: Any) -> str:
    return "" if value is None or (isinstance(value, str) and len(value) <= _LONGEST) else "words or null"


def _code(value: Any) -> str:
    is_one = value is None or (isinstance(value, str) and _CODE.fullmatch(value) is not None)
    return "" if is_one else "three capital letters or null"


def _day(value: Any) -> str:
    try:
        is_day = value is None or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        is_day = False
    return "" if is_day else "a day, YYYY-MM-DD, or null"


def _whole(value: Any) -> str:
    is_one = value is None or (type(value) is int and 0 <= value < 1 << 53)
    return "" if is_one else "a whole number from 0, or null"


def _chosen(allowed: tuple[str, ...]) -> Field:
    return lambda value: "" if isinstance(value, str) and value in allowed else f"one of {', '.join(allowed)}"


def _degrees(most: float) -> Field:
    def find(value: Any) -> str:
        is_one = value is None or (type(value) in (int, float) and abs(value) <= most)
        return "" if is_one else f"degrees from -{most:.0f} to {most:.0f}, or null"

    return find


_PARTY: dict[str, Field] = {"name": _name, "label": _name, "country": _code, "sector": _code}
_FIELDS: dict[str, dict[str, Field]] = {
    "actors": _PARTY,
    "recipients": _PARTY,
    "places": {
        "name": _name,
        "label": _name,
        "grain": _chosen(get_args(Grain)),
        "country": _code,
        "geonames": _whole,
        "lat": _degrees(90),
        "lon": _degrees(180),
        "use": _chosen(get_args(PlaceUse)),
    },
    "time": {"start": _day, "end": _day},
    "counts": {"what": _chosen(get_args(CountOf)), "low": _whole, "high": _whole},
}
"""What may be said of a mention beyond its words, slot by slot."""
