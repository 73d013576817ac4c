"""The day of a declared date, as written and in a zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from whence.article.dates import day

TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.mark.parametrize(
    "instant",
    [
        "2016-08-16T23:30:00Z",
        "2016-08-16T23:30Z",
        "2016-08-16 23:30:00 +0000",
        "2016-08-16 23:30 UTC",
        "20160816T233000Z",
        "2016-08-16T23:30:00.123456789+00:00",
        "2016-08-16T18:30:00-05:00",
        "Tue, 16 Aug 2016 23:30:00 GMT",
        " 2016-08-16T23:30:00Z ",
    ],
)
def test_an_instant_has_the_day_that_it_was_in_the_zone(instant: str) -> None:
    assert day(instant) == "2016-08-16"
    assert day(instant, TEHRAN) == "2016-08-17"


@pytest.mark.parametrize(
    "value",
    [
        "2016-08-16",
        "20160816",
        "2016-08-16T23:30:00",
        "2016-08-16T99:30:00Z",
        "2016-08-16T23:30:00+25:00",
        "2016-08-16 late in the evening",
        "Tue, 16 Aug 2016 23:30:00 -0000",
    ],
)
def test_what_is_no_instant_has_the_day_as_written(value: str) -> None:
    assert day(value) == day(value, TEHRAN) == "2016-08-16"


@pytest.mark.parametrize("value", ["9999-12-31T23:30:00Z", "0001-01-01T00:30:00+05:00"])
def test_days_beyond_the_calendar_stay_as_written(value: str) -> None:
    for zone in (TEHRAN, ZoneInfo("America/Lima")):
        assert day(value, zone) == value[:10]


@pytest.mark.parametrize("value", [None, "", "soon", "2016-13-01T00:00:00Z", "2016-02-30", "9" * 100_000])
def test_what_is_no_date_has_no_day(value: str | None) -> None:
    assert day(value) is None
    assert day(value, TEHRAN) is None
