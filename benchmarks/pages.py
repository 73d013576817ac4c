"""Pages to article bodies: whence beside other extractors, on the same pages in one run.

`python -m benchmarks.pages PAGES.jsonl.gz [LINES.jsonl.gz ...]`, with the extra `compare-pages` installed. A page is
an object with `html`, `url` and the true `body`. Scores are those of scrapinghub's article-extraction-benchmark: runs
of four words, precision and recall averaged over pages, F1 of the averages; intervals hold nine in ten of 1,000
resamplings of the pages. Speed is of one core, tools in turn on each page, so that a busy machine slows all alike.
LINES files hold labelled lines of pages, which are given to whence as plain text. The pages are also what whence's
weights learnt from; `--unseen` adds a row for weights that have seen no page of the host (`training.lines` fits them).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

from whence.article import from_page, from_text
from whence.errors import WhenceError
from whence.records import Page

ROUNDS = 1_000
"""Resamplings of the pages."""
_TOKEN = re.compile(r"\w+")
_Score = tuple[float | None, float | None]
_Tool = Callable[[str, str], str]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def tools() -> dict[str, _Tool]:
    """What is compared; each takes HTML and its URL."""
    import logging

    import trafilatura
    from lxml import html as lxml_html

    newspaper, readability, resiliparse = map(  # of the extra, and so unknown to whoever checks types without it
        import_module, ("newspaper", "readability", "resiliparse.extract.html2text")
    )

    logging.disable(logging.CRITICAL)

    def mode(**options: Any) -> _Tool:
        return lambda html, url: (
            trafilatura.extract(html, url=url, include_comments=False, include_tables=False, **options) or ""
        )

    def whence(html: str, url: str) -> str:
        return from_page(Page(html.encode("utf8"), url, "text/html", url=url)).text

    def readable(html: str, url: str) -> str:
        return str(" ".join(map(str, lxml_html.fromstring(readability.Document(html).summary()).itertext())))

    def newspaper4k(html: str, url: str) -> str:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return {
        "whence": whence,
        "trafilatura, default": mode(),
        "trafilatura, precision": mode(favor_precision=True),
        "trafilatura, recall": mode(favor_recall=True),
        "trafilatura, fast": mode(fast=True),
        "trafilatura, baseline": lambda html, url: str(trafilatura.baseline(html)[1]),
        "readability-lxml": readable,
        "newspaper4k": newspaper4k,
        "resiliparse": lambda html, url: str(resiliparse.extract_plain_text(html, main_content=True)),
    }


def unseen(pages: Path) -> _Tool:
    """whence with weights that have seen no page of the host, for each of five groups of hosts."""
    from training import lines as training
    from whence.article.features import features, see
    from whence.article.html import beside, candidates

    documents = training.pages(pages)
    for document in documents:
        seen = [see(line) for line in document.lines]
        document.names = features(document.lines, seen, document.title, document.blocks)
    weights = training.without_a_fold(documents)

    def tool(html: str, url: str) -> str:
        found = candidates(html, url)
        out = beside(found, {"page": weights[training.fold_of(urlsplit(url).hostname or "")]})
        return "\n".join(line for i, line in enumerate(found.lines) if i not in out)

    return tool


def score(true: str, got: str) -> _Score:
    """Precision and recall of the runs of four words; None where there is nothing to divide by."""
    wanted, found = _runs(true), _runs(got)
    right = sum((wanted & found).values())
    return (
        right / sum(found.values()) if found else None,
        right / sum(wanted.values()) if wanted else None,
    )


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)


def averaged(scores: Sequence[_Score]) -> tuple[float, float, float]:
    """F1, precision and recall over pages."""
    precision = mean([p for p, _ in scores if p is not None] or [0.0])
    recall = mean([r for _, r in scores if r is not None] or [0.0])
    return 2 * precision * recall / (precision + recall or 1.0), precision, recall


def interval(scores: Sequence[_Score]) -> tuple[float, float]:
    """Nine in ten F1 of resampled pages."""
    rng = random.Random(1)
    drawn = sorted(averaged(rng.choices(scores, k=len(scores)))[0] for _ in range(ROUNDS))
    return drawn[ROUNDS // 20], drawn[-ROUNDS // 20]


def compare(pages: Path, with_unseen: bool) -> None:
    """Prints the table of the tools."""
    scores: dict[str, list[_Score]] = {}
    seconds: dict[str, float] = {}
    compared = tools()
    if with_unseen:
        compared["whence, hosts unseen"] = unseen(pages)
    for row in rows(pages):
        for name, tool in compared.items():
            began = time.perf_counter()
            try:
                text = tool(row["html"], row["url"])
            except Exception:  # a tool that gives up on a page has found nothing in it
                text = ""
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - began
            scores.setdefault(name, []).append(score(row["body"], text))
    print("| | F1 | interval | precision | recall | pages a second | time |\n|---|---|---|---|---|---|---|")
    for name, found in scores.items():
        f1, precision, recall = averaged(found)
        low, high = interval(found)
        speed, ratio = len(found) / seconds[name], seconds[name] / seconds["whence"]
        print(
            f"| {name} | {f1:.3f} | {low:.3f} to {high:.3f} | {precision:.3f} | {recall:.3f} "
            f"| {speed:.0f} | {ratio:.2f} |"
        )


def lines(path: Path) -> None:
    """Prints what is kept and left out of labelled lines, as plain text."""
    pages: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows(path):
        pages.setdefault((row["src"], row["page"]), []).append(row)
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    for page in pages.values():
        try:
            article = from_text("\n".join(row["text"] for row in page))
        except WhenceError:
            continue
        if article.language != "en":
            counts["not English"] += 1
            continue
        kept = Counter(article.text.split("\n"))
        for row in page:
            is_tail = row["label"] == "other" and row["pos"] == "after" and row["nw"] >= 6
            for kind, counted in ((row["label"], True), ("tail", is_tail)):
                counts[kind] += counted
                counts[f"{kind} kept"] += counted and kept[row["text"]] > 0
    share = {kind: 100 * counts[f"{kind} kept"] / max(1, counts[kind]) for kind in ("body", "other", "tail")}
    print(
        f"{path.name}: of {len(pages)} pages {counts['not English']} are not English; of the others' lines "
        f"body kept {share['body']:.1f} % of {counts['body']}, others left out {100 - share['other']:.1f} % of "
        f"{counts['other']}, sentences after the body left out {100 - share['tail']:.1f} % of {counts['tail']}; "
        f"{len(pages) / (time.perf_counter() - began):.0f} pages a second"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("lines", type=Path, nargs="*")
    parser.add_argument("--unseen", action="store_true")
    given = parser.parse_args()
    compare(given.pages, given.unseen)
    for file in given.lines:
        lines(file)
