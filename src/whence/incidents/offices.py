"""For whom somebody speaks: a spokesman for his army, a minister for the ministry, a director for "its" office.

An article names the body once and its voice a sentence later; for counting who vouches they are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from whence.incidents.names import bare
from whence.incidents.settings import settings
from whence.records import Actor

_PORTFOLIO = re.compile(r"\b(\w{3,}) minist(?:er|ry)\b|\bminist(?:er|ry) (?:of|for) (\w{3,})")
_ASIDE = frozenset({"its", "their", "his", "her", "of", "for", "in", "at", "and", "a", "an", "the", "deputy", "former"})
_SPELT = {"defense": "defence"}
_ALONE = frozenset({"CVL", "JRN", "REF", None})
"""Sectors of people who have no spokesman."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The words by which an article calls somebody who vouches for something."""

    actor: Actor
    words: frozenset[str]
    speaks: bool
    """Whether it is somebody who speaks for others, by name or by office."""
    portfolios: frozenset[str]
    """Of a ministry or a minister: "foreign"."""

    @property
    def body(self) -> frozenset[str]:
        """The words that name the body for which it speaks, or which it is."""
        return self.words - frozenset(settings()["speakers"]) - _ASIDE


def voice(actor: Actor, office: Iterable[str]) -> Voice:
    """What an actor's name and the phrases that describe it say; for a description the name is one more phrase."""
    phrases = [bare(phrase) for phrase in office]
    if not _is_person(actor, phrases):
        phrases.append(bare(actor.name))
    words = {_SPELT.get(word, word) for phrase in phrases for word in phrase.split()}
    found = (match for phrase in phrases for match in _PORTFOLIO.findall(phrase))
    portfolios = {_SPELT.get(word, word) for pair in found for word in pair if word}
    return Voice(actor, frozenset(words), bool(words & set(settings()["speakers"])), frozenset(portfolios))


def _is_person(actor: Actor, phrases: Iterable[str]) -> bool:
    """Whether a name is somebody's own, and the phrases beside it are an office."""
    speakers = set(settings()["speakers"])
    return not set(bare(actor.name).split()) & speakers and any(set(phrase.split()) & speakers for phrase in phrases)


def are_one_body(a: Voice, b: Voice) -> bool:
    """Whether both are of one body of one state: "the army spokesman", "Sudan's army"."""
    if a.actor.country is None or a.actor.country != b.actor.country:
        return False
    return bool(a.words & b.words & set(settings()["bodies"]) or a.portfolios & b.portfolios)


def is_voice_of(a: Voice, b: Voice) -> bool:
    """Whether, of two in one article, one speaks for the other, or both are one by their office.

    The office says so ("party leader"), or leaves the body to the article ("its director", "the spokesman").
    """
    speakers = set(settings()["speakers"])
    if a.speaks and b.speaks:
        return bool(a.words & b.words & speakers) and (not a.body or not b.body or bool(a.body & b.body))
    if not a.speaks and not b.speaks:
        return False
    person, body = (a, b) if a.speaks else (b, a)
    return bool(person.body & body.body) if person.body else body.actor.sector not in _ALONE
