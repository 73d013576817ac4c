"""What stands beside an article is left out, line by line and with its reason; what is only an article stays whole."""

from __future__ import annotations

import time

import pytest

from whence.article import from_page, from_text
from whence.records import Page
from whence.sources import limits

BODY = [
    "The army of Sarip said on Monday that its soldiers had left the northern town after a week of talks with rebels.",
    "Residents told reporters that the market had opened again and that nobody had been hurt in the last three days.",
    "A spokesman for the rebels denied that any of their fighters had been in the town when the soldiers left it.",
    '"We are going home," said Amu Tesh, a baker whose shop stands beside the barracks that the army has given up.',
    "The president is to meet the leaders of the rebels on Thursday in the capital, where the talks will go on.",
]

TAILS = {
    "biography": ["Rana Volt is a reporter who covers the north of the country for this paper and lives in Sarip."],
    "newsletter": [
        "Sign up for our newsletter and get the best of our reporting in your inbox on every weekday morning."
    ],
    "copyright": ["Copyright 2021 The Sarip Paper. All rights reserved."],
    "comment": [
        "3 Comments",
        "I live there and I can tell you that nobody believes a word of what the army says any more.",
        "It was the same in the year before, and they came back after only two weeks in the hills.",
    ],
    "read also": [
        "Most read",
        "Ten ways to cook rice that your grandmother never told you about",
        "Football: the captain of the national team breaks his leg in training",
    ],
}


@pytest.mark.parametrize("kind", TAILS)
def test_what_follows_an_article_is_left_out_with_its_kind(kind: str) -> None:
    article = from_text("\n".join(BODY + TAILS[kind]))
    assert article.text == "\n".join(BODY)
    assert [line.text for line in article.excluded] == TAILS[kind]
    assert article.excluded[0].reason == kind
    assert [line.line for line in article.excluded] == list(range(6, 6 + len(TAILS[kind])))


def test_all_that_comes_after_the_comments_begin_is_a_comment() -> None:
    article = from_text("\n".join(BODY + TAILS["comment"] + BODY[:1]))
    assert article.text == "\n".join(BODY)
    assert {line.reason for line in article.excluded} == {"comment"}


def test_a_prompt_inside_an_article_does_not_end_it() -> None:
    lines = [*BODY[:3], "Read more: Army leaves the south", *BODY[3:]]
    kept = from_text("\n".join(lines)).text.split("\n")
    assert [line for line in kept if line in BODY] == BODY


def test_who_reported_it_stays() -> None:
    credit = "Amu Tesh and Rana Volt of The Sarip Paper contributed to this report."
    assert from_text("\n".join([*BODY, credit])).text == "\n".join([*BODY, credit])


def test_a_shop_s_disclosure_is_left_out() -> None:
    line = "If you buy something through this post, The Sarip Paper may get a share of the sale."
    article = from_text("\n".join([*BODY, line]))
    assert article.text == "\n".join(BODY)
    assert article.excluded[0].reason == "shop"


TEASER = "Ten ways to cook rice at home Ten ways to cook rice at home"


def test_a_teaser_that_says_its_headline_twice_ends_an_article_only_if_little_follows() -> None:
    assert from_text("\n".join([*BODY, TEASER, "Your grandmother never told you."])).text == "\n".join(BODY)
    kept = from_text("\n".join([*BODY[:3], TEASER, *BODY, *BODY])).text.split("\n")
    assert [line for line in kept if line != TEASER] == [*BODY[:3], *BODY, *BODY]


def test_english_comments_end_an_article_in_another_language() -> None:
    body = [
        "Die Armee von Sarip teilte am Montag mit, dass ihre Soldaten die Stadt im Norden nach Gesprächen verließen.",
        "Einwohner sagten Reportern, dass der Markt wieder offen ist und in drei Tagen niemand zu Schaden kam.",
        "Ein Sprecher der Rebellen bestritt, dass Kämpfer in der Stadt waren, als die Soldaten sie verließen.",
    ]
    article = from_text("\n".join([*body, "Leave a Reply", "Ich glaube der Armee kein Wort, und das schon lange."]))
    assert article.language == "und"
    assert article.text == "\n".join(body)


ARTICLES = {
    "three lines": "Rebels left Sarip on Monday.\nThe army said so.\nNobody was hurt.",
    "a letter": "Dear Minister,\nWe ask you to free the eleven teachers who are held in Sarip.\nThey have done no wrong.\n"  # noqa: E501
    "Yours,\nThe teachers of the north",
    "demands": "\n".join(
        [
            *BODY,
            "The rebels want:",
            "- the release of all prisoners",
            "- a share of the oil",
            "- new elections",
            BODY[0],
        ]
    ),
    "a poem": "\n".join(
        [*BODY[:3], "O river, river of my home,", "you carry all our dead,", "and never one came back", BODY[4]]
    ),
    "an interview": "\n".join(
        [
            BODY[0],
            "Q: Will you go back?",
            "A: No. We will not go back.",
            "Q: Why not?",
            "A: There is nothing left.",
            *BODY[1:],
        ]
    ),
    "quotations": "\n".join([*BODY[:2], '"No."', '"We will see."', *BODY[2:], '"That is all," he said.']),
    "a reporter killed": "\n".join([*BODY[:4], "Amu Tesh is a reporter of the Sarip Paper whom soldiers beat.", *BODY]),
    "comment in prose": "\n".join(
        [*BODY, "The ministry had no comment on what the residents of the town had told the paper."]
    ),
}


@pytest.mark.parametrize("kind", ARTICLES)
def test_a_text_that_is_only_an_article_stays_whole(kind: str) -> None:
    article = from_text(ARTICLES[kind])
    assert article.text == ARTICLES[kind]
    assert article.excluded == ()


def test_of_a_page_the_headline_and_a_prompt_are_left_out() -> None:
    html = (
        "<html><head><title>Army leaves Sarip</title></head><body><article><h1>Army leaves Sarip</h1>"
        + "".join(f"<p>{line}</p>" for line in [*BODY, *TAILS["newsletter"]])
        + "</article></body></html>"
    )
    article = from_page(Page(html.encode(), "page.html"))
    assert article.text == "\n\n".join(BODY)
    assert "newsletter" in {line.reason for line in article.excluded}


def test_a_text_of_very_many_lines_is_read_fast_and_stays_whole() -> None:
    text = "\n".join(BODY * (100_000 // len(BODY)))
    began = time.process_time()
    assert from_text(text).text == text
    assert time.process_time() - began < 2


def test_the_longest_text_that_is_sorted_out_is_read_in_linear_time() -> None:
    began = time.process_time()
    from_text("\n".join((BODY * limits.SORTED_LINES)[: limits.SORTED_LINES]))
    assert time.process_time() - began < 2


def test_every_line_stays_where_the_user_says_so() -> None:
    text = "\n".join([*BODY, *TAILS["comment"], "Others say…", "More was told…"])
    assert from_text(text).text == "\n".join(BODY)
    with limits.override(sorted_lines=1):
        assert from_text(text).text == text
