"""Accounts to groups that tell of one happening each.

Pairs that share a key are compared; those with enough points are links. Links are taken from the strongest down,
and two groups become one where no two of their accounts rule each other out and they are alike on the whole: one
chance likeness does not chain two incidents together. What comes out depends on the set of accounts alone, not on
their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from whence.incidents.account import Account
from whence.incidents.blocking import MOST_SHARING, keys, meets
from whence.incidents.likeness import Likeness, compare
from whence.incidents.retellings import clash
from whence.incidents.settings import settings

_RETOLD = Likeness(100.0, ("told again in the same article",))
_BESIDE = Likeness(0.0, ())
"""Of two acts of one article that nobody linked."""
_RULED = Likeness(1000.0, ("a reviewer says so",))
_MOST_COMPARED = 400
"""Pairs of two groups whose likeness is averaged."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What users have said of pairs of accounts, by uid, the lower first: their word goes before all points."""

    one: frozenset[tuple[str, str]] = frozenset()
    """Of one happening."""
    two: frozenset[tuple[str, str]] = frozenset()
    """Of two."""


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one happening in the order of publication, and why each is among them."""

    accounts: tuple[Account, ...]
    why: Mapping[str, str]
    """By uid."""


@dataclass(slots=True)
class _Pairs:
    """Likenesses of pairs, computed once."""

    rulings: Rulings
    known: dict[tuple[str, str], Likeness | None] = field(default_factory=dict)

    def of(self, a: Account, b: Account) -> Likeness | None:
        """How like two accounts are; None if they cannot be of one happening."""
        pair = _ordered(a, b)
        if pair not in self.known:
            self.known[pair] = self._compared(a, b, pair)
        return self.known[pair]

    def _compared(self, a: Account, b: Account, pair: tuple[str, str]) -> Likeness | None:
        if pair in self.rulings.two:
            return None
        if pair in self.rulings.one:
            return _RULED
        if a.article.sha256 == b.article.sha256:
            return None if clash(a, b) else _RETOLD if a.bundle == b.bundle else _BESIDE
        return compare(a, b)


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts that have points enough to be of one happening, by uid, the lower first."""

    a: str
    b: str
    points: float


def links(
    accounts: Iterable[Account],
    rulings: Rulings | None = None,
    new: Container[str] | None = None,
    common: Container[int] | None = None,
    keys_of: Callable[[Account], Iterable[int]] = keys,
) -> list[Link]:
    """The links among accounts, in the order of their uids; with `new`, only those with an account of these uids.

    `common` are the keys that too many accounts share to say anything; where these accounts are all, it is left out.
    `keys_of` gives their keys where they are known already.
    """
    pairs = _Pairs(rulings or Rulings())
    ordered = sorted(accounts, key=lambda x: x.order)
    held = {account.uid: frozenset(keys_of(account)) for account in ordered}
    blocks: dict[int, list[Account]] = defaultdict(list)
    for account in ordered:
        for key in held[account.uid]:
            blocks[key].append(account)
    telling = {
        key: block
        for key, block in blocks.items()
        if (len(block) <= MOST_SHARING if common is None else key not in common)
    }
    found = []
    for a, b in _candidates(ordered, telling, held, pairs.rulings, new):
        likeness = pairs.of(a, b)
        if likeness is not None and likeness.points >= settings()["least"]:
            found.append(Link(*_ordered(a, b), likeness.points))
    return sorted(found, key=lambda link: (link.a, link.b))


def join(accounts: Iterable[Account], found: Iterable[Link], rulings: Rulings | None = None) -> list[Group]:
    """The groups of accounts that have all links among them, in the order of their first ones.

    Accounts without a link are groups too. Groups of accounts that no link connects do not depend on each other.
    """
    ordered = sorted(accounts, key=lambda a: a.order)
    by_uid = {account.uid: account for account in ordered}
    pairs = _Pairs(rulings or Rulings())
    groups = {account.uid: [account] for account in ordered}
    for link in sorted(found, key=lambda k: (-k.points, by_uid[k.a].order, by_uid[k.b].order)):
        first, second = groups[link.a], groups[link.b]
        if first is not second and _can_join(first, second, pairs):
            first.extend(second)
            for account in second:
                groups[account.uid] = first
    unique = {id(group): group for group in groups.values()}
    made = [_group(group, pairs) for group in unique.values()]
    return sorted(made, key=lambda g: g.accounts[0].order)


def _candidates(
    accounts: Sequence[Account],
    blocks: Mapping[int, Sequence[Account]],
    held: Mapping[str, frozenset[int]],
    rulings: Rulings,
    new: Container[str] | None,
) -> Iterator[tuple[Account, Account]]:
    """Pairs that are worth comparing: those that share a key, retellings in an article, and what users ruled."""
    by_uid = {account.uid: account for account in accounts}
    seen: set[tuple[str, str]] = set()
    told = [(a.uid, a.bundle) for a in accounts if a.bundle != a.uid]
    for first, second in (*told, *rulings.one):
        is_asked = new is None or first in new or second in new
        if is_asked and first in by_uid and second in by_uid:
            yield from _once(by_uid[first], by_uid[second], seen)
    for key, block in blocks.items():
        fresh = [account for account in block if new is None or account.uid in new]
        known = [account for account in block if new is not None and account.uid not in new]
        for i, a in enumerate(fresh):
            for b in (*fresh[i + 1 :], *known):
                if meets(key, held[a.uid], held[b.uid]):
                    yield from _once(a, b, seen)


def _once(a: Account, b: Account, seen: set[tuple[str, str]]) -> Iterator[tuple[Account, Account]]:
    pair = _ordered(a, b)
    if pair not in seen:
        seen.add(pair)
        yield a, b


def _can_join(first: list[Account], second: list[Account], pairs: _Pairs) -> bool:
    """Whether two groups are alike on the whole, and nobody in the one rules out anybody in the other.

    Of what one article tells several times the telling counts that is most like: the others say less.
    """
    best: dict[tuple[str, str], float] = {}
    compared = 0
    for a in first:
        for b in second:
            likeness = pairs.of(a, b)
            if likeness is None:
                return False
            if likeness is _BESIDE:
                continue
            told = (a.bundle, b.bundle)
            best[told] = max(likeness.points, best.get(told, likeness.points))
            compared += 1
            if compared >= _MOST_COMPARED:
                return _is_like(best.values())
    return _is_like(best.values())


def _is_like(points: Collection[float]) -> bool:
    least: float = settings()["average"]
    return bool(points) and sum(points) / len(points) >= least


def _group(accounts: list[Account], pairs: _Pairs) -> Group:
    ordered = tuple(sorted(accounts, key=lambda a: a.order))
    why = {}
    for account in ordered:
        near = (pairs.of(account, other) for other in ordered if other is not account)
        best = max((found for found in near if found is not None), key=lambda found: found.points, default=None)
        why[account.uid] = ", ".join(best.reasons) if best is not None else ""
    return Group(ordered, why)


def _ordered(a: Account, b: Account) -> tuple[str, str]:
    return (a.uid, b.uid) if a.uid <= b.uid else (b.uid, a.uid)
