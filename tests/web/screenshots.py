"""Pictures of all pages, light and dark, wide and narrow, for eyes: `python -m tests.web.screenshots FOLDER`.

The pages are those over the example articles, which are coded first, and over the archives that the tests make up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from tests.web import browser, counted, told

EXAMPLES = Path(__file__).parents[2] / "examples"
SIZES = {"desktop": (browser.DESKTOP, 800), "phone": (browser.PHONE, 740)}


def examples(path: Path) -> Path:
    """An archive of the example articles."""
    inputs = [str(one) for one in sorted(EXAMPLES.iterdir()) if one.suffix in (".txt", ".html", ".jsonl")]
    command = [sys.executable, "-c", "from whence.cli import main; main()", "ingest", *inputs, "--archive", str(path)]
    subprocess.run(command, check=True)
    return path


def _addresses(server: str, name: str) -> Iterator[tuple[str, str]]:
    """Of each picture its name and address."""
    yield f"{name}-search", ""
    yield f"{name}-incidents", "incidents"
    yield f"{name}-map", "map"
    yield f"{name}-timeline", "timeline"
    yield f"{name}-actors", "actors"
    first = max(_rows(f"{server}api/events"), key=lambda event: len(event["chain"]))
    yield f"{name}-article", f"articles/{first['article']['sha256']}#{first['uid']}"
    yield f"{name}-incident", f"incidents/{first['uid']}"
    who = _rows(f"{server}api/actors")[0]
    yield f"{name}-actor", f"actors/{quote(who['label'] or who['name'], safe='')}"
    yield f"{name}-nothing", "?text=nosuchword"
    yield f"{name}-missing", "articles/none"
    yield f"{name}-paste", "paste"


def _rows(url: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(url) as reply:
        rows: list[dict[str, Any]] = json.load(reply)["rows"]
    return rows


def shoot(chromium: Browser, server: str, name: str, folder: Path) -> None:
    """Takes the pictures of one server's pages."""
    colours: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for colour in colours:
        for size, (width, height) in SIZES.items():
            context = chromium.new_context(color_scheme=colour, viewport={"width": width, "height": height})
            page = context.new_page()
            for picture, address in _addresses(server, name):
                page.goto("about:blank")
                page.goto(server + address)
                browser.settled(page).screenshot(path=folder / f"{picture}-{size}-{colour}.png")
            context.close()


def main(folder: Path) -> None:
    """Takes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        chromium = browser.launched(playwright)
        archives = {
            "examples": examples(Path(made) / "examples.db"),
            "told": told.build(Path(made) / "told.db"),
            "counted": counted.build(Path(made) / "counted.db"),
        }
        for name, archive in archives.items():
            with browser.serving(archive) as server:
                shoot(chromium, server, name, folder)
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
