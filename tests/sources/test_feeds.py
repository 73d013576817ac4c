from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from whence import sources
from whence.errors import EmptyInput, FetchFailed, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits, web

LONG = " ".join(["Rebels left the town of Lanning on Tuesday, the governor said."] * 12)
RSS = f"""<?xml version="1.0"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Kesh Courier</title>
<item><title>Rebels leave</title><link>https://e.example/1</link><guid>tag:1</guid><dc:creator>Jane Marrow</dc:creator>
<pubDate>Wed, 15 Mar 2023 08:15:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{LONG}</p><!DOCTYPE x>]]></content:encoded></item>
<item><title>Talks</title><link>https://e.example/2</link><description>Talks resumed in Esker …</description></item>
<item><title>Nothing</title></item>
<item><link>https://e.example/4</link><description>{LONG} Read more</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Upland Wire</title><entry><id>a:1</id><title>Dam</title>
<link href="https://e.example/a"/><published>2023-03-16T10:00:00Z</published><author><name>Tom Sedge</name></author>
<content type="text">{LONG}</content></entry></feed>"""


def read(path: Path, text: str, **said: Any) -> list[Page | InputError]:
    path.write_text(text)
    return list(sources.pages(str(path), sources.Options(**said)))


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed"])
def test_items_that_hold_their_article_are_pages_and_the_others_say_what_to_do(tmp_path: Path, name: str) -> None:
    first, second, third, fourth = read(tmp_path / name, RSS)
    assert isinstance(first, Page)
    assert first.name == f"{tmp_path / name}[0]" and first.media_type == "text/html" and LONG in first.data.decode()
    assert (first.id, first.url, first.title) == ("tag:1", "https://e.example/1", "Rebels leave")
    assert (first.site, first.authors) == ("The Kesh Courier", ("Jane Marrow",))
    assert first.published == "Wed, 15 Mar 2023 08:15:00 GMT"
    for error in (second, fourth):
        assert isinstance(error, EmptyInput) and "--fetch-items" in error.reason
    assert isinstance(third, EmptyInput) and "no address" in third.reason


def test_atom(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "feed.atom", ATOM)
    assert isinstance(page, Page)
    assert (page.id, page.url, page.published) == ("a:1", "https://e.example/a", "2023-03-16T10:00:00Z")
    assert (page.media_type, page.site, page.authors) == ("text/plain", "Upland Wire", ("Tom Sedge",))


def test_items_are_fetched_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str) -> Page:
        asked.append(url)
        if url.endswith("4"):
            raise FetchFailed("the server said 404", url)
        return Page(b"<p>Whole.</p>", url, url=url)

    monkeypatch.setattr(web, "fetch", fetch)
    read(tmp_path / "feed.rss", RSS)
    assert asked == []
    _, second, _, fourth = read(tmp_path / "feed.rss", RSS, fetch_items=True)
    assert asked == ["https://e.example/2", "https://e.example/4"]
    assert isinstance(second, Page)
    assert (second.data, second.title, second.site) == (b"<p>Whole.</p>", "Talks", "The Kesh Courier")
    assert isinstance(fourth, FetchFailed) and fourth.name.endswith("[3]")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!-- <rss> -->\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    path = tmp_path / "bomb.rss"
    path.write_bytes((bomb + "<rss><channel><item><title>&b;</title></item></channel></rss>").encode(encoding))
    (error,) = sources.pages(str(path))
    assert isinstance(error, UnreadableInput) and "document type" in error.reason


def test_what_is_no_feed_and_what_is_too_much(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.rss", "<p>no feed")
    assert isinstance(error, UnreadableInput)
    with limits.override(feed_items=1):
        assert isinstance(read(tmp_path / "b.rss", RSS)[-1], TooLarge)
    with limits.override(feed_tags=10):
        assert isinstance(read(tmp_path / "b.rss", RSS)[-1], TooLarge)
    with limits.override(feed_bytes=10):
        assert isinstance(read(tmp_path / "b.rss", RSS)[-1], TooLarge)
