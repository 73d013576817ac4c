"""Why an event was coded so: its article coded again, and everything that decided, in lines for people.

    e3  ATTACK-HEALTH (looting), happened
      The rebels [looted] the clinic of Bandja on Friday.
      because     cue 'loot' (mine.yaml); happened: no sign to the contrary
      cue         verb loot: mode looting; actor subject; recipient object; if object is clinic|hospital (here: clinic)
      actor       the rebels [REB], in the slot `subject`: …

Nothing is read out of the reasons that the coding gives: what they speak of is looked up again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rich.text import Text

from whence import coding, sources
from whence.article import from_page, require_codable
from whence.codebook import Category, Codebook, Cue
from whence.codebook.describe import QUADS, pattern
from whence.coding import places, times
from whence.coding.candidates import Candidate
from whence.coding.events import Scene
from whence.coding.repairs import repaired
from whence.coding.tree import Tree
from whence.errors import InputError, UnreadableInput
from whence.pipeline import Coder
from whence.records import Actor, Analysis, Article, Coding, Event, Page, Statement
from whence.sources.limits import JSON_BYTES
from whence.table import plain

_LABEL = 12
"""Columns of the label before each line."""
_SHOWN = 400
"""Characters of a sentence or of reported words that are shown."""
_IDS = 60
"""Ids that a message names."""
_LIKELY = 0.05
"""Probability from which a type that the encoder considered is shown."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Explained:
    """An event with all that its explanation speaks of."""

    coding: Coding
    event: Event
    scene: Scene
    candidate: Candidate | None
    """The word with the cue or the encoder's act that made the event."""


def explain(coder: Coder, wanted: str, source: str, published: str | None = None) -> Explained:
    """The event of that id or uid in the article or articles of a path, a URL or `-`, coded again.

    `published` is the day of articles that do not say it. Raises an `InputError` where no event, or more than
    one, is meant, naming those that there are.
    """
    found: list[Explained] = []
    ids: list[str] = []
    for article in _articles(source):
        if article.published is None and published is not None:
            article = replace(article, published=published, published_from="given")
        for one in _coded(coder, article):
            ids.append(one.event.id)
            if wanted == one.event.uid:
                return one
            if wanted == one.event.id:
                found.append(one)
        if len(found) > 1:
            uids = "; ".join(f"{one.event.uid} in {one.coding.article.id}" for one in found)
            raise InputError(f"several articles have an event {wanted}; name it by its uid ({uids}, …)", source)
    if not found:
        raise InputError(f"there is no event {wanted!r}; it has {_listed(ids)}", source)
    return found[0]


def _listed(ids: list[str]) -> str:
    """The ids, or as many as a message holds."""
    known = list(dict.fromkeys(ids))
    return ", ".join(known[:_IDS]) + (" …" if len(known) > _IDS else "") if known else "none"


def _coded(coder: Coder, article: Article) -> Iterator[Explained]:
    """The events of one article, each with what made it."""
    analysis = coder.language.analyse(require_codable(article).text)
    made = coding.code(article, analysis, coder.codebook, coder.knowledge, coder.nearness)
    scene = _scene(coder, article, analysis)
    acts = scene.candidates()
    by_place = {(scene.tree.mention(one.first, one.last).at, one.type): one for one in acts}
    for event in made.events:
        yield Explained(made, event, scene, by_place.get((event.trigger.at, event.type)))


def _scene(coder: Coder, article: Article, analysis: Analysis) -> Scene:
    """What the article's acts are read by, as `coding.code` makes it."""
    tree = Tree(repaired(analysis))
    dates = [(t.first, t.last) for t in times.find(tree, article.published)]
    toponyms = [(p.first, p.last) for p in places.find(tree, coder.knowledge, article)]
    return Scene(tree, coder.codebook, dates, toponyms, coder.nearness)


# -- articles and codings as input ---------------------------------------------------------


def _articles(source: str) -> Iterator[Article]:
    """The articles of a source; of codings those that they were made from, word for word."""
    if sources.is_url(source):
        yield from _of_pages(sources.pages(source))
        return
    data, name = _read(source)
    rows = list(_rows(data))
    if rows and all(isinstance(row, dict) and isinstance(row.get("article"), dict) for row in rows):
        yield from (_of_coding(row["article"], name) for row in rows if "error" not in row)
    elif source == "-":
        yield from _of_pages(sources.bytes_pages(data, name))
    else:
        yield from _of_pages(sources.pages(source))


def _of_pages(pages: Iterable[Page | InputError]) -> Iterator[Article]:
    for page in pages:
        if isinstance(page, InputError):
            raise page
        yield from_page(page)


def _read(source: str) -> tuple[bytes, str]:
    """The bytes of a path or of standard input, decompressed, and the name for messages; empty if unreadable."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(JSON_BYTES), "<stdin>"
        with Path(source).open("rb") as file:
            is_packed = file.read(2) == _GZIP
        with gzip.open(source) if is_packed else Path(source).open("rb") as file:
            return file.read(JSON_BYTES), source
    except (OSError, EOFError, zlib.error):
        return b"", source


def _rows(data: bytes) -> Iterator[Any]:
    """The values of JSON or JSONL; nothing for what is neither."""
    if data[:64].lstrip()[:1] not in (b"{", b"["):
        return
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        for line in data.splitlines():
            try:
                yield json.loads(line or b"null")
            except (ValueError, RecursionError):
                return
    else:
        yield from whole if isinstance(whole, list) else [whole]


def _of_coding(given: dict[str, Any], name: str) -> Article:
    """The article of a coding, as it was."""
    text = given.get("text")
    if not isinstance(text, str):
        raise UnreadableInput("a coding without its article's `text`", name)
    optional = {f.name: given.get(f.name) for f in fields(Article) if f.name not in ("text", "sha256", "excluded")}
    strings: dict[str, Any] = {key: value if isinstance(value, str) else None for key, value in optional.items()}
    digest = hashlib.sha256(text.encode("utf8", "replace")).hexdigest()
    strings |= {"id": strings["id"] or digest[:16], "language": strings["language"] or "en"}
    return Article(**strings, text=text, sha256=digest)


# -- lines ---------------------------------------------------------------------------------


def lines(found: Explained, codebook: Codebook) -> list[Text]:
    """The explanation, a fact a line."""
    event, category = found.event, codebook.categories[found.event.type]
    mode = category.mode(event.mode)
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    head = Text(f"{event.id}  {plain(kind)}, {event.status}", style="bold")
    head.append(f"  {event.uid}", style="not bold dim")
    told = [("because", event.reason), ("type", f"{event.type}: {category.definition}")]
    if mode is not None:
        told.append(("mode", f"{mode.name}: {mode.definition}"))
    told += [*_deciders(found, category), *_participants(found)]
    told += [("place", f"{p.name}, {p.country or 'no country'}, {p.grain}: {p.reason}") for p in event.places]
    if event.time is not None:
        days = f"{event.time.start or 'open'} to {event.time.end or 'open'}"
        told.append(("time", f"“{event.time.text}”, {days}: {event.time.rule}"))
    told += [("number", f"“{c.text}”, {c.what}: {_bounds(c.low, c.high)}") for c in event.counts]
    told += [("means", f"“{mention.text}”") for mention in event.instruments]
    told += _statements(found.coding.statements, event.statement)
    if event.same_as is not None:
        told.append(("retells", event.same_as))
    told += _scores(event, category)
    return [head, Text("  " + plain(_sentence(found))), *(_line(label, text) for label, text in told)]


def _line(label: str, text: str) -> Text:
    line = Text("  ")
    line.append(f"{label:<{_LABEL}}", style="dim")
    line.append(plain(text))
    return line


def _sentence(found: Explained) -> str:
    """The sentence with the trigger in brackets, cut on both sides of it where it is long."""
    begin, end = found.event.trigger.at
    tree, text = found.scene.tree, found.coding.article.text
    word = next((w for w in range(len(tree)) if tree.span(w, w)[1] > begin), 0)
    sentence = tree.sentence(word)
    first, last = tree.span(sentence.first, sentence.last)
    shown = max(first, begin - _SHOWN), min(last, end + _SHOWN)
    before = ("… " if shown[0] > first else "") + text[shown[0] : begin]
    return f"{before}[{text[begin:end]}]{text[end : shown[1]]}" + (" …" if shown[1] < last else "")


def _deciders(found: Explained, category: Category) -> Iterator[tuple[str, str]]:
    """The cue with its whole entry, and what the encoder took the word for."""
    one = found.candidate
    if one is None:
        return
    if one.cue is not None:
        yield "cue", f"{one.cue.text} ({category.source}): {pattern(one.cue)}"
        for test in one.cue.required:
            words = [found.scene.tree.form[w] for w in found.scene.roles.fill(one.word, test.slot)]
            if words:
                yield "", f"{test.slot} here: {', '.join(words)}"
    if one.act is not None:
        likely = [f"{name} {share:.2f}" for name, share in one.act.types.items() if share >= _LIKELY]
        yield "encoder", ", ".join(likely) or "took the word for no act"


def _participants(found: Explained) -> Iterator[tuple[str, str]]:
    """Who takes part, by which slot or by the encoder, and who that is."""
    sides = (("actor", found.event.actors), ("recipient", found.event.recipients))
    for side, actors in sides:
        for actor in actors:
            code = " ".join(part for part in (actor.country, actor.sector) if part)
            who = f"{actor.name} [{code}]" if code else actor.name
            yield side, f"“{actor.text}” is {who}, {_filled(found, side, actor)}; {actor.reason}"
    if not found.event.actors:
        yield "actor", "nobody is named"


def _filled(found: Explained, side: str, actor: Actor) -> str:
    """By which slot or by what the mention came into the event."""
    one = found.candidate
    if one is None:
        return "by its sentence"
    tree = found.scene.tree
    cue = one.slots
    both = (*cue.actor, *cue.recipient) if cue is not None else ()
    slots = both if cue is None or cue.mutual else _side(cue, side)
    for slot in slots:
        if any(_inside(tree.span(w, w), actor.at) for w in found.scene.roles.fill(one.word, slot)):
            return f"in the slot `{slot}`" + (" of the type's defaults" if one.cue is None else "")
    for part in one.act.parts if one.act is not None else ():
        at = tree.span(part.first, part.last)
        if part.role == side and at[0] < actor.at[1] and actor.at[0] < at[1]:
            return f"by the encoder {part.confidence:.2f}"
    return "by its sentence"


def _side(cue: Cue, side: str) -> tuple[str, ...]:
    return cue.actor if side == "actor" else cue.recipient


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _statements(statements: tuple[Statement, ...], wanted: str | None) -> Iterator[tuple[str, str]]:
    """The innermost statement that holds the event and those that it stands within, with who vouches for each."""
    by_id = {statement.id: statement for statement in statements}
    if wanted is None:
        yield "statement", "none: the article says it in its own voice"
    while wanted is not None and (statement := by_id.pop(wanted, None)) is not None:
        cue = f"“{statement.cue.text}”" if statement.cue is not None else "quotation marks alone"
        chain = " > ".join(statement.chain) or "nobody named"
        kind = f"{statement.id}, {statement.form}, {statement.commitment}, cue {cue}"
        yield "statement", f"{kind}, chain {chain}; {statement.reason}"
        wanted = statement.within


def _scores(event: Event, category: Category) -> Iterator[tuple[str, str]]:
    mode = category.mode(event.mode)
    if event.contexts:
        yield "contexts", ", ".join(event.contexts)
    if event.quad is not None:
        yield "quad", f"{event.quad}, {QUADS[event.quad]}"
    if event.intensity is not None:
        of_mode = mode is not None and mode.intensity is not None
        yield "intensity", f"{event.intensity:g}, of the {'mode' if of_mode else 'type'}"
    if event.cameo is not None:
        yield "CAMEO", f"{event.cameo}, of the {'mode' if mode is not None and mode.cameo else 'type'}"
    yield "confidence", f"{event.confidence:.2f}"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{'open' if low is None else low} to {'open' if high is None else high}"
