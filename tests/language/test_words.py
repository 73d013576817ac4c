from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.language.words import split


def words(text: str) -> list[str]:
    found = split(text)
    return [text[b:e] for b, e in zip(found.begin, found.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't think they've left.", "I do n't think they 've left ."),
        ("I don’t think Iran’s envoy’s left.", "I do n’t think Iran ’s envoy ’s left ."),
        ("They cannot, won't and shouldn't've.", "They can not , wo n't and should n't 've ."),
        ("the ministers' talks at ten o'clock", "the ministers ' talks at ten o'clock"),
        ("O'Neill quoted the Qur'an in Sana'a", "O'Neill quoted the Qur'an in Sana'a"),
        ("a Tehran-based, state-owned firm", "a Tehran - based , state - owned firm"),
        ("anti-government e-mails re-sent post-war", "anti-government e-mails re-sent post-war"),
        ("UN-backed talks, an E-2 over Deir ez-Zor", "UN - backed talks , an E - 2 over Deir ez - Zor"),
        ("Tu-22M3 bombers and F-16s", "Tu - 22M3 bombers and F - 16s"),
        ("post-9/11 laws and/or 5-10 years", "post-9/11 laws and / or 5 - 10 years"),
        ("Mr. J.K. Rowe of Acme Corp. met U.S. officials.", "Mr. J.K. Rowe of Acme Corp. met U.S. officials ."),
        ("At 10 a.m. on Jan. 5, No. 3 fell ill. The end", "At 10 a.m. on Jan. 5 , No. 3 fell ill . The end"),
        ("He said no. George W. Bush left", "He said no . George W. Bush left"),
        ("Food, water, etc. were sent, etc.", "Food , water , etc. were sent , etc ."),
        ("$5m, US$4.5bn, £3,000 or 7.5%", "$ 5 m , US$ 4.5 bn , £ 3,000 or 7.5 %"),
        ("Rs500 or RM36 from the G7's R92 jet", "Rs 500 or RM 36 from the G7 's R92 jet"),
        ("10,000 men, 50th birthday, 1990s, 200km, 5G", "10,000 men , 50th birthday , 1990s , 200 km , 5G"),
        ("18,19,20 March at 10:30 on 2016-08-16", "18 , 19 , 20 March at 10:30 on 2016-08-16"),
        ("See https://example.org/a_(b)?c=1. Thanks", "See https://example.org/a_(b)?c=1 . Thanks"),
        ("Write to a.b@example.org, or news.example.com.", "Write to a.b@example.org , or news.example.com ."),
        ("@whence said #ceasefire is #1", "@whence said #ceasefire is # 1"),
        ("It ended.Then it began", "It ended . Then it began"),
        ('"Yes," she said... "No?!"', '" Yes , " she said ... " No ?! "'),
        ("‘We’re here’—she said – «oui»", "‘ We ’re here ’ — she said – « oui »"),
        ("(Reuters)--The AT&T deal", "( Reuters ) -- The AT&T deal"),
        ("👍🏽👍 🇺🇦🇬🇧 👩‍👩‍👧 ok", "👍🏽 👍 🇺🇦 🇬🇧 👩‍👩‍👧 ok"),
        ("cafe\u0301s, שלום! مرحبا؟", "cafe\u0301s , שלום ! مرحبا ؟"),
        ("the '90s weren't 1990's", "the '90s were n't 1990's"),
    ],
)
def test_words_follow_universal_dependencies(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


PIECES = [
    *("don't", "’s", "U.S.", "re-", "-", "’", "“", "$", "5", ",", ".", "9/11", "http://", "ǅ", "漢字", "שלום"),
    *(
        "\r\n",
        "\n",
        "\u2028",
        " ",
        "\xa0",
        "\t",
        "é",
        "e\u0301",
        "\u0301",
        "\u200d",
        "\u200b",
        "\u202e",
        "\x01",
        "\x7f",
    ),
    *("👩‍👧", "👍🏽", "🇬🇧"),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.text("ab.'-/@:1,# "))


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_words_cover_all_but_white_space_in_order(text: str) -> None:
    found = split(text)
    covered = [i for b, e in zip(found.begin, found.end, strict=True) for i in range(b, e)]
    assert covered == [i for i, char in enumerate(text) if not char.isspace()]
    assert all(b < e for b, e in zip(found.begin, found.end, strict=True))


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_paragraphs_are_the_lines_that_hold_words(text: str) -> None:
    found = split(text)
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.paragraphs) == len(lines)
    edges = [*found.paragraphs, len(found.begin)]
    for line, first, after in zip(lines, edges, edges[1:], strict=False):
        assert "".join(line.split()) == "".join(text[found.begin[i] : found.end[i]] for i in range(first, after))


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t \u2029"])
def test_nothing_but_white_space(text: str) -> None:
    found = split(text)
    assert (found.begin, found.end, found.paragraphs) == ([], [], [])


HOSTILE = [
    *(
        "a.a.",
        "a@",
        "http://",
        "-",
        "'",
        "a",
        "1,000",
        "1-",
        "a'a",
        "anti-",
        "((",
        "\u0301",
        "👍\u200d",
        "a.b-c@",
        "w/o",
    ),
    *("don't", "1", "'s", "x's", "www.", "#a", "...", "[", "US$", "a-esque", "a:)", "aa.", "_"),
]


@pytest.mark.parametrize("part", HOSTILE)
def test_time_is_linear_in_the_length_of_a_stretch_without_spaces(part: str) -> None:
    text = part * (200_000 // len(part))
    begun = time.perf_counter()
    split(text)
    assert time.perf_counter() - begun < 4.0


def test_figures_with_many_commas_take_linear_time() -> None:
    # A quadratic pattern would take minutes; this is no timing, the test simply has to end.
    assert len(split("1,1" * 60_000).begin) > 0
