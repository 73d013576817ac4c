"""Ten incidents told by sixty articles: whence joins them, names who vouches, and shows where they disagree.

The figures stand in a table that `pytest -s` shows; with `TOLD_MISSES=a` it lists what half a lacks. Half b is for
checking: its misses are not to be looked at while rules are made.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.incidents.told.scoring import Outcome, Scores, score, span, table
from whence import copies, sources
from whence.incidents import accounts, gather
from whence.pipeline import Coder
from whence.records import Article, Page

TOLD = Path(__file__).parent / "told"
FLOORS: dict[str, float] = {}
"""Least figures over all ten incidents, half a point below what was measured."""


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((TOLD / "key.yaml").read_text("utf8"))
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    rows = map(json.loads, (TOLD / "articles.jsonl").read_text("utf8").splitlines())
    return {row["id"]: row["text"] for row in rows}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """By SHA-256."""
    coder = Coder()
    pages = [page for page in sources.pages(str(TOLD / "articles.jsonl")) if isinstance(page, Page)]
    return {article.sha256: article for article in map(coder.article, pages)}


@pytest.fixture(scope="module")
def clusters(articles: dict[str, Article]) -> dict[str, str]:
    """For the digest of each article that of the first of its near-copies."""
    index = copies.Index(copies.MemoryPostings())
    return index.cluster((a.sha256, a.published or "", copies.sketch(a.text)) for a in articles.values())


@pytest.fixture(scope="module")
def scores(
    key: dict[str, Any], texts: dict[str, str], articles: dict[str, Article], clusters: dict[str, str]
) -> dict[str, Scores]:
    coder = Coder()
    codings = [coder.code(articles[text]) for text, first in clusters.items() if text == first]
    outlets: dict[str, list[str]] = {}
    for text, first in clusters.items():
        if text != first and (site := articles[text].site):
            outlets.setdefault(first, []).append(site)
    incidents = gather((account for coding in codings for account in accounts(coding)), outlets=outlets)
    return score(key, texts, Outcome(codings, incidents))


def test_the_key_names_what_the_articles_say(key: dict[str, Any], texts: dict[str, str]) -> None:
    assert len(texts) == 60
    assert len(key["incidents"]) == 10
    for incident in key["incidents"]:
        for telling in incident["tellings"]:
            span(texts[telling["article"]], telling["trigger"], telling["nth"])
        assert {t["origin"] for t in incident["tellings"]} == {o["name"] for o in incident["origins"]}
        for one in incident["discrepancies"]:
            for stretch in (*one["a"], *one["b"]):
                span(texts[stretch["article"]], stretch["text"], stretch.get("nth", 1))


def test_near_copies_are_found(key: dict[str, Any], articles: dict[str, Article], clusters: dict[str, str]) -> None:
    found = {articles[text].id: articles[first].id for text, first in clusters.items() if text != first}
    assert found == key["copies"]


def test_incidents_are_those_of_the_key(scores: dict[str, Scores]) -> None:
    print("\n" + table(scores))
    if half := os.environ.get("TOLD_MISSES"):
        print("\n".join(scores[half].misses))
    figures = scores["all"].figures()
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
