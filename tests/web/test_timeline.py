"""The timeline in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.browser import PHONE, needs_chromium, settled
from tests.web.conftest import Visiting

pytestmark = needs_chromium


def test_bars_have_the_numbers_of_the_table(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("timeline?per=week&by=quad")
        expect(page.locator(".tells")).to_contain_text("10 events, 1 without a day")
        page.get_by_text("The same as a table").click()
        rows = [row.split("\t") for row in page.locator("tbody tr").all_inner_texts()]
        assert rows[0] == ["week of 2016-08-15", "4", "0", "0", "4"]
        assert rows[-1] == ["week of 2016-09-19", "0", "0", "1", "1"]
        assert page.locator(".bar").count() == len(rows)
        assert page.locator(".bar title").all_text_contents()[0] == "week of 2016-08-15: 4"
        expect(page.locator(".bar rect.longer")).to_have_count(1)


def test_a_week_is_selected_with_the_pointer(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("timeline?per=day")
        bars = page.locator(".bar")
        first, last = bars.nth(0).bounding_box(), bars.nth(2).bounding_box()
        assert first and last
        page.mouse.move(first["x"] + 2, first["y"] + 5)
        page.mouse.down()
        page.mouse.move(last["x"] + last["width"] - 2, last["y"] + 5, steps=3)
        page.mouse.up()
        page.wait_for_url("**/timeline?**since=2016-08-15&until=2016-08-17")
        assert page.locator("#f-since").input_value() == "2016-08-15"
        expect(page.locator(".found .event")).to_have_count(4)
        assert page.locator(".bar").count() > 3  # all days stay in sight
        page.get_by_role("button", name="Look closer").click()
        expect(page.locator(".bar")).to_have_count(3)
        page.get_by_role("button", name="Select none").click()
        page.wait_for_url(re.compile("^((?!since).)*$"))


def test_days_are_selected_with_keys(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("timeline?per=week")
        page.locator(".chart").focus()
        page.keyboard.press("Home")
        expect(page.locator(".tells")).to_have_text("week of 2016-08-15: 4 events")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_url("**/timeline?**since=2016-08-15&until=2016-08-28")
        expect(page.locator(".found .event")).to_have_count(5)
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile("^((?!since).)*$"))


def test_days_of_the_form_are_the_selection(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("timeline?since=2016-09-01&until=2016-09-05&per=day")
        expect(page.locator(".brush")).to_have_count(1)
        expect(page.locator(".found .event")).to_have_count(2)
        page.locator("#c-by").select_option("status")
        settled(page)
        expect(page.locator(".keys li").first).to_contain_text("happened")
        page.get_by_role("link", name="Map").click()
        settled(page)
        assert page.url.startswith(f"{counted_server}map?since=2016-09-01&until=2016-09-05")
        expect(page.locator(".tells")).to_contain_text("2 events at 1 place")


def test_nothing_found_is_told_and_a_phone_has_no_sideways_scroll(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server, viewport={"width": PHONE, "height": 700}) as visit:
        page = visit.open("timeline?text=zeppelin")
        expect(page.locator(".chart")).to_contain_text("No event here has a day")
        page = visit.open("timeline")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("window.movedBy") < 0.1
