"""Incidents told by several articles: whence joins them, names who vouches, and shows where they disagree.

Rules are made on half a of `told`. Its half b, and `told2`, are for checking. The figures stand in a table that
`pytest -s` shows; with `TOLD_MISSES=a` it lists what half a lacks, and half b is not to be listed while rules are made.
"""

from __future__ import annotations

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

HERE = Path(__file__).parent
SIZES = {"told": (60, 10), "told2": (26, 6)}
"""Articles and incidents of each set."""
FLOORS = {
    "told": {
        "tellings found": 0.982,
        "joins F1": 0.979,
        "origins exact": 0.895,
        "discrepancies recall": 0.927,
        "discrepancies precision": 0.888,
    },
    "told2": {
        "tellings found": 0.995,
        "joins F1": 0.995,
        "origins exact": 0.995,
        "discrepancies recall": 0.924,
        "discrepancies precision": 0.995,
    },
}
"""Least figures over all incidents of a set, half a point below what was measured. The aims are .9 for joins and for
exact origins, and .8 for both of discrepancies."""


@pytest.fixture(scope="module", params=SIZES)
def name(request: pytest.FixtureRequest) -> str:
    """Of a set: its folder."""
    return str(request.param)


@pytest.fixture(scope="module")
def key(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / name / "key.yaml").read_text("utf8"))
    return found


@pytest.fixture(scope="module")
def articles(name: str) -> dict[str, Article]:
    """All of the set, by id."""
    coder = Coder()
    pages = [page for page in sources.pages(str(HERE / name / "articles.jsonl")) if isinstance(page, Page)]
    return {article.id: article for article in map(coder.article, pages)}


@pytest.fixture(scope="module")
def firsts(articles: dict[str, Article]) -> dict[str, str]:
    """For the id of each article that of the first of its near-copies, as an archive chooses it: by day, then text."""
    ordered = sorted(articles.values(), key=lambda a: (a.published or "", a.sha256, a.id))
    of_text = {article.sha256: article.id for article in reversed(ordered)}
    index = copies.Index(copies.MemoryPostings())
    clusters = index.cluster((a.sha256, a.published or "", copies.sketch(a.text)) for a in ordered)
    return {article.id: of_text[clusters[article.sha256]] for article in ordered}


@pytest.fixture(scope="module")
def scores(key: dict[str, Any], articles: dict[str, Article], firsts: dict[str, str]) -> dict[str, Scores]:
    coder = Coder()
    codings = [coder.code(article) for id, article in articles.items() if firsts[id] == id]
    outlets: dict[str, list[str]] = {}
    for id, first in firsts.items():
        if id != first and (site := articles[id].site):
            outlets.setdefault(articles[first].sha256, []).append(site)
    incidents = gather((account for coding in codings for account in accounts(coding)), outlets=outlets)
    return score(key, {id: article.text for id, article in articles.items()}, Outcome(codings, incidents))


def test_the_key_names_what_the_articles_say(name: str, key: dict[str, Any], articles: dict[str, Article]) -> None:
    texts = {id: article.text for id, article in articles.items()}
    assert (len(texts), len(key["incidents"])) == SIZES[name]
    for incident in key["incidents"]:
        for telling in incident["tellings"]:
            span(texts[telling["article"]], telling["trigger"], telling["nth"])
        assert {t["origin"] for t in incident["tellings"]} == {o["name"] for o in incident["origins"]}
        for one in incident["discrepancies"]:
            for stretch in (*one["a"], *one["b"]):
                span(texts[stretch["article"]], stretch["text"], stretch.get("nth", 1))


def test_near_copies_are_found(key: dict[str, Any], firsts: dict[str, str]) -> None:
    copied = {frozenset(pair) for pair in key["copies"].items()}
    assert {frozenset(pair) for pair in firsts.items() if pair[0] != pair[1]} == copied


def test_incidents_are_those_of_the_key(name: str, scores: dict[str, Scores]) -> None:
    print(f"\n{name}\n{table(scores)}")
    if half := os.environ.get("TOLD_MISSES"):
        print("\n".join(scores[half].misses))
    figures = scores["all"].figures()
    assert {figure: figures[figure] for figure, floor in FLOORS[name].items() if figures[figure] < floor} == {}
