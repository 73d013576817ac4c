"""One event of one article with all that it takes to compare it with others: its days, its chain, its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from whence.incidents.settings import family, settings
from whence.records import Actor, Article, Coding, Event, Place, Status

_LAG = timedelta(days=3)
"""How long before its publication an undated happening may have been: news is of these days."""
_STOP = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which words are of one family ("attack", "attacked", "attackers")."""
_LONGEST = 600
"""Code points of a sentence that are looked at, around the trigger."""
_COMING: frozenset[Status] = frozenset({"planned", "predicted"})
_WANTED: frozenset[Status] = frozenset({"demanded", "threatened", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Account:
    """A telling before it is known of what."""

    uid: str
    article: Article
    event: Event
    same: str | None
    """Uid of the event of the article that it tells again."""
    holders: tuple[Actor, ...]
    """Those who vouch for it, outermost first."""
    chain: tuple[str, ...]
    start: date | None
    end: date | None
    """Its days as far as they are known: its own, or those up to publication."""
    is_dated: bool
    """Whether the text itself says the day."""
    names: frozenset[str]
    """Names of its sentence, case-folded."""
    words: frozenset[str]
    """Stems of its sentence's words, names aside."""

    @property
    def order(self) -> tuple[str, str, int]:
        """Earliest publication first; the same in every run."""
        return self.article.published or "9999", self.article.sha256, self.event.trigger.at[0]

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
        return self.event.actors + self.event.recipients


def accounts(coding: Coding) -> tuple[Account, ...]:
    """The accounts of an article's events, in their order."""
    uids = {event.id: event.uid for event in coding.events}
    statements = {statement.id: statement for statement in coding.statements}
    actors = {actor.id: actor for actor in coding.actors}
    made = []
    for event in coding.events:
        statement = statements.get(event.statement) if event.statement is not None else None
        start, end, is_dated = _window(event, coding.article)
        begin, stop = sentence(coding.article.text, event.trigger.at)
        names = frozenset(_names(coding, begin, stop))
        spelt = {part for name in names for part in _WORD.findall(name)}
        words = {w.lower() for w in _WORD.findall(coding.article.text[begin:stop])} - spelt - set(settings()["common"])
        made.append(
            Account(
                uid=event.uid,
                article=coding.article,
                event=event,
                same=uids.get(event.same_as) if event.same_as is not None else None,
                holders=tuple(actors[h] for h in statement.holders if h in actors) if statement else (),
                chain=statement.chain if statement else (),
                start=start,
                end=end,
                is_dated=is_dated,
                names=names,
                words=frozenset(w[:_STEM] for w in words),
            )
        )
    return tuple(made)


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


def _names(coding: Coding, begin: int, end: int) -> Iterator[str]:
    mentions: tuple[Actor | Place, ...] = (*coding.actors, *coding.places)
    for mention in mentions:
        if begin <= mention.at[0] and mention.at[1] <= end and mention.name[:1].isupper():
            yield bare(mention.name)


def bare(name: str) -> str:
    """A name for comparing: case, articles, possessives and punctuation aside."""
    folded = re.sub(r"['’]s?\b", "", name.casefold())
    return " ".join(w for w in re.findall(r"\w+", folded) if w not in ("the", "a", "an"))
