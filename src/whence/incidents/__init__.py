"""Codings -> incidents: tellings of one happening are joined, their origins counted, their discrepancies shown.

A pure function of the codings (and of what users ruled): neither their order nor how they came changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from whence.incidents.account import Account
from whence.incidents.blocking import MOST_SHARING, keys, sought
from whence.incidents.joining import Group, Link, Rulings, join, links
from whence.incidents.retellings import accounts
from whence.incidents.summary import summarise
from whence.records import Coding, Incident

__all__ = [
    "MOST_SHARING",
    "Account",
    "Group",
    "Link",
    "Rulings",
    "accounts",
    "gather",
    "incidents",
    "join",
    "keys",
    "links",
    "sought",
    "summarise",
]


def gather(
    accounts: Iterable[Account], rulings: Rulings | None = None, outlets: Mapping[str, Sequence[str]] | None = None
) -> tuple[Incident, ...]:
    """The incidents of accounts, in the order of their first tellings; one that is told once is an incident too.

    `outlets` has for an article's SHA-256 the sites of its near-copies.
    """
    known = list(accounts)
    return tuple(summarise(group, outlets) for group in join(known, links(known, rulings), rulings))


def incidents(codings: Iterable[Coding], rulings: Rulings | None = None) -> tuple[Incident, ...]:
    """The incidents of codings."""
    return gather((account for coding in codings for account in accounts(coding)), rulings)
