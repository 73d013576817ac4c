"""What the words around two acts say: names and words of their sentences, and names that both articles have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.incidents.account import Account
from whence.incidents.names import apart, bare
from whence.incidents.parties import is_same_name, is_single
from whence.incidents.settings import settings

Point = tuple[float, str]
"""Points, and what they are for."""


def words(a: Account, b: Account) -> Iterator[Point]:
    """Names of both sentences that fill no slot of both, and the share of words that they have in common."""
    given = settings()
    names = apart((a.names & b.names) - a.lands.keys(), _compared(a, b))[: given["most_names"]]
    yield from ((given["name"], name.title()) for name in names)
    yield from ((given["land"], land.title()) for land in _lands(a, b)[:1])
    both = len(a.words & b.words)
    share = both / len(a.words | b.words) if both else 0.0
    if share > given["fewest_words"]:
        points = given["words"] * (share - given["fewest_words"])
        yield min(given["most_words"], points), "like words"


def _compared(a: Account, b: Account) -> set[str]:
    """Words of names that were compared before: those of places, and those that stand in parties of both."""
    mine, theirs = ({word for name in account.filled for word in name.split()} for account in (a, b))
    return mine & theirs | {word for place in (*a.where, *b.where) for word in bare(place.name).split()}


def _lands(a: Account, b: Account) -> Sequence[str]:
    """Countries that both sentences name, and that are neither filled in nor those of the parties."""
    theirs = {party.country for party in a.parties} & {party.country for party in b.parties}
    shared = (a.lands.keys() & b.lands.keys()) - a.filled - b.filled
    return sorted(land for land in shared if a.lands[land] not in theirs)


def story(a: Account, b: Account) -> Iterator[Point]:
    """What makes one story of two articles where nothing says the days: names that both have, and that few have."""
    if (a.start or a.end) and (b.start or b.end):
        return
    given = settings()["story"]
    shared = apart(a.story & b.story, _compared(a, b) | (a.names & b.names))
    if shared:
        points = min(given["most"], given["name"] * len(shared))
        yield points, f"both articles name {max(shared, key=len).title()}"
    is_often = any(x.event.type in given["often"] or x.event.mode in given["often"] for x in (a, b))
    if is_often:
        yield given["frequent"], ""
    mine, theirs = (x.who if is_often else x.parties for x in (a, b))
    if any(is_same_name(x, y) and is_single(x) and not (x.label or y.label) for x in mine for y in theirs):
        yield given["own"], ""
