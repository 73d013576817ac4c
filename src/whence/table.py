"""Codings as a person reads them: the article's title and day, then a line for each event.

    happened  ASSAULT (aerial)  Russia [RUS MIL] → ISIS [ISM]  @ Aleppo (Syria)  on 2016-08-16  — the ministry, via TASS

Text of the article is data: control characters are taken out, and nothing in it is read as markup.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from rich.text import Text

from whence.records import Actor, Coding, Event, Place, Statement, Time

_TITLE = 80
"""Code points of the text that stand for a missing title."""
STATUS_WIDTH = 12
TYPE_WIDTH = 22
_UNKNOWN = "?"
STYLES = {
    "happened": "green",
    "ongoing": "green",
    "planned": "cyan",
    "demanded": "cyan",
    "predicted": "cyan",
    "threatened": "yellow",
    "hypothetical": "yellow",
    "denied": "red",
}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that turn the direction of what follows them, in the rest of the line too."""


def heading(coding: Coding) -> Text:
    """The article's title, or its first words, and the day of its publication."""
    article = coding.article
    title = plain(article.title or "") or _shortened(plain(article.text[: _TITLE * 4]))
    line = Text(title, style="bold")
    if article.published:
        line.append(f"  ({article.published})", style="not bold dim")
    return line


def lines(coding: Coding, countries: Mapping[str, str]) -> list[Text]:
    """The heading and a line for each event, or one that says that there is none.

    `countries` maps ISO 3166 alpha-3 codes to names; a code that it lacks is shown as it is. Events whose
    lines would be the same ("signed an agreement" names two) get one.
    """
    statements = {statement.id: statement for statement in coding.statements}
    rows = (event_line(event, statements.get(event.statement or ""), countries) for event in coding.events)
    found = {row.plain: row for row in rows}
    return [heading(coding), *(found.values() or [Text("  no political events found in it", style="dim")])]


def event_line(event: Event, statement: Statement | None, countries: Mapping[str, str]) -> Text:
    """One event: status, type and mode, who → whom, where, when, and according to whom."""
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    line = Text("  ")
    line.append(f"{event.status:<{STATUS_WIDTH}}", style=STYLES.get(event.status, ""))
    line.append(f"  {plain(kind):<{TYPE_WIDTH}}", style="bold")
    line.append("  " + _parties(event))
    if event.places:
        line.append("  @ " + _where(event.places, countries))
    if event.time is not None:
        line.append("  " + _when(event.time))
    if statement is not None:
        line.append("  — " + according_to(statement), style="italic")
    return line


def plain(text: str) -> str:
    """The text on one line, without what a terminal would obey instead of show."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text if c not in _BIDI)
    return " ".join("".join(shown).split())


def _shortened(text: str) -> str:
    """The text, or as many of its first words as fit."""
    if len(text) <= _TITLE:
        return text
    return (text[:_TITLE].rpartition(" ")[0] or text[:_TITLE]) + " …"


def _parties(event: Event) -> str:
    """Who → whom; the sides of a mutual act, which has no recipients, joined by `&`; the trigger if nobody is known."""
    if not event.recipients:
        return " & ".join(_names(event.actors)) or f"{_UNKNOWN} “{plain(event.trigger.text)}”"
    return f"{', '.join(_names(event.actors)) or _UNKNOWN} → {', '.join(_names(event.recipients))}"


def _names(actors: Iterable[Actor]) -> list[str]:
    """Each actor's name with country and sector in brackets, mentioned twice or more once."""
    found: dict[str, None] = {}
    for actor in actors:
        code = " ".join(part for part in (actor.country, actor.sector) if part)
        name = plain(actor.name) or plain(actor.text)
        found[f"{name} [{code}]" if code else name] = None
    return list(found)


def _where(places: Iterable[Place], countries: Mapping[str, str]) -> str:
    """Places, those of one country together and the country behind them: `Aleppo, Idlib (Syria); Beirut (Lebanon)`."""
    by_country: dict[str | None, dict[str, None]] = {}
    for place in places:
        by_country.setdefault(place.country, {})[plain(place.name)] = None
    groups = []
    for code, names in by_country.items():
        country = countries.get(code, code) if code else None
        is_named = country is None or any(name.casefold() == country.casefold() for name in names)
        groups.append(", ".join(names) + ("" if is_named else f" ({country})"))
    return "; ".join(groups)


def _when(time: Time) -> str:
    """The days of an event as short as they can be said: `on 2016-08-16`, `in 2016-08`, `from … to …`."""
    if time.start is None and time.end is None:
        return f"“{plain(time.text)}”"
    return days(time.start, time.end)


def days(start: str | None, end: str | None) -> str:
    """Days, of which one at least is known, as short as they can be said."""
    if start is None:
        return f"until {end}"
    if end is None:
        return f"from {start}"
    if start == end:
        return f"on {start}"
    return f"in {period}" if (period := _period(start, end)) else f"from {start} to {end}"


def _period(start: str, end: str) -> str | None:
    """The year or month that two days begin and end, or None."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first.year != last.year or first.day != 1:
        return None
    if (first.month, last.month, last.day) == (1, 12, 31):
        return start[:4]
    is_month = first.month == last.month and last.day == calendar.monthrange(last.year, last.month)[1]
    return start[:7] if is_month else None


def according_to(statement: Statement) -> str:
    """The originator, then who carried the words, from the inside out."""
    if not statement.chain:
        return "somebody not named"
    *carriers, originator = (plain(name) for name in statement.chain)
    via = f", via {', '.join(reversed(carriers))}" if carriers else ""
    return f"{originator}{via}"
