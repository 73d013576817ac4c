"""Authors, agencies, days of publication and change, with where each was read."""

from __future__ import annotations

import json

import pytest

from whence.article import from_page, from_text
from whence.article.authors import names
from whence.article.credits import credit
from whence.article.dates import Days, day_in_address, days_at_top
from whence.records import Article, Page

BODY = (
    "The army said on Monday that its soldiers had left the northern town of Sarip after a week of talks with rebels."
)


def read(head: str = "", top: str = "", url: str | None = None, **declared: str) -> Article:
    html = (
        f"<html><head><title>T</title>{head}</head><body><article>{top}{f'<p>{BODY}</p>' * 3}</article></body></html>"
    )
    return from_page(Page(html.encode(), "page.html", url=url, **declared))  # type: ignore[arg-type]


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_authors_on_whom_sources_agree_are_surer() -> None:
    meta = '<meta name="author" content="Rana Volt">'
    one = read(meta).authors
    two = read(meta + ld(author={"name": "Rana Volt"})).authors
    assert [author.name for author in one] == [author.name for author in two] == ["Rana Volt"]
    assert one[0].confidence < two[0].confidence < 1


def test_a_declared_author_wins() -> None:
    page = Page(f"By Rana Volt\n{BODY}".encode(), "a.txt", "text/plain", authors=("Amu Tesh",))
    assert [(author.name, author.confidence) for author in from_page(page).authors] == [("Amu Tesh", 0.95)]


def test_a_byline_at_the_top_of_a_text_names_authors() -> None:
    article = from_text(f"Army leaves Sarip\nBy RANA VOLT and Amu Tesh in Sarip\n{BODY}")
    assert [author.name for author in article.authors] == ["Rana Volt", "Amu Tesh"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("By Rana Volt, Amu Tesh and Jo van Dam", ["Rana Volt", "Amu Tesh", "Jo van Dam"]),
        ("https://www.facebook.com/sarip", []),
        ("@ranavolt", []),
        ("Sarip Paper Staff", []),
        ("Associated Press", []),
        ("admin", []),
        ("The Sarip Paper", []),
        ("by all accounts the town was empty", []),
    ],
)
def test_only_persons_are_authors(words: str, found: list[str]) -> None:
    assert names(words, "The Sarip Paper") == found


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("SARIP, March 15 (Reuters) - " + BODY, "Reuters"),
        ("SARIP (AP) — " + BODY, "Associated Press"),
        ("BEIJING, March 15 (Xinhua) -- " + BODY, "Xinhua"),
        (BODY + " (Reuters)", "Reuters"),
        ("AFP contributed to this report.", "Agence France-Presse"),
        ("Source: Xinhua", "Xinhua"),
        ("— With files from The Canadian Press", "Canadian Press"),
        ("Associated Press writers Amu Tesh and Rana Volt contributed to this report.", "Associated Press"),
        ("Copyright 2021 The Associated Press. All rights reserved.", "Associated Press"),
        (BODY + " A minister told Reuters.", None),
        ("The ruling Aam Aadmi Party (AAP) - " + BODY, None),
        ("Reuters reported that the town was empty.", None),
        ("Source: Ministry of Defence", None),
    ],
)
def test_credits_are_told_from_citations(line: str, agency: str | None) -> None:
    assert credit([line]) == agency
    assert from_text(f"{BODY}\n{BODY}\n{line}").credit == agency


def test_an_author_that_is_an_agency_is_a_credit() -> None:
    article = read('<meta name="author" content="Associated Press">')
    assert (article.credit, article.authors) == ("Associated Press", ())


def test_days_come_from_the_surest_source() -> None:
    meta = '<meta property="article:published_time" content="2019-05-06T08:00:00Z">'
    url = "https://a.example/2019/05/05/army"
    dated = "<p>Published: 4 May 2019</p>"

    def day(article: Article) -> tuple[str | None, str | None]:
        return article.published, article.published_from

    assert day(read(meta, dated, url, published="2019-05-03")) == ("2019-05-03", "given")
    assert day(read(meta, dated, url)) == ("2019-05-06", "meta")
    assert day(read("", "", url)) == ("2019-05-05", "url")
    assert day(from_text(f"Army leaves Sarip\nPublished: 4 May 2019\n{BODY}")) == ("2019-05-04", "text")
    assert day(from_text(BODY)) == (None, None)


def test_the_day_of_the_last_change_has_a_source_too() -> None:
    published = '<meta property="article:published_time" content="2019-05-06T08:00:00Z">'
    meta = read(published + '<meta property="article:modified_time" content="2019-05-08T08:00:00Z">')
    assert (meta.modified, meta.modified_from) == ("2019-05-08", "meta")
    linked = read(published + ld(dateModified="2019-05-09T08:00:00Z"))
    assert (linked.modified, linked.modified_from) == ("2019-05-09", "meta")
    text = from_text(f"Published 4 May 2019 | Updated May 5th, 2019 10:00 GMT\n{BODY}")
    assert (text.published, text.modified, text.modified_from) == ("2019-05-04", "2019-05-05", "text")
    earlier = read(published + '<meta property="article:modified_time" content="2018-01-01">')
    assert (earlier.modified, earlier.modified_from) == (None, None)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Tuesday, 3 March 2021", Days("2021-03-03")),
        ("2021-03-03", Days("2021-03-03")),
        ("Last updated: Mar. 3, 2021", Days(None, "2021-03-03")),
        ("03/04/2021", Days()),
        ("31 February 2021", Days()),
        ("3 March", Days()),
        ("On 3 March 2021 the army left the town.", Days()),
        ("The town was left on 3 March 2021", Days()),
    ],
)
def test_a_text_tells_a_day_only_in_so_many_words(line: str, days: Days) -> None:
    assert days_at_top(["Army leaves Sarip", line, BODY]) == days


def test_a_day_further_down_is_none_of_the_articles() -> None:
    assert days_at_top([*[BODY] * 8, "Published: 3 March 2021"]) == Days()


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example/2016/08/16/army-leaves", "2016-08-16"),
        ("https://a.example/news/2016/8/6", "2016-08-06"),
        ("https://a.example/2016/18/16/army", None),
        ("https://a.example/x?from=/2016/08/16/", None),
        ("https://a.example/2016/08/army", None),
        (None, None),
    ],
)
def test_an_address_may_have_the_day(url: str | None, found: str | None) -> None:
    assert day_in_address(url) == found
