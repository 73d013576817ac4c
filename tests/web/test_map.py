"""The map in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.web import counted
from tests.web.browser import PHONE, needs_chromium, settled
from tests.web.conftest import Visiting

pytestmark = needs_chromium


def test_what_is_no_point_is_not_drawn_as_one(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map")
        expect(page.locator(".tells")).to_contain_text("9 events at 7 places; 1 at places without a point")
        hatched = page.locator(".land.extent").evaluate_all("all => all.map((one) => one.dataset.country).sort()")
        assert hatched == ["MLI", "SYR"]
        page.goto(f"{counted_server}map?place_country=SYR")
        settled(page)
        assert page.locator(".spot.admin1 circle").evaluate("one => getComputedStyle(one).fill").startswith("url(")
        expect(page.locator(".spot.country rect")).to_have_count(1)
        assert page.locator(".spot.city circle").evaluate("one => getComputedStyle(one).fill").startswith("rgb(")
        expect(page.locator(".keys li")).to_have_count(5)


def test_a_chosen_mark_lists_its_events(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map?place=Aleppo")
        page.locator(".spot.city").click()
        expect(page.locator(".found h2").first).to_have_text("Aleppo (SYR, town or city)")
        expect(page.locator(".found .event")).to_have_count(2)
        again = visit.open(page.url.removeprefix(counted_server))
        expect(again.locator(".found .event")).to_have_count(2)


def test_a_hatched_country_can_be_chosen_by_its_name(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map")
        page.get_by_role("button", name="Mali", exact=True).click()
        expect(page.locator(".found .event")).to_have_count(1)
        expect(page.locator(".spot.country.chosen")).to_have_count(1)


def test_it_is_moved_and_zoomed_by_keys_wheel_and_buttons(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map")

        def view() -> list[float]:
            page.wait_for_timeout(350)
            return [float(part) for part in parse_qs(urlsplit(page.url).query)["view"][0].split(",")]

        page.get_by_role("button", name="Show the world").click()
        assert view()[2] == 1
        page.locator("svg.map").focus()
        page.keyboard.press("+")
        assert view()[2] == 1.5
        page.keyboard.press("ArrowRight")
        east = view()
        assert east[1] > 10
        page.locator("svg.map").hover()
        page.mouse.wheel(0, -100)
        assert view()[2] > 1.5
        page.mouse.down()
        page.mouse.move(300, 400, steps=4)
        page.mouse.up()
        assert view()[1] != east[1]
        page.get_by_role("button", name="Zoom out").click()
        page.keyboard.press("Tab")
        assert view()[2] < 2


def test_towns_apart_are_one_mark_until_it_is_zoomed(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map?place_country=SYR&view=35,38,1")
        assert (
            page.locator(".spot.city.several").get_attribute("aria-label")
            == "Aleppo, Idlib (towns or cities): 3 events"
        )
        page.locator(".spot.city").click()
        expect(page.locator(".found .event")).to_have_count(3)
        page.goto(f"{counted_server}map?place_country=SYR&view=36,37,60")
        settled(page)
        expect(page.locator(".spot.city")).to_have_count(2)


def test_the_filter_goes_along_to_other_pages(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map?country=UNO")
        expect(page.locator(".tells")).to_contain_text("4 events at 4 places")
        page.get_by_role("link", name="Timeline").click()
        settled(page)
        assert page.url == f"{counted_server}timeline?country=UNO"
        assert page.locator("#f-country").input_value() == "UNO"


def test_only_what_is_shown_becomes_a_condition(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map?view=17,-4,6")
        page.get_by_role("button", name="Make what is shown a condition").click()
        page.wait_for_url(re.compile(r"box="))
        settled(page)
        expect(page.locator(".tells")).to_contain_text("1 event at 1 place")
        expect(page.locator(".also")).to_contain_text("Inside")


def test_a_hostile_name_stays_a_name(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("map")
        assert page.get_by_role("link", name=counted.HOSTILE).count() == 1
        expect(page.locator("img")).to_have_count(0)


def test_nothing_found_is_told_and_a_phone_has_no_sideways_scroll(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server, viewport={"width": PHONE, "height": 700}) as visit:
        page = visit.open("map?text=zeppelin")
        expect(page.locator(".empty")).to_contain_text("Take one away")
        page = visit.open("map")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("window.movedBy") < 0.1
