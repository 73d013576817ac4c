"""Readers of other packages, limits that are set, and the options of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from whence import sources
from whence.errors import UnreadableInput
from whence.records import Page
from whence.sources import limits, readers

PLUG_IN = """
from whence.records import Page

def read(stream, name):
    for number, line in enumerate(stream, 1):
        yield Page(line.strip().upper(), f"{name}:{number}", "text/plain")
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that registers one reader that works and one that does not, for as long as the test runs."""
    folder = tmp_path / "shouting-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[whence.readers]\nshout = shouting:read\nlost = shouting:nothing\n")
    (tmp_path / "shouting.py").write_text(PLUG_IN)
    monkeypatch.syspath_prepend(str(tmp_path))
    readers._plug_ins.cache_clear()
    yield
    readers._plug_ins.cache_clear()
    sys.modules.pop("shouting", None)


@pytest.mark.usefixtures("installed")
def test_a_plug_in_reads_its_suffix(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.shout").write_text("Rebels left.\nNobody stayed.\n")
    (news / "b.lost").write_text("Rebels left.\n")
    first, second, lost = sources.pages(str(news))
    assert isinstance(first, Page) and (first.data, first.name) == (b"REBELS LEFT.", f"{news}/a.shout:1")
    assert isinstance(second, Page)
    assert isinstance(lost, UnreadableInput) and "shouting:nothing" in lost.reason


def test_every_reader_of_whence_is_there() -> None:
    for suffix in readers.suffixes():
        assert callable(readers.find(suffix, sources.Options(), "x"))


def test_a_limit_is_set_for_a_while(tmp_path: Path) -> None:
    assert limits.changed() == {}
    with limits.override({"document_bytes": 5.0}, fetch_seconds=1):
        assert (limits.DOCUMENT_BYTES, limits.FETCH_SECONDS) == (5, 1.0)
        assert limits.changed() == {"document_bytes": 5, "fetch_seconds": 1.0}
    assert limits.DOCUMENT_BYTES == 20_000_000
    assert limits.changed() == {}


@pytest.mark.parametrize(("name", "value"), [("nothing", 1), ("override", 1), ("pdf_pages", 0), ("pdf_pages", 0.5)])
def test_a_limit_that_is_none_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match="limit"), limits.override({name: value}):
        pass


@pytest.mark.parametrize(
    "said",
    [("--column", "text"), ("--column", "words=BODY"), ("--limit", "x=1"), ("--limit", "pdf_pages=many")],
)
def test_wrong_usage_says_what_is_allowed(said: tuple[str, str]) -> None:
    for command in ("read", "quotes", "analyse"):
        result = run(command, "nothing.csv", *said)
        assert result.exit_code == 2
        assert said[0] in result.stderr


def test_the_options_reach_the_readers(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("WORDS,id\nRebels left the town on Tuesday and nobody stayed behind.,7\n" + "x" * 300 + ",8\n")
    result = run("analyse", path, "--column", "text=WORDS", "--limit", "document_bytes=200", "--threads", "1")
    assert result.exit_code == 1
    assert "# newdoc id = 7" in result.stdout
    assert 'reads text from "WORDS", id from "id"' in result.stderr
    assert "rows.csv:3" in result.stderr
    assert limits.changed() == {}
