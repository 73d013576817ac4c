"""A group of accounts to an incident: its parties, place, days, tolls, tellings and origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from whence.incidents.account import Account
from whence.incidents.discrepancies import discrepancies
from whence.incidents.joining import Group
from whence.incidents.likeness import is_like
from whence.incidents.origins import origins
from whence.incidents.parties import Sameness, sameness
from whence.records import Actor, CountOf, Incident, IncidentPlace, Party, Place, Status, Telling, Toll, Window

_FINEST = ("city", "other", "admin1", "region", "country")
_RANK: tuple[Status, ...] = (
    *("happened", "ongoing", "planned", "threatened", "demanded", "predicted", "hypothetical", "denied"),
)
"""Of two that as many tellings give, the earlier here is the incident's."""


def summarise(group: Group, outlets: Mapping[str, Sequence[str]] | None = None) -> Incident:
    """The incident of a group; `outlets` has for an article's SHA-256 the sites of its near-copies."""
    accounts = group.accounts
    found, origin_of = origins(accounts)
    where = _places(accounts)
    modes = [account.event.mode for account in accounts if account.event.mode is not None]
    articles = {account.article.sha256: account.article.site for account in accounts}
    sites = {site for site in articles.values() if site} | {
        site for article in articles for site in (outlets or {}).get(article, ())
    }
    return Incident(
        id=f"i{accounts[0].uid}",
        type=_most(account.event.type for account in accounts),
        mode=_most(modes) if modes else None,
        actors=_parties([a.event.actors for a in accounts]),
        recipients=_parties([a.event.recipients for a in accounts]),
        place=where[0] if where else None,
        time=_window(accounts),
        status=min(Counter(a.event.status for a in accounts).items(), key=lambda s: (-s[1], _RANK.index(s[0])))[0],
        tellings=tuple(_telling(account, origin_of, group.why) for account in accounts),
        origins=found,
        party_only=bool(found) and all(origin.is_party for origin in found),
        discrepancies=discrepancies(accounts),
        places=where,
        counts=_tolls(accounts),
        articles=len(articles),
        outlets=tuple(sorted(sites)),
    )


def _most(values: Iterable[str]) -> str:
    """The value that is most frequent, of such the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], v))


def _telling(account: Account, origin_of: Mapping[str, str], why: Mapping[str, str]) -> Telling:
    article, event = account.article, account.event
    return Telling(
        article=article.sha256,
        event=account.uid,
        chain=account.chain,
        origin=origin_of[account.uid],
        id=article.id,
        site=article.site,
        published=article.published,
        status=event.status,
        text=event.trigger.text,
        at=event.trigger.at,
        why=why[account.uid],
    )


def _parties(sides: Sequence[Sequence[Actor]]) -> tuple[Party, ...]:
    """Those on one side over all tellings, the most told first; a country's bare "forces" are the forces named."""
    found: list[tuple[Actor, set[int]]] = []
    named_first = sorted(
        ((number, actor) for number, side in enumerate(sides) for actor in side),
        key=lambda n: (n[1].label is None, not n[1].name[:1].isupper(), n[0], n[1].at[0]),
    )
    for number, actor in named_first:
        known = next((f for f in found if is_like(f[0], actor) or _is_general(f[0], actor)), None)
        if known is None:
            found.append((actor, {number}))
        else:
            known[1].add(number)
    found.sort(key=lambda f: -len(f[1]))
    return tuple(Party(a.name, a.label, a.country, a.sector, len(numbers)) for a, numbers in found)


def _is_general(named: Actor, other: Actor) -> bool:
    """Whether the other is a description ("the rebels", "troops") that may mean the one that is named."""
    return not other.name[:1].isupper() and sameness(named, other) >= Sameness.COUNTRY


def _places(accounts: Sequence[Account]) -> tuple[IncidentPlace, ...]:
    """Places over all tellings: those first that most tellings have or leave open, of these the finest.

    A telling leaves a place open if it says no more than its country.
    """
    told: dict[str, list[Place]] = {}
    coarse: Counter[str] = Counter()
    for account in accounts:
        chosen = {_key(place): place for place in account.event.places}
        for key, place in chosen.items():
            told.setdefault(key, []).append(place)
        coarse.update({p.country for p in chosen.values() if p.grain == "country" and p.country is not None})

    def rank(same: list[Place]) -> tuple[int, int]:
        first = same[0]
        is_fine = first.grain != "country" and first.country is not None
        return -len(same) - (coarse[first.country or ""] if is_fine else 0), _FINEST.index(first.grain)

    return tuple(
        IncidentPlace(p.name, p.label, p.grain, p.country, p.geonames, p.lat, p.lon, len(same))
        for same in sorted(told.values(), key=rank)
        for p in same[:1]
    )


def _key(place: Place) -> str:
    return str(place.geonames) if place.geonames is not None else place.name.casefold()


def _window(accounts: Sequence[Account]) -> Window | None:
    """The days on which most dated tellings agree; without dated ones none."""
    spans = Counter((a.start, a.end) for a in accounts if a.is_dated)
    if not spans:
        return None
    # Of as many tellings the shorter stretch says more.
    start, end = min(spans, key=lambda s: (-spans[s], (s[1] - s[0]).days if s[0] and s[1] else 10**6, str(s)))
    return Window(start.isoformat() if start else None, end.isoformat() if end else None)


def _tolls(accounts: Sequence[Account]) -> tuple[Toll, ...]:
    by: dict[CountOf, list[tuple[int | None, int | None]]] = {}
    for account in accounts:
        for count in account.event.counts:
            by.setdefault(count.what, []).append((count.low, count.high))
    return tuple(
        Toll(
            what,
            min((low for low, _ in bounds if low is not None), default=None),
            None if any(high is None for _, high in bounds) else max(high for _, high in bounds if high is not None),
        )
        for what, bounds in sorted(by.items())
    )
