"""Every page for everybody: by axe's rules, by keyboard, on a phone, and without anything that moves by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web import told
from tests.web.browser import DESKTOP, PHONE, Visit, is_too_wide, needs_chromium, serving, shift
from tests.web.conftest import Visiting

pytestmark = needs_chromium
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""Rules of axe-core for levels A and AA of WCAG 2.2."""
TOLD = ("", "?type=NOSUCH", "incidents", "incidents?type=NOSUCH", "articles/first", "paste", "articles/none")
COUNTED = ("", "map", "timeline", "actors", "actors/Syria%2C%20army")
SHIFTED = 0.01
"""How far contents may move by themselves; 0.1 counts as good (https://web.dev/articles/cls)."""


def violations(page: Page) -> Iterator[str]:
    """What axe-core finds wrong with a page, with the elements."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]})
    for rule in found.response["violations"]:
        yield f"{page.url} {rule['id']}: {[node['html'][:200] for node in rule['nodes'][:5]]}"


def wrong(visit: Visit, addresses: tuple[str, ...]) -> list[str]:
    """What is wrong with pages; those with events have a form of correction and a menu of downloads open."""
    found: list[str] = []
    for address in addresses:
        page = visit.open(address)
        for button in page.get_by_role("button", name="Correct …").all()[:1]:
            button.click()
        for menu in page.locator(".downloads summary").all()[:1]:
            menu.click()
        if (moved := shift(page)) > SHIFTED:
            found.append(f"{page.url} moves by {moved:.3f}")
        if is_too_wide(page):
            found.append(f"{page.url} has to be scrolled sideways")
        found += violations(page)
        page.close()
    return found


@pytest.fixture(scope="module")
def uid(told_server: str) -> str:
    """Of the event of the first article."""
    import json
    import urllib.request

    with urllib.request.urlopen(f"{told_server}api/articles/first") as reply:
        return str(json.load(reply)["events"][0]["uid"])


def test_what_is_wrong_is_noticed(told_server: str, visiting: Visiting) -> None:
    with visiting(told_server) as visit:
        page = visit.open("paste")
        page.evaluate("document.querySelector('#main').prepend(document.createElement('input'))")
        assert [found for found in violations(page) if " label: " in found]


def test_the_reader_is_for_everybody(told_server: str, visiting: Visiting, uid: str) -> None:
    with visiting(told_server) as visit:
        assert wrong(visit, (f"articles/first#{uid}", f"incidents/{uid}")) == []


@pytest.mark.long
@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_page_is_for_everybody(
    told_server: str,
    counted_server: str,
    visiting: Visiting,
    uid: str,
    tmp_path: Path,
    colour: str,
    width: int,
) -> None:
    settings = {"color_scheme": colour, "viewport": {"width": width, "height": 800}}
    with visiting(told_server, "404", **settings) as visit:
        assert wrong(visit, (*TOLD, f"articles/first#{uid}", f"incidents/{uid}")) == []
    with visiting(counted_server, **settings) as visit:
        assert wrong(visit, COUNTED) == []
    path = told.build(tmp_path / "news.db")
    token = {"WHENCE_TEST_TOKEN": "a-token-for-these-tests"}
    with serving(path, "--token-env", "WHENCE_TEST_TOKEN", **token) as locked, visiting(locked, **settings) as visit:
        assert wrong(visit, ("sign-in",)) == []
