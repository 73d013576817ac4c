"""What has no day of its own is looked for among what was told in those weeks, not in all years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.incidents.made import told
from whence.incidents import accounts, keys, sought
from whence.incidents.blocking import meets
from whence.records import Actor, Time

FIRST = date(2016, 8, 17)
WHEN = Time("t9", "today", (0, 5), "2016-08-17", "2016-08-17", "")


def demanded(published: date | None) -> frozenset[int]:
    """The keys of a demand that was told on a day."""
    day = published.isoformat() if published else None
    (account,) = accounts(told("a", published=day, status="demanded", time=None))
    return keys(account)


@pytest.mark.parametrize("later", range(0, 33, 4))
@pytest.mark.parametrize("shift", range(0, 64, 9))
def test_demands_of_a_month_share_a_key(shift: int, later: int) -> None:
    first = FIRST + timedelta(shift)
    assert demanded(first) & demanded(first + timedelta(later))


@pytest.mark.parametrize("later", [64, 100, 3_650])
def test_demands_of_other_months_share_none(later: int) -> None:
    assert not demanded(FIRST) & demanded(FIRST + timedelta(later))


def test_articles_without_a_day_share_their_keys() -> None:
    assert demanded(None)
    assert demanded(None) == demanded(None)


def resigned(published: str | None, name: str, when: Time | None = None) -> frozenset[int]:
    """The keys of a resignation of somebody whom no list knows."""
    somebody = Actor("a8", name, (8, 19), name, None, "SYR", "GOV", "", 1.0)
    fields: dict[str, Any] = {"type": "RETREAT", "mode": "resign", "actors": (somebody,), "recipients": ()}
    (account,) = accounts(told("a", published=published, time=when, **fields))
    return keys(account)


def meet(first: frozenset[int], second: frozenset[int]) -> bool:
    """Whether accounts with these keys are compared; each finds the other, or neither does."""
    by_key = {key for key in first & second if meets(key, first, second)}
    assert bool(by_key) == bool(sought(first, ()) & second) == bool(sought(second, ()) & first)
    return bool(by_key)


def test_articles_with_a_day_and_without_meet_by_a_person_s_last_name() -> None:
    assert meet(resigned("2016-08-17", "Rana Haddad", WHEN), resigned(None, "Rana Salma Haddad"))
    assert meet(resigned(None, "Rana Haddad"), resigned(None, "Rana Salma Haddad"))
    assert not meet(resigned("2016-08-17", "Rana Haddad", WHEN), resigned(None, "Omar Sabbagh"))


def test_articles_with_days_do_not_meet_by_names_alone() -> None:
    """With an archive of years each would be compared with all that was ever told of him."""
    later = replace(WHEN, start="2019-01-01", end="2019-01-01")
    first, second = resigned("2016-08-17", "Rana Haddad", WHEN), resigned("2019-01-01", "Rana Haddad", later)
    assert first & second and not meet(first, second)
    assert meet(first, resigned("2016-08-18", "Rana Haddad", WHEN))
    assert not meet(resigned("2016-08-17", "Rana Haddad"), resigned("2019-01-01", "Rana Haddad"))


def test_a_name_that_too_many_share_says_nothing() -> None:
    dated, undated = resigned("2016-08-17", "Rana Haddad", WHEN), resigned(None, "Rana Haddad")
    assert not sought(undated, undated) and not sought(dated, dated)
