from __future__ import annotations

import pytest

from whence.coding.time_values import Timex, timex
from whence.records import Time


def value(start: str | None, end: str | None, text: str = "then") -> Timex:
    return timex(Time("t1", text, (0, len(text)), start, end, ""))


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("2016-08-16", "2016-08-16", "2016-08-16"),
        ("2016-08-15", "2016-08-21", "2016-W33"),
        ("2018-12-31", "2019-01-06", "2019-W01"),
        ("2016-08-20", "2016-08-21", "2016-W33-WE"),
        ("2016-02-01", "2016-02-29", "2016-02"),
        ("2016-07-01", "2016-09-30", "2016-Q3"),
        ("2016-10-01", "2016-12-31", "2016-Q4"),
        ("2008-07-01", "2008-12-31", "2008-H2"),
        ("2016-06-01", "2016-08-31", "2016-SU"),
        ("2014-12-01", "2015-02-28", "2014-WI"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2010-01-01", "2019-12-31", "201"),
        ("1900-01-01", "1999-12-31", "19"),
        ("2016-08-01", "2016-08-10", "2016-08-01/2016-08-10"),
        ("2014-01-01", None, "2014-01-01/.."),
        (None, "2015-06-19", "../2015-06-19"),
        (None, None, "XXXX-XX-XX"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("9999-12-27", "9999-12-31", "9999-12-27/9999-12-31"),
        ("0001-01-01", "0001-01-31", "0001-01"),
    ],
)
def test_value(start: str | None, end: str | None, wanted: str) -> None:
    assert value(start, end) == Timex("DATE", wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("tonight", "2016-08-16TNI"), ("Tuesday Evening", "2016-08-16TEV"), ("this morning", "2016-08-16TMO")],
)
def test_part_of_the_day_is_a_time(text: str, wanted: str) -> None:
    assert value("2016-08-16", "2016-08-16", text) == Timex("TIME", wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tuesday", "XXXX-WXX-2"),
        ("August 16", "XXXX-08-16"),
        ("Tuesday, August 16", "XXXX-08-16"),
        ("late March", "XXXX-03"),
        ("February 30, 2015", "2015-02-30"),
        ("Christmas", "XXXX-12-25"),
        ("Easter", "XXXX-XX-XX"),
        ("the winter", "XXXX-WI"),
        ("the third quarter", "XXXX-Q3"),
        ("the first half of last year", "XXXX-H1"),
        ("from 3 to 5 May", "XXXX-05-03/XXXX-05-05"),
        ("since August", "XXXX-08"),
        ("yesterday", "PAST_REF"),
        ("two days ago", "PAST_REF"),
        ("this week", "PRESENT_REF"),
        ("tomorrow morning", "FUTURE_REF"),
        ("two days earlier", "XXXX-XX-XX"),
        ("the following week", "XXXX-WXX"),
        ("the first two weeks of March", "XXXX-XX-XX"),
    ],
)
def test_words_tell_something_of_unknown_days(text: str, wanted: str) -> None:
    assert value(None, None, text) == Timex("DATE", wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("over the past four decades", "P4DE"), ("in the last two weeks", "P2W"), ("in the past 48 hours", "P2D")],
)
def test_length_is_a_duration(text: str, wanted: str) -> None:
    assert value("2016-08-02", "2016-08-16", text) == Timex("DURATION", wanted)


def test_day_that_is_no_date() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        value("soon", "soon")
