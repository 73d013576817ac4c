"""Who vouches for an incident: each telling's origin, those that are one counted once, parties to it marked.

The origin of a telling is the originator of its chain; without a chain the agency that the article credits, else
the article's site. Forty papers that cite one ministry are one origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whence.incidents.account import Account
from whence.incidents.names import bare
from whence.incidents.offices import are_one_body, is_voice_of, voice
from whence.incidents.parties import is_of_one_side, is_same_name
from whence.records import Actor, Origin

_UNKNOWN = "an unnamed article"


@dataclass(slots=True)
class _Voucher:
    name: str
    actor: Actor | None
    """None for a paper or an agency that speaks in its own voice."""
    accounts: list[Account] = field(default_factory=list)


def origins(accounts: Sequence[Account]) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """The independent origins of an incident, those with most tellings first; and by uid the name of each one's."""
    vouchers: list[_Voucher] = []
    for account in accounts:
        voucher = _find(vouchers, account)
        voucher.accounts.append(account)
    parties = [actor for account in accounts for actor in account.parties]
    made = sorted((_origin(v, parties) for v in vouchers), key=lambda o: (-o.tellings, o.name))
    return tuple(made), {account.uid: voucher.name for voucher in vouchers for account in voucher.accounts}


def _find(vouchers: list[_Voucher], account: Account) -> _Voucher:
    """The voucher of an account among those known, or a new one."""
    if account.chain:
        name = account.chain[-1]
        actor = account.holders[-1] if account.holders else None
    else:
        name, actor = (account.article.credit or account.article.site or _unknown(account), None)
    for voucher in vouchers:
        if _is_one(voucher, name, actor) or (actor is not None and _speaks_for(voucher, account, actor)):
            return voucher
    vouchers.append(_Voucher(name, actor))
    return vouchers[-1]


def _unknown(account: Account) -> str:
    return account.article.title or f"{_UNKNOWN} ({account.article.id})"


def _is_one(voucher: _Voucher, name: str, actor: Actor | None) -> bool:
    mine = {bare(name), bare(actor.label or name)} if actor else {bare(name)}
    theirs = {bare(voucher.name), bare(voucher.actor.label or voucher.name)} if voucher.actor else {bare(voucher.name)}
    if mine & theirs:
        return True
    return voucher.actor is not None and actor is not None and is_same_name(voucher.actor, actor)


def _speaks_for(voucher: _Voucher, account: Account, actor: Actor) -> bool:
    """Whether one of the two is the other's voice, or both are of one body: a ministry, its minister, its spokesman."""
    if voucher.actor is None:
        return False
    mine = voice(actor, account.office)
    if any(are_one_body(mine, voice(voucher.actor, known.office)) for known in voucher.accounts):
        return True
    beside = [known for known in voucher.accounts if known.article.sha256 == account.article.sha256]
    return any(is_voice_of(mine, voice(known.holders[-1], known.office)) for known in beside if known.holders)


def _origin(voucher: _Voucher, parties: Iterable[Actor]) -> Origin:
    actor = voucher.actor
    is_party = actor is not None and any(is_of_one_side(actor, party) for party in parties)
    return Origin(
        name=voucher.name,
        country=actor.country if actor else None,
        sector=actor.sector if actor else None,
        is_party=is_party,
        tellings=len(voucher.accounts),
        via=tuple(sorted({name for account in voucher.accounts for name in account.chain[:-1]})),
    )
