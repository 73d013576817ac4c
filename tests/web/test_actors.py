"""The pages of actors in a real browser."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import expect

from tests.web import counted
from tests.web.browser import PHONE, needs_chromium, settled
from tests.web.conftest import Visiting

pytestmark = needs_chromium


def test_a_cell_tells_and_lists_the_events_of_a_pair(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("actors")
        cell = page.get_by_role("button", name="Syria, army → rebels: 3 conflict in deeds")
        assert cell.inner_text() == "3"
        cell.click()
        expect(page.locator(".found .event")).to_have_count(3)
        expect(cell).to_have_attribute("aria-pressed", "true")
        again = visit.open(page.url.removeprefix(counted_server))
        expect(again.locator(".found .event")).to_have_count(3)


def test_the_network_has_the_same_pairs(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("actors")
        for drawn_pair in (".tie", ".matrix .cell"):
            expect(page.locator(drawn_pair)).to_have_count(6)
        drawn = page.locator(".network svg").inner_html()
        assert visit.go(page, "actors").locator(".network svg").inner_html() == drawn
        page.locator(".node", has_text="rebels").click()
        page.wait_for_url("**/actors/rebels")


def test_countries_can_be_put_together(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("actors")
        page.locator("#c-by").select_option("country")
        page.wait_for_selector(".cell[title='SYR → SYR: 5 conflict in deeds']")
        page.locator(".matrix thead").get_by_role("link", name="UNO").click()
        settled(page)
        assert "country=UNO" in page.url
        expect(page.locator(".matrix tbody tr")).to_have_count(2)


def test_the_page_of_an_actor(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open(f"actors/{quote('Syria, army')}")
        assert page.title() == "Syria, army – whence"
        told = page.locator(".parts").inner_text()
        assert "It acts 3 events" in told
        assert "It is acted on 4 events" in told
        names = page.get_by_role("region", name="Names").locator("tbody th").all_inner_texts()
        assert names == ["army", "guards"]
        assert page.locator(".bar").count() > 3
        expect(page.locator(".found .event")).to_have_count(7)
        page.get_by_role("link", name="It acts").click()
        settled(page)
        expect(page.locator(".results .event")).to_have_count(3)
        expect(page.locator(".also")).to_contain_text("Acts: Syria, army")
        page.get_by_role("link", name="Drop “Acts: Syria, army”").click()
        settled(page)
        expect(page.locator(".results .event")).to_have_count(10)


def test_a_hostile_name_stays_a_name(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server) as visit:
        page = visit.open("actors")
        page.locator(".matrix tbody").get_by_role("link", name=counted.HOSTILE).click()
        settled(page)
        assert page.locator("h1").inner_text() == counted.HOSTILE
        expect(page.locator("img")).to_have_count(0)


def test_nobody_is_told(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server, "404") as visit:
        page = visit.open("actors/nobody")
        assert "the archive has no actor 'nobody'" in page.get_by_role("alert").inner_text()


def test_nothing_found_is_told_and_a_phone_has_no_sideways_scroll(counted_server: str, visiting: Visiting) -> None:
    with visiting(counted_server, viewport={"width": PHONE, "height": 700}) as visit:
        page = visit.open("actors?text=zeppelin")
        expect(page.locator(".tells")).to_contain_text("Take a condition away")
        for address in ("actors", "actors/rebels"):
            visit.go(page, address)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate("window.movedBy") < 0.1
