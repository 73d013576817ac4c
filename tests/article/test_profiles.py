"""Lines that repeat over a site are its own, and no page's."""

from __future__ import annotations

import random

import pytest

from whence.article import from_text
from whence.article.profiles import PAGES, ProfileBuilder, Profiles
from whence.records import Article

PROMPT = "Our paper stays free, for everybody, everywhere"
WORDS = (
    "army",
    "town",
    "market",
    "river",
    "rebels",
    "soldiers",
    "minister",
    "council",
    "bridge",
    "mine",
    "court",
    "convoy",
)


def line(rng: random.Random) -> str:
    return "The " + " ".join(rng.choices(WORDS, k=14)) + " today."


def page(number: int, host: str = "www.sarip.example", extra: str = PROMPT) -> Article:
    rng = random.Random(number)
    lines = [line(rng) for _ in range(6)]
    return from_text("\n".join([*lines[:3], extra, *lines[3:]]), url=f"https://{host}/{number}")


def built(articles: list[Article]) -> Profiles:
    builder = ProfileBuilder()
    for article in articles:
        builder.add(article)
    return builder.build()


def test_a_line_of_three_pages_is_the_sites() -> None:
    articles = [page(n) for n in range(3)]
    left = built(articles).apply(articles[0])
    assert PROMPT not in left.text
    assert left.excluded[-1].text == PROMPT
    assert left.excluded[-1].reason == "site: repeated on 3 pages of sarip.example"
    assert left.excluded[-1].line == 4
    assert left.id == left.sha256[:16] != articles[0].id


def test_an_id_that_was_given_stays() -> None:
    articles = [page(n) for n in range(3)]
    given = from_text(articles[0].text, id="7", url=articles[0].url)
    assert built(articles).apply(given).id == "7"


def test_a_line_of_two_pages_or_of_other_sites_is_not() -> None:
    assert built([page(n) for n in range(2)]).lines == {}
    assert built([page(n, f"s{n}.example") for n in range(5)]).lines == {}


def test_copies_of_one_article_are_one_page() -> None:
    text = page(1).text
    copies = [from_text(f"{text}\nCopy {n} of it.", url=f"https://sarip.example/{n}") for n in range(5)]
    assert built(copies).lines == {}


def test_an_article_without_an_address_has_no_site() -> None:
    articles = [page(n) for n in range(3)]
    bare = from_text(articles[0].text)
    assert built(articles).apply(bare) == bare


def test_an_article_that_would_lose_most_of_it_stays_whole() -> None:
    short = from_text(f"{PROMPT}\nIt rained.", url="https://sarip.example/x")
    assert built([page(n) for n in range(4)]).apply(short) == short


def test_the_order_of_adding_makes_no_difference_even_beyond_the_cap() -> None:
    articles = [page(n) for n in range(PAGES + 60)]
    shuffled = random.Random(1).sample(articles, len(articles))
    assert built(articles) == built(shuffled + shuffled[:9])
    assert built(articles).version == built(shuffled).version


def test_profiles_are_kept_as_bytes() -> None:
    profiles = built([page(n) for n in range(3)])
    again = Profiles.from_bytes(profiles.to_bytes())
    assert again == profiles
    assert again.version == profiles.version
    assert again.to_bytes() == profiles.to_bytes()


@pytest.mark.parametrize("data", [b"", b"nothing", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        Profiles.from_bytes(data)
