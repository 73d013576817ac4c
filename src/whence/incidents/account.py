"""One event of one article with all that it takes to compare it with others: its days, its chain, its sentence.

What it leaves open may stand in another telling of the same in its article: `retellings.py` completes `who`, `whom`,
`where` and the days from there. `event` is what it says itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whence.incidents.names import bare, proper
from whence.incidents.parties import is_state
from whence.incidents.settings import family, settings
from whence.records import Actor, Article, Coding, Event, Place, Status

_LAG = timedelta(days=3)
"""How long before its publication an undated happening may have been: news is of these days."""
_STOP = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5
"""Letters by which words are of one family ("attack", "attacked", "attackers")."""
_LONGEST = 600
"""Code points of a sentence that are looked at, around the trigger."""
_SEVERAL = re.compile(r"(s|men|people|police|children|troops)$")
"""How a word ends that opens a sentence in the plural and is no name: "Gunmen", "Police", "Observers"."""
_BEFORE = 80
"""Code points that are looked at before a sentence's first word; a dateline has fewer."""
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "al", "de", "la", "el", "bin", "von", "van"})
"""Words that are small in names."""
_MOST_AROUND = 12
"""Places of an article that are looked at."""
_COMING: frozenset[Status] = frozenset({"planned", "predicted"})
_WANTED: frozenset[Status] = frozenset({"demanded", "threatened", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Account:
    """A telling before it is known of what."""

    uid: str
    article: Article
    event: Event
    same: str | None
    """Uid of the event of the article that it tells again, as the coding has it."""
    bundle: str
    """Uid of the first account of its article that tells of the same; its own if it is that."""
    holders: tuple[Actor, ...]
    """Those who vouch for it, outermost first."""
    chain: tuple[str, ...]
    office: frozenset[str]
    """Phrases by which the article describes the last of the chain, its name aside: "army spokesman"."""
    story: frozenset[str]
    """Names of several words that its article has, case-folded: of people, bodies and places that no list has."""
    around: tuple[Place, ...]
    """The points where the article says that something is, for accounts that name no place."""
    who: tuple[Actor, ...]
    whom: tuple[Actor, ...]
    where: tuple[Place, ...]
    start: date | None
    end: date | None
    """Its days as far as they are known: those that the article says, or those up to publication."""
    is_dated: bool
    """Whether the article itself says the day."""
    names: frozenset[str]
    """Names of its sentence, case-folded: those of parties and places, and others of several words."""
    lands: Mapping[str, str | None]
    """Those of them that are a country's, or its government's, with its code: they stand in many sentences."""
    words: frozenset[str]
    """Stems of its sentence's words, names aside."""

    @property
    def order(self) -> tuple[str, str, int]:
        """Earliest publication first; the same in every run."""
        return (self.article.published or "9999", self.article.sha256, self.event.trigger.at[0])

    @property
    def reality(self) -> str:
        """`real`, `coming` or `wanted`: tellings of one happening can differ in status, not in this."""
        status = self.event.status
        return "coming" if status in _COMING else "wanted" if status in _WANTED else "real"

    @property
    def family(self) -> str:
        """What its type has in common with those that can tell of the same."""
        return family(self.event.type)

    @property
    def parties(self) -> tuple[Actor, ...]:
        """All who take part."""
        return self.who + self.whom

    @property
    def filled(self) -> frozenset[str]:
        """Names of its parties and places, case-folded."""
        return frozenset(bare(m.name) for m in self.parties) | {bare(place.name) for place in self.where}


def draft(coding: Coding) -> tuple[Account, ...]:
    """The accounts of an article's events, in their order, each by itself."""
    uids = {event.id: event.uid for event in coding.events}
    statements = {statement.id: statement for statement in coding.statements}
    actors = {actor.id: actor for actor in coding.actors}
    described = _described(coding.actors)
    around = _around(coding)
    text = coding.article.text
    mentions: tuple[Actor | Place, ...] = (*coding.actors, *coding.places)
    lands = {bare(mention.name) for mention in mentions if _is_land(mention)}
    story = frozenset((*_story(coding), *proper(text))) - lands
    made = []
    for read in coding.events:
        statement = statements.get(read.statement) if read.statement is not None else None
        event = replace(read, actors=_told(read.actors, text), recipients=_told(read.recipients, text))
        start, end, is_dated = _window(event, coding.article)
        begin, stop = sentence(text, event.trigger.at)
        names = frozenset((*(bare(m.name) for m in _mentioned(coding, begin, stop)), *proper(text[begin:stop])))
        spelt = {part for name in names for part in _WORD.findall(name)}
        words = {w.lower() for w in _WORD.findall(text[begin:stop])} - spelt - set(settings()["common"])
        made.append(
            Account(
                uid=event.uid,
                article=coding.article,
                event=event,
                same=uids.get(event.same_as) if event.same_as is not None else None,
                bundle=event.uid,
                holders=tuple(actors[h] for h in statement.holders if h in actors) if statement else (),
                chain=statement.chain if statement else (),
                office=described.get(statement.chain[-1], frozenset())
                if statement and statement.chain
                else frozenset(),
                story=story,
                around=around,
                who=event.actors,
                whom=event.recipients,
                where=event.places,
                start=start,
                end=end,
                is_dated=is_dated,
                names=names,
                lands={bare(m.name): m.country for m in _mentioned(coding, begin, stop) if _is_land(m)},
                words=frozenset(w[:STEM] for w in words),
            )
        )
    return tuple(made)


def _described(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    """By name, what its mentions say beside it; pronouns say nothing."""
    found: dict[str, set[str]] = {}
    for actor in actors:
        phrase = actor.text.replace(actor.name, "").strip()
        if " " in actor.text and phrase:
            found.setdefault(actor.name, set()).add(phrase)
    return {name: frozenset(phrases) for name, phrases in found.items()}


def _around(coding: Coding) -> tuple[Place, ...]:
    """Each town or other point of the article once, as far as it is a place and no government."""
    points = {
        place.geonames: place
        for place in coding.places
        if place.use == "literal" and place.grain not in ("country", "region") and place.lat is not None
    }
    return tuple(points.values())[:_MOST_AROUND]


def _story(coding: Coding) -> Iterator[str]:
    """Names of several words that no list has: those of people and bodies known everywhere tell little."""
    for actor in coding.actors:
        if actor.label is None and " " in actor.name and _is_proper(actor.name):
            yield bare(actor.name)
    for place in coding.places:
        if " " in place.name and place.grain not in ("country", "region"):
            yield bare(place.name)


def _is_proper(name: str) -> bool:
    return all(word[:1].isupper() for word in name.split() if word not in _SMALL)


def is_process(account: Account) -> bool:
    """Whether it names what goes on for long ("the war") and no single act; what is told of a day or two is one."""
    if account.event.trigger.text.casefold().rpartition(" ")[2] not in settings()["processes"]:
        return False
    return not (account.is_dated and account.start and account.end and account.end - account.start <= _LAG)


def _told(actors: tuple[Actor, ...], text: str) -> tuple[Actor, ...]:
    """The actors, with a small letter where only the start of a sentence gave a description its capital."""
    return tuple(
        replace(actor, name=actor.name[:1].lower() + actor.name[1:]) if _is_description(actor, text) else actor
        for actor in actors
    )


def _is_description(actor: Actor, text: str) -> bool:
    """Whether a sentence opens with it and it is no name: "About 800 people", "Gunmen"."""
    if actor.label is not None or actor.text != actor.name or not _opens(text, actor.at[0]):
        return False
    first, *others = actor.name.split()
    return others[0][:1].islower() or others[0][:1].isdigit() if others else bool(_SEVERAL.search(first))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins there, be it after a dateline ("MAPUTO, Oct 24 (AFP) - ")."""
    before = text[max(0, at - _BEFORE) : at].rstrip(" \"'“‘(”’)")
    if before[-1:] in "\n.!?…:":
        return True
    return before[-1] in "-–—" and ("\n" in before or at < _BEFORE)


def sentence(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """Begin and end of the sentence around a span, by its line and full stops; at most some 600 code points."""
    low = max(text.rfind("\n", 0, at[0]) + 1, at[0] - _LONGEST // 2)
    line_end = text.find("\n", at[1])
    high = min(len(text) if line_end < 0 else line_end, at[1] + _LONGEST // 2)
    begin = max((low + m.end() for m in _STOP.finditer(text[low : at[0]])), default=low)
    stop = _STOP.search(text, at[1], high)
    return begin, stop.start() + 1 if stop else high


def _window(event: Event, article: Article) -> tuple[date | None, date | None, bool]:
    time = event.time
    if time is not None and (time.start or time.end):
        return _day(time.start), _day(time.end), True
    published = _day(article.published)
    if published is None or event.status in _WANTED:
        return None, None, False
    if event.status in _COMING:
        return published, None, False
    return published - _LAG, published, False


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _mentioned(coding: Coding, begin: int, end: int) -> Iterator[Actor | Place]:
    """Parties and places by name in a stretch of the text."""
    mentions: tuple[Actor | Place, ...] = (*coding.actors, *coding.places)
    for mention in mentions:
        if begin <= mention.at[0] and mention.at[1] <= end and mention.name[:1].isupper():
            yield mention


def _is_land(mention: Actor | Place) -> bool:
    """Whether it is a country as a place, or as one that acts."""
    if isinstance(mention, Place):
        return mention.grain in ("country", "region")
    return is_state(mention)
