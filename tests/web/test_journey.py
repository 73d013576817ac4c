"""What a user does with the explorer, from a search to a correction, on one archive."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web import browser, told
from tests.web.browser import needs_chromium, settled
from tests.web.conftest import Visiting

pytestmark = needs_chromium


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with browser.serving(told.build(tmp_path / "news.db")) as address:
        yield address


def test_a_user_reads_compares_corrects_and_takes_the_data_along(server: str, visiting: Visiting) -> None:
    with visiting(server) as visit:
        page = visit.open()
        page.get_by_label("Words").fill("airstr*")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/?text=airstr*")
        page.get_by_role("link", name="ASSAULT (aerial)").click()
        page.wait_for_url("**/articles/*")
        settled(page)

        # the event, and who vouches for it through whom
        page.locator(".highlighted").get_by_role("link", name="airstrikes").click()
        card = page.locator(".card[aria-current]")
        expect(card).to_be_focused()
        assert card.locator(".chain li").all_inner_texts() == [
            "defence ministry", "via Radio Volta", "in The Volta Post",
        ]  # fmt: skip
        card.get_by_role("button", name="Keta").hover()
        expect(page.locator(".highlighted .hot")).to_have_text("Keta")

        # what others tell of it, and where they differ
        card.get_by_role("link", name="Incident").click()
        settled(page)
        difference = page.locator(".difference")
        expect(difference).to_contain_text("contradiction")
        assert sorted(difference.locator("mark").all_inner_texts()) == ["17", "40"]
        expect(page.locator(".origins")).to_contain_text("survivor")
        difference.locator("figure").filter(has_text="17").get_by_role("link", name="read it there").click()
        settled(page)
        expect(page.locator(".highlighted .lit")).to_have_text("17")

        # the same on the map, and in a week of the timeline
        page.get_by_role("link", name="Map").click()
        settled(page)
        visit.go(page, "map?place_country=GHA")
        page.locator(".spot.city").click()
        expect(page.locator(".found .event")).to_have_count(2)
        page.get_by_role("link", name="Timeline").click()
        settled(page)
        assert "place_country=GHA" in page.url
        page.locator(".chart").focus()
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        page.wait_for_url("**since=2020-02-02**")
        expect(page.locator(".found .event")).to_have_count(2)

        # an actor is corrected, and put back
        visit.go(page, "articles/first")
        page.get_by_label("You review as").fill("Ama")
        card = page.locator(".card").first
        card.get_by_role("button", name="Correct …").click()
        card.get_by_label("Words to add").fill("navy")
        card.get_by_role("button", name="Keep the correction").click()
        expect(card.locator(".reviews")).to_contain_text("Ama: Who is “defence ministry”, “navy”")
        card.get_by_role("button", name="Undo").click()
        expect(card.locator(".reviews li")).to_have_count(0)

        # the data
        visit.go(page, "?place_country=GHA")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        text = Path(download.value.path()).read_text(encoding="utf8")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["type"] for row in rows] == ["ASSAULT", "ASSAULT"]


def test_the_keyboard_goes_everywhere(server: str, visiting: Visiting) -> None:
    with visiting(server) as visit:
        page = visit.open()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="To the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Words")).to_be_focused()
        page.keyboard.type("airstr*")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?text=airstr*")
        settled(page)
        page.get_by_role("link", name="ASSAULT (aerial)").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/*")
        settled(page)
        page.locator(".highlighted").get_by_role("link", name="airstrikes").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".card[aria-current]")).to_be_focused()
        reached = set()
        for _ in range(30):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.textContent"))
        assert {"defence ministry", "Keta", "Right", "Wrong", "Correct …", "Incident: who else tells of it"} <= reached
