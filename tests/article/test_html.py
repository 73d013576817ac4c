from __future__ import annotations

import pytest

from whence.article import from_page
from whence.errors import NotAnArticle, TooLarge
from whence.records import Page

PARAGRAPHS = [
    "The army of Sarip said on Monday that its soldiers had left the northern town after a week of talks with rebels.",
    "Residents told reporters that the market had opened again and that nobody had been hurt in the last three days.",
    "A spokesman for the rebels denied that any of their fighters had been in the town when the soldiers left it.",
]
PAGE = (
    "<!doctype html><html><head><title>Army leaves Sarip</title>"
    '<meta property="og:title" content="Army leaves Sarip">'
    '<meta property="og:site_name" content="The Sarip Paper">'
    '<meta property="article:published_time" content="2019-05-06T08:00:00Z">'
    '<meta property="article:modified_time" content="2019-05-08T08:00:00Z">'
    "</head><body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Army leaves Sarip</h1>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article><footer>All rights reserved. Read also: ten ways to cook rice.</footer></body></html>"
)


def page(html: str, **fields: str) -> Page:
    return Page(html.encode(), "page.html", "text/html", **fields)


def test_body_title_site_and_first_publication() -> None:
    article = from_page(page(PAGE, url="https://www.sarip.example/a"))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.title == "Army leaves Sarip"
    assert article.site == "The Sarip Paper"
    assert (article.published, article.published_from) == ("2019-05-06", "page")


def test_what_the_source_declares_wins() -> None:
    article = from_page(page(PAGE, title="Declared", published="2019-05-05", id="9"))
    assert (article.title, article.published, article.published_from, article.id) == (
        "Declared",
        "2019-05-05",
        "given",
        "9",
    )


def test_a_missing_date_stays_missing() -> None:
    html = PAGE.replace("2019-05-06T08:00:00Z", "").replace("2019-05-08T08:00:00Z", "")
    assert from_page(page(html)).published is None


def test_a_page_without_an_article_is_none() -> None:
    with pytest.raises(NotAnArticle) as caught:
        from_page(page("<html><body><nav>Home</nav></body></html>"))
    assert caught.value.name == "page.html"


def test_a_hundred_thousand_nested_tags_are_refused() -> None:
    with pytest.raises(TooLarge):
        from_page(page("<div>" * 100_000 + "x" + "</div>" * 100_000))


def test_unclosed_paragraphs_do_not_count_as_nesting() -> None:
    html = "<html><body><article>" + "".join(f"<p>{p}" for p in PARAGRAPHS * 700) + "</article></body></html>"
    assert PARAGRAPHS[0] in from_page(page(html)).text
