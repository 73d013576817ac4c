"""The pages in a real browser: what they show, and that no text becomes a page."""

from __future__ import annotations

import pytest

from tests.web.archives import PAYLOADS, SCRIPTS
from tests.web.browser import needs_chromium
from tests.web.conftest import Visiting

pytestmark = needs_chromium


def test_a_fault_is_noticed(hostile_server: str, visiting: Visiting) -> None:
    with visiting(hostile_server) as visit:
        page = visit.open()
        page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: 'b {}'}))")
        page.evaluate("fetch('http://127.0.0.1:9/').catch(() => {})")
        page.evaluate("console.error('wrong')")
        page.wait_for_timeout(100)
        assert any("style-src" in fault for fault in visit.faults)
        assert any("connect-src" in fault for fault in visit.faults)
        assert any("wrong" in fault for fault in visit.faults)
        visit.faults.clear()


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_hostile_words_stay_words(hostile_server: str, visiting: Visiting, number: int) -> None:
    with visiting(hostile_server) as visit:
        page = visit.open(f"articles/hostile-{number}")
        assert page.title() == f"{PAYLOADS[number]} – whence"
        assert page.locator("img, main svg, [href^='javascript:']").count() == 0
        assert f"{PAYLOADS[number]} troops shelled a village" in page.locator(".highlighted").inner_text()


def test_highlights_cover_the_words_that_they_name(hostile_server: str, visiting: Visiting) -> None:
    with visiting(hostile_server) as visit:
        page = visit.open("articles/scripts")
        assert page.locator(".highlighted").inner_text() == SCRIPTS
        assert page.locator(".highlighted .actor").all_inner_texts() == ["الجيش السوري", "צבא"]
        assert page.locator(".highlighted .trigger").all_inner_texts() == ["shelled"]


@pytest.mark.parametrize(("address", "words"), [("", "5 events"), ("incidents", "1 telling in 1 article")])
def test_lists_show_what_was_found(hostile_server: str, visiting: Visiting, address: str, words: str) -> None:
    with visiting(hostile_server) as visit:
        assert words in visit.open(address).locator("main").inner_text()


def test_what_is_not_there_is_told(hostile_server: str, visiting: Visiting) -> None:
    with visiting(hostile_server, "404") as visit:
        page = visit.open("articles/none")
        assert "the archive has no article 'none'" in page.get_by_role("alert").inner_text()
