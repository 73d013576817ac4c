from __future__ import annotations

from typing import Any

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


def page(html: str, **fields: Any) -> Page:
    return Page(html.encode(), "page.html", "text/html", **fields)


def test_body_title_site_and_first_publication() -> None:
    article = from_page(page(PAGE, url="https://www.sarip.example/a"))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.title == "Army leaves Sarip"
    assert article.site == "The Sarip Paper"
    assert (article.published, article.published_from) == ("2019-05-06", "meta")


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


def test_a_piece_of_a_page_is_read_too() -> None:
    assert from_page(page(f"<p>{PARAGRAPHS[0]}</p>")).text == PARAGRAPHS[0]
    assert from_page(page("".join(f"<p>{p}</p>" for p in PARAGRAPHS))).text == "\n\n".join(PARAGRAPHS)


def test_a_page_without_an_article_is_none() -> None:
    with pytest.raises(NotAnArticle) as caught:
        from_page(page("<html><body><nav>Home</nav></body></html>"))
    assert caught.value.name == "page.html"


@pytest.mark.parametrize("tag", ["div", "b", "font"])
def test_a_hundred_thousand_nested_tags_are_refused(tag: str) -> None:
    with pytest.raises(TooLarge):
        from_page(page(f"<{tag}>" * 100_000 + "x" + f"</{tag}>" * 100_000))


def test_what_only_looks_like_tags_is_not_counted_as_nesting() -> None:
    script = "<script>" + "for(i=0;i<n;i++){a<b&&c()}" * 5_000 + "</script>"
    comment = "<!--" + "<div>" * 5_000 + "-->"
    assert from_page(page(PAGE.replace("</head>", script + comment + "</head>"))).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("mark", [" ", "/", '="1"', '=">" '])
def test_a_tag_of_very_many_attributes_is_refused_before_it_is_parsed(mark: str) -> None:
    crowd = mark.join(f"a{n}" for n in range(100_000))
    with pytest.raises(TooLarge, match="attributes"):
        from_page(page(PAGE.replace("<h1>", f"<h1 {crowd}>")))


def test_long_values_are_not_many_attributes() -> None:
    picture = f'<img alt="{"a picture of > it " * 5_000}" src="data:image/png;base64,{"A/" * 50_000}">'
    assert from_page(page(PAGE.replace("<h1>", f"{picture}<h1>"))).text == "\n\n".join(PARAGRAPHS)


def test_a_page_of_very_many_elements_is_refused() -> None:
    with pytest.raises(TooLarge, match="elements"):
        from_page(page("<html><body>" + "<p>x</p>" * 100_001))


SMART = "The mayor of Zürich said: “We are leaving, and the people of the café are leaving with us,” she told them."


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-8", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "no-such-thing"),
        ("cp1252", "unicode_escape"),
    ],
)
def test_encodings_are_read_as_declared_or_as_they_look(encoding: str, declared: str) -> None:
    html = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace(PARAGRAPHS[0], SMART)
    text = from_page(Page(html.encode(encoding), "page.html", "text/html")).text
    assert text.startswith(SMART) or (declared not in ("", "iso-8859-1", "windows-1252") and "are leaving" in text)


def test_a_few_broken_bytes_do_not_spoil_a_page() -> None:
    data = PAGE.replace(PARAGRAPHS[0], SMART + " " + SMART).encode().replace(b"people", b"pe\xffople", 1)
    assert "Zürich said: “We" in from_page(Page(data, "page.html", "text/html")).text


def test_unclosed_paragraphs_do_not_count_as_nesting() -> None:
    html = "<html><body><article>" + "".join(f"<p>{p}" for p in PARAGRAPHS * 700) + "</article></body></html>"
    assert PARAGRAPHS[0] in from_page(page(html)).text
