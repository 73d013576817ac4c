"""The function from Arrow to Arrow, with a coder that is made up."""

from __future__ import annotations

import json
from typing import Any

from whence.article import from_page
from whence.errors import NotEnglish
from whence.records import Article, Coding, Page
from whence.scale import function

TEXT = "The army of Ghana attacked a rebel camp on Thursday, and the government in Accra said that it was over."


class Coder:
    """Codes nothing of what is not called bad."""

    def article(self, page: Page) -> Article:
        return from_page(page)

    def code(self, article: Article) -> Coding:
        if article.id == "bad":
            raise RuntimeError("broken \udcff head")
        if article.id == "other":
            raise NotEnglish("its text is not English", id=article.id)
        return Coding(article, (), (), (), (), ())


def page(id: str | None, text: str = TEXT, **more: Any) -> Page:
    return Page(text.encode(), f"rows.jsonl:{id}", "text/plain", id, **more)


def test_pages_become_codings_row_by_row() -> None:
    pages = [page("a", title="T", published="2020-01-02"), page("bad"), page("other"), page("none", "  \n")]
    coded = function.code_batch(function.page_batch(pages), Coder())
    assert coded.schema == function.coded_schema()
    rows = coded.to_pylist()
    assert [row["name"] for row in rows] == [p.name for p in pages]
    assert [row["fate"] for row in rows] == ["coded", "failed", "not English", "failed"]
    assert [row["error_kind"] for row in rows] == [None, "internal", "not English", "empty"]
    assert (rows[0]["title"], rows[0]["published"], rows[1]["id"]) == ("T", "2020-01-02", "bad")
    assert json.loads(rows[0]["coding"])["article"]["text"] == TEXT


def test_articles_made_first_give_the_same_codings() -> None:
    pages = function.page_batch([page("a", url="http://a.example/1"), page(None)])
    articles = function.read_batch(pages, Coder())
    assert articles.schema == function.page_schema()
    assert function.code_batch(articles, Coder()).equals(function.code_batch(pages, Coder()))


def test_a_page_that_cannot_be_read_is_a_row_that_says_why() -> None:
    (row,) = function.read_batch(function.page_batch([page("none", " ")]), Coder()).to_pylist()
    assert (row["name"], row["id"], row["data"], row["error_kind"]) == ("rows.jsonl:none", "none", None, "empty")


def test_what_arrow_cannot_hold_does_not_stop_a_batch() -> None:
    pages = [page("a\udcff", title="\ud800 T")]
    (row,) = function.code_batch(function.page_batch(pages), Coder()).to_pylist()
    assert (row["id"], row["title"], row["fate"]) == ("a?", "? T", "coded")


def test_no_pages_are_no_rows() -> None:
    coded = function.code_batch(function.page_batch([]), Coder())
    assert coded.num_rows == 0
    assert coded.schema == function.coded_schema()


def test_a_batch_survives_its_bytes() -> None:
    batch = function.page_batch([page("a"), page("b")])
    assert function.from_bytes(function.to_bytes(batch)).equals(batch)


def test_an_article_survives_its_json() -> None:
    article = from_page(page("a", title="é \udcff".encode("utf8", "replace").decode()))
    assert function.load(function.dump(article)) == article
