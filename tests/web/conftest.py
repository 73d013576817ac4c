"""What the tests of pages share: one Chromium, and the explorer over two archives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web import archives, browser, counted, told


class Visiting(Protocol):
    """Opens a visit with settings of Playwright's; the faults that contain one of `expected` are meant."""

    def __call__(self, server: str, *expected: str, **settings: Any) -> AbstractContextManager[browser.Visit]: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each visits with a context of its own."""
    with sync_playwright() as playwright:
        opened = browser.launched(playwright)
        yield opened
        opened.close()


@pytest.fixture
def visiting(chromium: Browser) -> Visiting:
    """Opens a visit of a server; any fault that is not expected fails the test."""
    return partial(browser.visiting, chromium)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of hostile articles and one of several scripts."""
    return archives.hostile(tmp_path_factory.mktemp("hostile") / "news.db")


@pytest.fixture(scope="session")
def hostile_server(hostile: Path) -> Iterator[str]:
    """The explorer over the hostile archive."""
    with browser.serving(hostile) as address:
        yield address


@pytest.fixture(scope="session")
def told_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over an archive in which two papers tell of one raid."""
    with browser.serving(told.build(tmp_path_factory.mktemp("told") / "news.db")) as address:
        yield address


@pytest.fixture(scope="session")
def counted_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over an archive with events for map, timeline and matrix."""
    with browser.serving(counted.build(tmp_path_factory.mktemp("counted") / "news.db")) as address:
        yield address
