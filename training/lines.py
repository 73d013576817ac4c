"""Makes the weights by which the lines of a page or a scrape are told apart (`src/whence/article/weights.json`).

    python -m training.lines PAGES_FOLDER [PLAIN.jsonl.gz ...]

The folder holds `scrapinghub.dev.jsonl.gz` (pages with their bodies) and `main-lines.dev.jsonl.gz` and
`lines.dev.jsonl.gz` (lines of pages, labelled). PLAIN files hold articles under `text`, all of whose lines are the
article's: without them the weights would know nothing of a text that has no neighbours. Two logistic regressions are
fitted, the second on what the first says of a line's neighbours. All figures are cross-validated over five groups of
hosts: of the chances alone, and last of what `whence.article.decide` makes of them, ends and prompts and all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from whence.article.decide import left_out, looks, score
from whence.article.features import Block, around, crowded, features, see
from whence.article.html import candidates
from whence.article.language import is_english

FOLDS = 5
RIDGE = 3.0
"""Penalty on the square of a weight. Of 1, 3 and 10 the best in cross-validation."""
FEWEST = 5
"""Lines that must have a feature before it gets a weight."""
LEAST = (0.05, 0.1, 0.2, 0.3, 0.5)
"""Chances below which a line is left out, for the figures."""
_TOKEN = re.compile(r"\w+")
_OUT = Path(__file__).parents[1] / "src/whence/article/weights.json"
_Array = NDArray[np.float64]


@dataclass(slots=True)
class Document:
    """The lines of one page with their labels."""

    host: str
    lines: list[str]
    labels: list[float]
    """1 for body, 0 for other."""
    weights: list[float]
    """0 for a line that counts for nothing."""
    tails: list[bool]
    """Sentences after the body."""
    title: str | None = None
    blocks: list[Block | None] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)

    @property
    def fold(self) -> int:
        """Group of hosts that it belongs to."""
        return fold_of(self.host)


def fold_of(host: str) -> int:
    """Group of hosts that a host belongs to."""
    return int(hashlib.sha256(host.removeprefix("www.").encode()).hexdigest(), 16) % FOLDS


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def labelled(path: Path, weight: float) -> list[Document]:
    """Documents of a file of labelled lines."""
    found: dict[tuple[str, str], Document] = {}
    for row in rows(path):
        one = found.setdefault((row["src"], row["page"]), Document(row["host"], [], [], [], []))
        one.lines.append(row["text"])
        one.labels.append(float(row["label"] == "body"))
        one.weights.append(0.0 if row["label"] == "mixed" else weight)
        one.tails.append(row["label"] == "other" and row["pos"] == "after" and row["nw"] >= 6)
    return [one for one in found.values() if is_english("\n".join(one.lines))]


def plain(path: Path, share: int = 1) -> list[Document]:
    """Articles without neighbours."""
    found = []
    for n, row in enumerate(rows(path)):
        lines = [line for line in row["text"].split("\n") if line.strip() and not line.startswith("http")]
        if n % share == 0:
            found.append(Document(f"{path}{n}", lines, [1.0] * len(lines), [1.0] * len(lines), [False] * len(lines)))
    return found


def pages(path: Path) -> list[Document]:
    """Lines that the extractor gives of pages; body is what has most of its runs of four words from the true body."""
    found = []
    for row in rows(path):
        got = candidates(row["html"], row["url"])
        body = _shingles(row["body"])
        packed = " ".join(_TOKEN.findall(row["body"]))
        labels, weights = [], []
        for line in got.lines:
            runs, count = _shingles(line), len(_TOKEN.findall(line))
            if count < 4:
                labels.append(float(bool(count) and " ".join(_TOKEN.findall(line)) in packed))
                weights.append(0.3)
            else:
                labels.append(float(sum((runs & body).values()) >= 0.5 * sum(runs.values())))
                weights.append(1.0)
        host = urlsplit(row["url"]).hostname or ""
        english = is_english("\n".join(got.lines))
        if english:
            found.append(Document(host, got.lines, labels, weights, [False] * len(labels), got.says.title, got.blocks))
    return found


def fit(matrix: _Array, labels: _Array, weights: _Array) -> _Array:
    """Weights of a logistic regression with a ridge penalty, by Newton's method."""
    found = np.zeros(matrix.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ found, -30, 30)))
        slope = matrix.T @ (weights * (labels - chance)) - RIDGE * found
        curve = (matrix * (weights * chance * (1 - chance))[:, None]).T @ matrix + RIDGE * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-4:
            break
    return found


def fitted(documents: Sequence[Document]) -> dict[str, dict[str, float]]:
    """Weights of the looks of `whence.article.decide`; the second is fitted on what the first says of unseen hosts."""

    def first(some: Sequence[Document]) -> dict[str, float]:
        return _look([(d, d.names) for d in some])

    near = [
        (d, [n + m for n, m in zip(d.names, around(scores), strict=True)]) for d, scores in _unseen(documents, first)
    ]
    return {"first": first(documents), "second": _look(near)}


def _unseen(
    documents: Sequence[Document], fit_on: Callable[[Sequence[Document]], dict[str, float]]
) -> list[tuple[Document, list[float]]]:
    """Each document with the scores of weights that have seen no page of its host."""
    found = []
    for fold in range(FOLDS):
        look = fit_on([d for d in documents if d.fold != fold])
        found += [(d, _scores(d.names, look)) for d in documents if d.fold == fold]
    return found


def _look(documents: Sequence[tuple[Document, list[list[str]]]]) -> dict[str, float]:
    counts = Counter(name for _, names in documents for line in names for name in line)
    vocabulary = sorted(name for name, count in counts.items() if count >= FEWEST)
    index = {name: i for i, name in enumerate(vocabulary)}
    lines = [
        (n, label, w) for d, names in documents for n, label, w in zip(names, d.labels, d.weights, strict=True) if w
    ]
    matrix = np.zeros((len(lines), len(vocabulary)))
    for i, (names, _, _) in enumerate(lines):
        for name in names:
            if name in index:
                matrix[i, index[name]] = 1.0
    found = fit(matrix, np.array([label for _, label, _ in lines]), np.array([w for _, _, w in lines]))
    return {name: round(float(weight), 3) for name, weight in zip(vocabulary, found, strict=True)}


def _scores(names: Sequence[Sequence[str]], weights: dict[str, float]) -> list[float]:
    return [score(line, weights) for line in names]


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def without_a_fold(documents: Sequence[Document]) -> list[dict[str, dict[str, float]]]:
    """For each group of hosts the weights that have seen no page of theirs."""
    return [fitted([d for d in documents if d.fold != fold]) for fold in range(FOLDS)]


def figures(scored: Sequence[tuple[Document, list[float]]], least: float) -> str:
    """Shares of body lines kept, of others left out, and of sentences after the body left out."""
    return _shares((document, [chance >= least for chance in chances]) for document, chances in scored)


def decided(documents: Sequence[Document], weights: dict[str, list[dict[str, dict[str, float]]]]) -> str:
    """The same shares of what is left out in the end, by weights that have seen no page of a document's host."""

    def kept(d: Document) -> list[bool]:
        out = left_out(d.lines, d.title, d.blocks, weights={kind: some[d.fold] for kind, some in weights.items()})
        return [i not in out for i in range(len(d.lines))]

    return _shares((d, kept(d)) for d in documents)


def _shares(found: Iterable[tuple[Document, Sequence[bool]]]) -> str:
    counts: Counter[str] = Counter()
    for document, keeps in found:
        for label, weight, tail, kept in zip(document.labels, document.weights, document.tails, keeps, strict=True):
            if weight:
                kind = "body" if label else "other"
                counts[kind] += 1
                counts[f"{kind} right"] += kept == bool(label)
                counts["tail"] += tail
                counts["tail right"] += tail and not kept
    return ", ".join(
        f"{kind} {100 * counts[f'{kind} right'] / max(1, counts[kind]):.1f} % of {counts[kind]}"
        for kind in ("body", "other", "tail")
    )


def main(folder: Path, articles: Sequence[Path]) -> None:
    """Prints cross-validated figures and writes the weights."""
    whole = [d for path in articles for d in plain(path, 3 if "polnear" in path.name else 1)]
    cut = labelled(folder / "main-lines.dev.jsonl.gz", 1.0)
    every = labelled(folder / "lines.dev.jsonl.gz", 1.0)
    html = pages(folder / "scrapinghub.dev.jsonl.gz")
    crowd = [d for d in every if crowded([see(line) for line in d.lines])]
    parts: dict[str, list[tuple[str, list[Document]]]] = {
        "text": [("cut", cut), ("whole", whole)],
        "crowd": [("every line", crowd)],
        "page": [("page", html)],
    }
    out, unseen = {}, {}
    for name, sets in parts.items():
        documents = [d for _, part in sets for d in part]
        for d in documents:
            d.names = features(d.lines, [see(line) for line in d.lines], d.title, d.blocks)
        unseen[name] = without_a_fold(documents)
        scored = [(d, looks(d.names, unseen[name][d.fold])) for d in documents]
        for title, part in sets:
            mine = {id(d) for d in part}
            for least in LEAST:
                print(name, title, least, figures([(d, c) for d, c in scored if id(d) in mine], least))
        out[name] = fitted(documents)
    for title, part in (("cut", cut), ("every line", every), ("page", html), ("whole", whole)):
        print("in the end,", title, decided(part, unseen))
    _OUT.write_text(json.dumps(out, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
