"""The pages on which a user gives something: the paste box and signing in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web import browser
from tests.web.browser import needs_chromium
from tests.web.conftest import Visiting
from whence import Archive

pytestmark = needs_chromium
TOKEN = "a-token-for-these-tests"
TEXT = "The army shelled <b>Keta</b> 🎯 on Sunday, the mayor said."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paste") / "news.db"
    Archive(path).close()
    return path


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[str]:
    with browser.serving(path) as address:
        yield address


def test_a_pasted_text_is_read_and_kept(server: str, path: Path, visiting: Visiting) -> None:
    with visiting(server) as visit:
        page = visit.open("paste")
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_label("Title, if it has one").fill("Shells")
        page.get_by_label("Day of publication").fill("2020-02-03")
        page.get_by_role("form", name="A text").get_by_role("button").click()
        expect(page.get_by_role("heading", name="Shells")).to_be_visible()
        assert page.locator(".highlighted").inner_text() == TEXT
        assert page.locator(".highlighted .trigger").all_inner_texts() == ["shelled"]
        with Archive(path, read_only=True) as archive:
            assert archive.articles().num_rows == 0
        page.get_by_role("button", name="Keep it in the archive").click()
        page.wait_for_url("**/articles/*")
        browser.settled(page)
        assert page.locator(".highlighted").inner_text() == TEXT


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://localhost/news"])
def test_an_address_of_this_machine_is_refused(server: str, visiting: Visiting, address: str) -> None:
    with visiting(server, "422") as visit:
        page = visit.open("paste")
        page.get_by_label("Address").fill(address)
        page.get_by_role("form", name="A page on the web").get_by_role("button").click()
        expect(page.get_by_role("alert")).to_contain_text("is a private address")


@pytest.mark.long
def test_what_is_read_only_keeps_nothing(path: Path, visiting: Visiting) -> None:
    with browser.serving(path, "--read-only") as server, visiting(server) as visit:
        page = visit.open("paste")
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_role("form", name="A text").get_by_role("button").click()
        expect(page.get_by_text("This is not kept")).to_be_visible()
        assert page.get_by_role("button", name="Keep it in the archive").count() == 0


def test_the_token_is_asked_for_once(path: Path, visiting: Visiting) -> None:
    with (
        browser.serving(path, "--token-env", "WHENCE_TEST_TOKEN", WHENCE_TEST_TOKEN=TOKEN) as server,
        visiting(server, "401") as visit,
    ):
        page = visit.open("incidents?type=AID")
        assert "/sign-in" in page.url
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button").click()
        expect(page.get_by_role("status")).to_have_text("this is not the token of this explorer.")
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button").click()
        page.wait_for_url(f"{server}incidents?type=AID")
        browser.settled(page)
        assert "No incident meets" in page.locator("main").inner_text()
        page.get_by_role("link", name="Sign out").click()
        expect(page.get_by_role("status")).to_have_text("You are signed out.")
        assert "/sign-in" in visit.go(page).url


@pytest.mark.long
@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(path: Path, visiting: Visiting, to: str) -> None:
    with (
        browser.serving(path, "--token-env", "WHENCE_TEST_TOKEN", WHENCE_TEST_TOKEN=TOKEN) as server,
        visiting(server) as visit,
    ):
        page = visit.open(f"sign-in?to={to}")
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button").click()
        page.wait_for_url(server)
        browser.settled(page)
