"""Chromium for the tests of pages: the explorer as its command runs it, and pages whose every fault is kept.

Debian's Chromium is driven by Playwright; no browser is downloaded. Where it is missing the tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, Request, expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium")
"""Of every test that opens a page."""

DESKTOP, PHONE = 1200, 360
"""Widths in CSS pixels for which the pages are made."""
_MEASURE = """
window.movedBy = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.movedBy += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""
"""Adds up the layout shifts of a page (https://web.dev/articles/cls), but those that an input caused."""


PATIENCE = 20_000
"""Milliseconds that a page has on a busy machine."""
expect.set_options(timeout=PATIENCE)


def launched(playwright: Playwright) -> Browser:
    """A Chromium of its own. Root, as in containers, cannot have its sandbox."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])


@contextmanager
def serving(archive: Path, *options: str, **variables: str) -> Iterator[str]:
    """The address of `whence serve` on a free port, run as a user runs it; it ends with the context."""
    command = "from whence.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--archive", str(archive), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the server has ended; standard error says why"
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


@dataclass
class Visit:
    """Pages of one server in one browser context, and what went wrong on them."""

    context: BrowserContext
    server: str
    faults: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of the faults that a test means to cause."""

    def __post_init__(self) -> None:
        self.context.add_init_script(_MEASURE)
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._fault(f"exception: {error.error}"))

    def open(self, address: str = "") -> Page:
        """A page, once its module has filled it."""
        page = self.context.new_page()
        self.go(page, address)
        return page

    def go(self, page: Page, address: str = "") -> Page:
        """Leads a page to another address of the server, and waits until it is filled."""
        page.goto(self.server + address)
        return settled(page)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self._fault(f"asks for {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # a violation of the Content-Security-Policy is an error
            self._fault(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _fault(self, told: str) -> None:
        if not any(part in told for part in self.expected):
            self.faults.append(told)


def settled(page: Page) -> Page:
    """The page, once its module has filled it and no question is under way."""
    page.wait_for_selector("main[aria-busy=false]")
    page.wait_for_load_state("networkidle")
    return page


@contextmanager
def visiting(browser: Browser, server: str, *expected: str, **settings: Any) -> Iterator[Visit]:
    """A visit in a context of its own, with settings of Playwright's; any fault that is not expected fails the test."""
    given: dict[str, Any] = {"viewport": {"width": DESKTOP, "height": 800}, "accept_downloads": True}
    context = browser.new_context(**(given | settings))
    context.set_default_timeout(PATIENCE)
    try:
        visit = Visit(context, server, expected=expected)
        yield visit
        assert not visit.faults, visit.faults
    finally:
        with suppress(Error):  # where the browser itself is gone, the test has failed for that
            context.close()


def shift(page: Page) -> float:
    """How far the page's contents have moved by themselves since it was opened; 0 is nothing, 0.1 is bad."""
    return float(page.evaluate("window.movedBy"))


def is_too_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
