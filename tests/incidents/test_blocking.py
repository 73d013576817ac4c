"""What has no day of its own is looked for among what was told in those weeks, not in all years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.incidents.made import told
from whence.incidents import accounts, keys
from whence.records import Actor

FIRST = date(2016, 8, 17)


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


def resigned(published: str | None, name: str) -> frozenset[int]:
    """The keys of a resignation of somebody whom no list knows."""
    somebody = Actor("a8", name, (8, 19), name, None, "SYR", "GOV", "", 1.0)
    fields: dict[str, Any] = {"type": "RETREAT", "mode": "resign", "actors": (somebody,), "recipients": ()}
    (account,) = accounts(told("a", published=published, time=None, **fields))
    return keys(account)


def test_articles_with_a_day_and_without_share_a_person_s_last_name() -> None:
    assert resigned("2016-08-17", "Rana Haddad") & resigned(None, "Rana Salma Haddad")
    assert resigned("2016-08-17", "Rana Haddad") & resigned("2019-01-01", "Rana Haddad")
    assert not resigned("2016-08-17", "Rana Haddad") & resigned(None, "Omar Sabbagh")
