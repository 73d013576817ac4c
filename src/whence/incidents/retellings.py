"""What an article tells twice: which of its accounts are of one happening, and what they complete in each other.

The coding says of an event which earlier one it tells again, from words and likelihood alone. Here that is believed
as far as both can be one: an article does not contradict itself on place and day, so "bombed" in Nyala and "bombed"
in El Fasher are two. Accounts of one bundle fill each other's gaps: "18 people were killed in the raid" was where
and when the raid was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from whence.incidents.account import STEM, Account, draft, is_process, sentence
from whence.incidents.likeness import days_apart
from whence.incidents.parties import are_two_named
from whence.incidents.settings import settings
from whence.incidents.whereabouts import place_likeness
from whence.records import Coding

_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DEFINITE = re.compile(r"\b(?:the|this|that) (?:\w+ )?\Z", re.IGNORECASE)
_MONTH = timedelta(days=27)
_NEAR = 40
"""Accounts before and after one that are looked at."""


def accounts(coding: Coding) -> tuple[Account, ...]:
    """The accounts of an article's events, in their order, those of one happening bound and completed."""
    drafts = draft(coding)
    bundle_of: dict[str, list[Account]] = {}
    for account in drafts:
        chosen = _earlier(account, bundle_of)
        chosen.append(account)
        bundle_of[account.uid] = chosen
    return tuple(_completed(account, bundle_of[account.uid]) for account in drafts)


def clash(a: Account, b: Account) -> bool:
    """Whether two accounts of one article cannot be of one happening."""
    if (a.reality == "wanted") != (b.reality == "wanted") or is_process(a) != is_process(b):
        return True
    if a.is_dated and b.is_dated and days_apart((a.start, a.end), (b.start, b.end)):
        return True
    if (_is_recent(a) and _is_long_past(b)) or (_is_recent(b) and _is_long_past(a)):
        return True
    return place_likeness(a.where, b.where).is_apart or are_two_named(a.whom, b.whom)


def _is_recent(account: Account) -> bool:
    """Whether it says a day of the week without a date, as news does of these days."""
    time = account.event.time
    return time is not None and not (time.start or time.end) and bool(_WEEKDAY.search(time.text))


def _is_long_past(account: Account) -> bool:
    """Whether it says a month or a year by its number, as nobody does of these days."""
    return account.is_dated and bool(account.start and account.end and account.end - account.start >= _MONTH)


def _earlier(account: Account, bundle_of: Mapping[str, list[Account]]) -> list[Account]:
    """The bundle of the event that an account tells again, if nothing in it clashes; else a new one.

    What says neither where nor when belongs to what its own sentence tells of, before the coding's choice.
    """
    chosen = bundle_of.get(account.same or "", []) or _only(account, bundle_of)
    if chosen and not account.where and not account.is_dated:
        begin, end = sentence(account.article.text, account.event.trigger.at)
        beside = [
            told
            for told in list(bundle_of.values())[-_NEAR:]
            if told[-1].family == account.family and begin <= told[-1].event.trigger.at[0] < end
        ]
        if beside and all(told is not chosen for told in beside):
            chosen = beside[-1]
    return [] if any(clash(account, other) for other in chosen[-_NEAR:]) else chosen


def _only(account: Account, bundle_of: Mapping[str, list[Account]]) -> list[Account]:
    """The one bundle before that an account can mean if it says nothing else: "the agreement", "the attack".

    It repeats a word of it, or has the word for all acts of its type.
    """
    if account.parties or account.where or account.event.counts:
        return []
    before = {told[0].uid: told for told in bundle_of.values() if told[0].event.type == account.event.type}
    if len(before) != 1:
        return []
    (told,) = before.values()
    stem = account.event.trigger.text.casefold()[:STEM]
    is_said = any(other.event.trigger.text.casefold().startswith(stem) for other in told)
    return told if is_said or _is_the_act(account) else []


def _is_the_act(account: Account) -> bool:
    """Whether it is "the attack", "this meeting": an act that was told of before, by the word for all of its type."""
    event = account.event
    if event.trigger.text.casefold() not in settings()["acts"].get(event.type, ()):
        return False
    return _DEFINITE.search(account.article.text, max(0, event.trigger.at[0] - _NEAR), event.trigger.at[0]) is not None


def _says_something(account: Account) -> bool:
    """Whether it says more of a happening than that there is one."""
    event = account.event
    return bool(event.actors or event.recipients or event.places or event.time or event.counts)


def _completed(account: Account, told: Sequence[Account]) -> Account:
    """An account with what its bundle says and it leaves open; the nearest in the text goes first.

    What only names the happening ("the attack") vouches for nothing: it is told by whoever told it before.
    """
    here = account.event.trigger.at[0]
    first = bisect_left(told, here, key=lambda other: other.event.trigger.at[0])
    near = sorted(told[max(0, first - _NEAR) : first + _NEAR], key=lambda other: abs(other.event.trigger.at[0] - here))
    teller = account if account.chain or _says_something(account) else next(filter(_says_something, near), account)
    dated = next((other for other in near if other.is_dated and other.reality == account.reality), account)
    return replace(
        account,
        chain=teller.chain,
        holders=teller.holders,
        office=teller.office,
        bundle=told[0].uid,
        who=next((other.who for other in near if other.who), ()),
        whom=next((other.whom for other in near if other.whom), ()),
        where=next((other.where for other in near if other.where), ()),
        start=dated.start,
        end=dated.end,
        is_dated=dated.is_dated,
    )
