"""What a question to an archive found, and one article, event or statement of it: as lines, CSV records, JSON objects.

    The strike of Keta  (2020-02-03)
      happened      ASSAULT (artillery)     army [GHA MIL] → Keta [GHA CVL]  — the mayor  86fd857c2ea826d8

Text of articles is data: in lines and cells control characters are taken out, and nothing is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Text

from whence.cells import listed, record
from whence.errors import ArchiveError
from whence.records import Actor, Article, Coding, Event, Mention, Place, Statement, to_plain
from whence.table import according_to, event_line, heading, plain

if TYPE_CHECKING:
    from whence.archive import Archive

COLUMNS = (
    "article", "url", "title", "published", "site",
    "uid", "type", "mode", "status", "quad", "intensity", "start", "end",
    "actors", "actors_country", "actors_sector", "recipients", "recipients_country", "recipients_sector",
    "places", "places_country", "places_lat", "places_lon",
    "chain", "trigger", "trigger_begin", "trigger_end", "confidence", "reason",
)  # fmt: skip
"""The columns of the CSV, in order."""
_LINK = " > "
"""Between the holders of a chain, outermost first."""
_GAP = " … "
"""Between the pieces of a content."""
_LABEL = 12
"""Columns of the label before each line of `show`."""
_SHOWN = 400
"""Code points of text that are shown on each side of a trigger."""


def lines(coding: Coding, countries: Mapping[str, str]) -> list[Text]:
    """The heading, and a line for each event with the uid by which `whence show` knows it."""
    statements = {statement.id: statement for statement in coding.statements}
    return [
        heading(coding),
        *(_line(event, statements.get(event.statement or ""), countries) for event in coding.events),
    ]


def _line(event: Event, statement: Statement | None, countries: Mapping[str, str]) -> Text:
    line = event_line(event, statement, countries)
    line.append(f"  {event.uid}", style="not italic dim")
    return line


def objects(coding: Coding) -> Iterator[dict[str, Any]]:
    """The events as the coding's JSON has them, each with what tells its article, and its chain."""
    chains = {statement.id: list(statement.chain) for statement in coding.statements}
    for event in coding.events:
        yield {"article": _identity(coding.article), **to_plain(event), "chain": chains.get(event.statement or "", [])}


def _identity(article: Article) -> dict[str, str | None]:
    names = ("id", "url", "title", "published", "site")
    return {name: getattr(article, name) for name in names}


def csv_records(codings: Iterable[Coding]) -> Iterator[str]:
    """The records of the CSV with their line ends, the header first, then one an event."""
    yield record(COLUMNS)
    for coding in codings:
        chains = {statement.id: statement.chain for statement in coding.statements}
        told = tuple(_identity(coding.article).values())
        for event in coding.events:
            yield record((*told, *_cells(event, chains.get(event.statement or "", ()))))


def _cells(event: Event, chain: tuple[str, ...]) -> Iterator[object]:
    """An event's cells, in the order of the columns after the article's own."""
    yield from (event.uid, event.type, event.mode, event.status, event.quad, event.intensity)
    yield from (event.time.start, event.time.end) if event.time else (None, None)
    for actors in (event.actors, event.recipients):
        yield from (_joined(actors, name) for name in ("name", "country", "sector"))
    yield from (_joined(event.places, name) for name in ("name", "country", "lat", "lon"))
    yield from (_LINK.join(chain), event.trigger.text, *event.trigger.at, event.confidence, event.reason)


def _joined(items: tuple[Actor | Place, ...], name: str) -> str:
    return listed(getattr(item, name) for item in items)


# -- one of them ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """An article of an archive, or one event or statement of it."""

    coding: Coding
    event: Event | None = None
    statement: Statement | None = None
    revisions: tuple[Mapping[str, Any], ...] = ()
    """Of an article: the versions that stood at its address, in order, with itself; empty if it is the only one."""

    def to_dict(self) -> dict[str, Any]:
        """The coding as JSON, with `revisions` if there are, or the event or statement with what tells its article."""
        part = self.event or self.statement
        if part is None:
            plain = self.coding.to_dict()
            return plain | {"revisions": [dict(told) for told in self.revisions]} if self.revisions else plain
        return {"article": _identity(self.coding.article), **to_plain(part)}


def resolve(archive: Archive, wanted: str) -> Shown:
    """What an id means: an article's id, SHA-256 or address, an event's uid, or `ARTICLE:e1` and `ARTICLE:s1`.

    An address means the last version that was coded of what stood there.

    Raises `ArchiveError` where it means nothing in this archive.
    """
    coding = archive.coding(wanted)
    if coding is None and (versions := _revisions(archive, wanted)):
        last = max(versions, key=lambda told: (told["copy_of"] is None, told["version"]))
        coding = archive.coding(last["sha256"])
    if coding is not None:
        versions = _revisions(archive, coding.article.url)
        return Shown(coding, revisions=versions if len(versions) > 1 else ())
    for found in archive.find(uid=wanted, limit=1):
        return Shown(archive.coding(found.coding.article.sha256) or found.coding, event=found.events[0])
    article, _, part = wanted.rpartition(":")
    coding = archive.coding(article) if article else None
    if coding is not None:
        for event in coding.events:
            if event.id == part:
                return Shown(coding, event=event)
        for statement in coding.statements:
            if statement.id == part:
                return Shown(coding, statement=statement)
    raise ArchiveError(
        f"{archive.path}: nothing is called {wanted!r}; give an article's id, SHA-256 or address, an event's uid, "
        "or ARTICLE:e1 or ARTICLE:s1 for an event or a statement of it"
    )


_REVISION = ("version", "id", "sha256", "published", "modified", "copy_of", "superseded_by", "events")


def _revisions(archive: Archive, url: str | None) -> tuple[Mapping[str, Any], ...]:
    """The articles that stood at an address, in the order of their versions."""
    if not url:
        return ()
    told = archive.articles(url=url, copies=True).select(_REVISION).to_pylist()
    return tuple(sorted(told, key=lambda one: (one["version"], one["id"])))


def shown_lines(archive: Archive, shown: Shown, countries: Mapping[str, str]) -> list[Text]:
    """The article, event or statement for a person, a fact a line."""
    if shown.event is not None:
        return _event_lines(shown.coding, shown.event, countries)
    if shown.statement is not None:
        return _statement_lines(shown.coding, shown.statement)
    return _article_lines(archive, shown, countries)


def _article_lines(archive: Archive, shown: Shown, countries: Mapping[str, str]) -> list[Text]:
    """Where an article stood, what it is a copy of or has for copies, and what was read in it."""
    coding, article = shown.coding, shown.coding.article
    same = archive.articles(id=article.id, copies=True).to_pylist()
    told = next(row for row in same if row["sha256"] == article.sha256)
    versions = ", ".join(f"{name} {told[name]}" for name in ("whence", "model", "codebook", "knowledge") if told[name])
    facts = (
        ("id", article.id),
        ("sha256", article.sha256),
        ("url", article.url),
        ("site", article.site),
        ("credit", article.credit),
        ("version", f"{told['version']} of {told['revisions']} at this address" if told["revisions"] > 1 else None),
        *(("", _told(one)) for one in shown.revisions if one["version"] != told["version"]),
        ("copy of", told["copy_of"]),
        ("copies", f"{told['copies']:,}" if told["copies"] else None),
        ("left out", f"{len(article.excluded):,} lines" if article.excluded else None),
        ("coded by", versions or None),
    )
    listed = [*lines(coding, countries)[1:], *(_statement_line(article, said) for said in coding.statements)]
    return [heading(coding), *(_fact(label, value) for label, value in facts if value is not None), *listed]


def _told(revision: Mapping[str, Any]) -> str:
    """Another version of an article, by which `show` can be asked for it."""
    day = revision["modified"] or revision["published"] or "without a day"
    kind = "a near-copy" if revision["copy_of"] else f"{revision['events']:,} events"
    return f"version {revision['version']}: {day}, {revision['sha256']}, {kind}"


def _statement_line(article: Article, statement: Statement) -> Text:
    """One statement on a line, with the id by which `show` knows it."""
    line = Text(f"  {statement.form:<8}  {statement.commitment:<10}  ", style="cyan")
    line.append(according_to(statement), style="not cyan bold")
    line.append(f": {_words(statement)}", style="not bold not cyan")
    line.append(f"  {plain(article.id)}:{statement.id}", style="not cyan dim")
    return line


def _words(statement: Statement) -> str:
    words = _GAP.join(plain(piece.text) for piece in statement.content)
    return f"“{words}”" if statement.form == "direct" else words


def _event_lines(coding: Coding, event: Event, countries: Mapping[str, str]) -> list[Text]:
    statement = next((s for s in coding.statements if s.id == event.statement), None)
    facts = [
        ("text", _around(coding.article, (event.trigger,))),
        ("article", f"{plain(coding.article.id)}:{event.id}"),
        *(("actor", _party(actor)) for actor in event.actors),
        *(("recipient", _party(actor)) for actor in event.recipients),
        *(("place", _spot(place)) for place in event.places),
        *(("means", f"“{mention.text}”") for mention in event.instruments),
        *(("number", f"“{count.text}”: {count.what}") for count in event.counts),
    ]
    if event.time is not None:
        facts.append(("time", f"“{event.time.text}”: {event.time.start or 'open'} to {event.time.end or 'open'}"))
    facts += _chain(statement)
    facts.append(("because", event.reason))
    return [heading(coding), _line(event, statement, countries), *(_fact(label, value) for label, value in facts)]


def _statement_lines(coding: Coding, statement: Statement) -> list[Text]:
    facts = [
        ("text", _around(coding.article, statement.content)),
        *_chain(statement),
        *([("cue", f"“{statement.cue.text}”")] if statement.cue else []),
        *([("within", statement.within)] if statement.within else []),
        *(("event", f"{e.type} “{e.trigger.text}”  {e.uid}") for e in coding.events if e.statement == statement.id),
        ("because", statement.reason),
    ]
    told = [_fact(label, value) for label, value in facts]
    return [heading(coding), _statement_line(coding.article, statement), *told]


def _chain(statement: Statement | None) -> list[tuple[str, str]]:
    """Who vouches for it, a line each: the outermost holder first, the originator last."""
    if statement is None:
        return [("says", "the article itself")]
    named = [("says", name) for name in statement.chain] or [("says", "somebody not named")]
    return [*named[:-1], ("originator", named[-1][1])] if len(named) > 1 else named


def _party(actor: Actor) -> str:
    known = " ".join(part for part in (actor.country, actor.sector) if part)
    label = f" = {actor.label}" if actor.label else ""
    return f"“{actor.text}”: {actor.name}{label}" + (f" [{known}]" if known else "")


def _spot(place: Place) -> str:
    point = "no point known" if place.lat is None or place.lon is None else f"{place.lat}, {place.lon}"
    return f"“{place.text}”: {place.label or place.name}, {place.country or 'no country'}, {place.grain} ({point})"


def _around(article: Article, mentions: tuple[Mention, ...]) -> str:
    """The lines of text in which mentions stand, each in brackets, cut where much stands round them."""
    if not mentions:
        return ""
    text, first, last = article.text, mentions[0].at[0], mentions[-1].at[1]
    begin = max(text.rfind("\n", 0, first) + 1, first - _SHOWN)
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, last + _SHOWN)
    written, at = "… " if begin and text[begin - 1] != "\n" else "", begin
    for mention in mentions:
        written += f"{text[at : mention.at[0]]}[{text[slice(*mention.at)]}]"
        at = mention.at[1]
    return written + text[at:end] + (" …" if end < len(text) and text[end] != "\n" else "")


def _fact(label: str, value: str) -> Text:
    line = Text("  ")
    line.append(f"{label:<{_LABEL}}", style="dim")
    line.append(plain(value))
    return line
