"""Offsets in the browser: what is highlighted and what a user selects are the same code points as in Python."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.archives import SCRIPTS
from tests.web.browser import needs_chromium
from tests.web.conftest import Visiting

pytestmark = needs_chromium
_SELECTED = """async ([begin, end]) => {
  const { selected } = await import("/static/selection.js");
  const { codePoints } = await import("/static/segments.js");
  const root = document.querySelector(".highlighted");
  const text = (await (await fetch("/api" + location.pathname)).json()).article.text;
  const units = codePoints(text);
  const place = (wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let left = units[wanted];
    while (walker.nextNode()) {
      if (left <= walker.currentNode.length) return [walker.currentNode, left];
      left -= walker.currentNode.length;
    }
  };
  document.getSelection().setBaseAndExtent(...place(begin), ...place(end));
  return selected(root, text, units);
}"""
"""Selects a stretch of the first line by code points, and tells what the page makes of that."""


def selected(page: Page, begin: int, end: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = page.evaluate(_SELECTED, [begin, end])
    return found


def words(text: str) -> list[tuple[int, int]]:
    """Begin and end of each word of a text without white space at its ends."""
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def test_every_word_that_is_selected_has_the_offsets_of_python(hostile_server: str, visiting: Visiting) -> None:
    with visiting(hostile_server) as visit:
        page = visit.open("articles/scripts")
        for begin, end in words(SCRIPTS):
            assert selected(page, begin, end) == {"at": [begin, end], "text": SCRIPTS[begin:end]}
        whole = [0, len(SCRIPTS)]
        assert selected(page, *whole) == {"at": whole, "text": SCRIPTS}


def test_white_space_at_the_ends_is_not_selected(hostile_server: str, visiting: Visiting) -> None:
    begin, end = SCRIPTS.index("shelled"), SCRIPTS.index("🎯") + 1
    with visiting(hostile_server) as visit:
        page = visit.open("articles/scripts")
        assert selected(page, begin - 1, end + 1) == {"at": [begin, end], "text": "shelled 🎯"}
        assert selected(page, begin - 1, begin) is None
        assert selected(page, begin, begin) is None


def test_several_lines_are_selected_with_what_is_between(told_server: str, visiting: Visiting) -> None:
    with urllib.request.urlopen(f"{told_server}api/articles/first") as reply:
        text = json.load(reply)["article"]["text"]
    with visiting(told_server) as visit:
        page = visit.open("articles/first")
        page.locator(".highlighted").evaluate("(root) => document.getSelection().selectAllChildren(root)")
        found = page.evaluate(
            """async (text) => {
              const { selected } = await import("/static/selection.js");
              const { codePoints } = await import("/static/segments.js");
              return selected(document.querySelector(".highlighted"), text, codePoints(text));
            }""",
            text,
        )
    assert found == {"at": [0, len(text)], "text": text}


@pytest.mark.parametrize(
    ("wanted", "near", "begin"), [("e\u0301tat", 0, 8), ("צבא", 0, SCRIPTS.index("צבא")), ("no such words", 0, None)]
)
def test_typed_words_are_found(
    hostile_server: str, visiting: Visiting, wanted: str, near: int, begin: int | None
) -> None:
    with visiting(hostile_server) as visit:
        found = visit.open().evaluate(
            """async ([words, text, near]) => {
              const { nearest } = await import("/static/selection.js");
              const { codePoints } = await import("/static/segments.js");
              return nearest(words, text, codePoints(text), near);
            }""",
            [wanted, SCRIPTS, near],
        )
    assert found == (None if begin is None else {"at": [begin, begin + len(wanted)], "text": wanted})


def test_every_highlight_has_the_words_of_its_mention(hostile_server: str, visiting: Visiting) -> None:
    with urllib.request.urlopen(f"{hostile_server}api/articles/scripts") as reply:
        told = json.load(reply)
    mentions = [told["events"][0]["trigger"], *told["events"][0]["actors"]]
    with visiting(hostile_server) as visit:
        page = visit.open("articles/scripts")
        for mention in mentions:
            begin, end = mention["at"]
            assert SCRIPTS[begin:end] == mention["text"]
            page.evaluate("(hash) => { location.hash = hash; }", f"{begin}-{end}")
            page.wait_for_function("() => document.querySelectorAll('.highlighted .lit').length > 0")
            assert "".join(page.locator(".highlighted .lit").all_inner_texts()) == mention["text"]
