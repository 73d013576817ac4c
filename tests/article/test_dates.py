"""The day of a declared date, as written and in a zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from whence.article import from_page
from whence.article.dates import day
from whence.records import Page

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


PAGE = """<html><head><title>Army leaves Sarip</title>{}</head><body><article><h1>Army leaves Sarip</h1>{}
<p>The army of Sarip said that its soldiers had left the northern town after a week of talks with rebels.</p>
<p>Residents told reporters that the market had opened again and that nobody had been hurt in three days.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta property="article:published_time" content="2024-03-05T23:30Z">', ""),
        ('<script type="application/ld+json">{"datePublished": "2024-03-05T23:30Z"}</script>', ""),
        ("", '<time datetime="2024-03-05T23:30:00Z" pubdate>5 March 2024</time>'),
    ],
)
def test_an_instant_of_a_page_has_the_day_that_it_was_in_the_zone(head: str, top: str) -> None:
    page = Page(PAGE.format(head, top).encode(), "page.html", "text/html")
    assert (from_page(page).published, from_page(page).published_from) == ("2024-03-05", "meta")
    assert from_page(page, TEHRAN).published == "2024-03-06"
    assert from_page(page, ZoneInfo("America/Lima")).published == "2024-03-05"


def test_a_change_of_a_page_has_the_day_that_it_was_in_the_zone() -> None:
    meta = '<meta property="article:modified_time" content="2024-03-05T23:30Z">'
    assert from_page(Page(PAGE.format(meta, "").encode(), "page.html", "text/html"), TEHRAN).modified == "2024-03-06"


def test_what_a_source_declares_is_read_in_the_zone_too() -> None:
    given = Page(b"Rebels left the town, the army said.", "a.txt", "text/plain", published="2024-03-05T23:30Z")
    assert from_page(given, TEHRAN).published == "2024-03-06"
