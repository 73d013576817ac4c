"""Which lines of a text are the article's own: two looks at their features, with weights from `weights.json`.

The first look scores each line for itself; the second sees the scores around it too, for an article is mostly one run.
The weights are made by `training/lines.py`, which says how and gives the figures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from whence.article.ends import end, trailing
from whence.article.features import Block, Seen, around, closes, crowded, features, see
from whence.sources import limits

Weights = Mapping[str, float]
"""For each thing that a line may have, what it adds to the log odds that the line is the article's own."""
LEAST = {"text": 0.2, "crowd": 0.005, "page": 0.5}
"""Chance below which a line is left out, by the kind of text; of a cut of the main text only lines with cue words are.
`training/lines.py` prints what others would do."""
_MOST_DOUBTFUL = 0.5
"""Share of an article's words that doubtful lines may have; with more it is the weights that are wrong."""
_ELLIPSES = ("…", "...")
_ORDER = (
    "comment",
    "biography",
    "newsletter",
    "copyright",
    "caption",
    "read also",
    "shop",
    "reporters",
    "byline",
    "sharing",
)
"""Kinds of cue in the order in which they name a reason."""


def left_out(
    lines: Sequence[str],
    title: str | None = None,
    blocks: Sequence[Block | None] = (),
    *,
    is_english: bool = True,
    weights: Mapping[str, Mapping[str, Weights]] | None = None,
) -> dict[int, str]:
    """Numbers (from 0) of the lines that are not the article's own, with the reason for each.

    `lines` has no blank ones. A text of more lines than `limits.SORTED_LINES` is no article, and stays whole. Of one in
    another language only what comes after an English heading of comments or the like is left out, as sites with English
    menus have them.
    `weights` stand in for those of `weights.json`, where others are to be measured.
    """
    if len(lines) > limits.SORTED_LINES:
        return {}
    seen = [see(line) for line in lines]
    of = "page" if blocks else "crowd" if crowded(seen) else "text"
    found = _after(lines, seen, of)
    if is_english:
        kept = min(found, default=len(lines))
        scores = looks(features(lines, seen, title, blocks), (weights or _weights())[of])
        doubtful = [i for i in range(kept) if scores[i] < LEAST[of] and (of != "text" or closes(seen[i]))]
        if of == "crowd" or _words(seen, doubtful) <= _MOST_DOUBTFUL * _words(seen, range(kept)):
            found |= {i: reason(lines[i], seen[i], "") for i in doubtful}
    return dict(sorted(found.items())) if len(found) < len(lines) else {}


def _after(lines: Sequence[str], seen: Sequence[Seen], of: str) -> dict[int, str]:
    """The lines that come after the article, with the reason for each."""
    last, kind = end(lines, seen, of) or (len(lines), "")
    kept = trailing(lines, seen, last)
    return {i: reason(lines[i], seen[i], kind if i >= last else "") for i in range(kept, len(lines))}


def _words(seen: Sequence[Seen], of: Iterable[int]) -> int:
    return sum(len(seen[i].own) for i in of)


def reason(line: str, one: Seen, kind: str) -> str:
    """Why a line is left out: by its own cue words, or by what began before it."""
    own = next((name for name in _ORDER if name in one.starts), None) or next(
        (name for name in _ORDER if name in one.has), None
    )
    if kind == "comment":
        return kind
    if own:
        return own
    if line.rstrip().endswith(_ELLIPSES):
        return "teaser: it breaks off"
    return f"after the article: {kind}" if kind else "furniture"


def looks(found: Sequence[list[str]], weights: Mapping[str, Weights]) -> list[float]:
    """The chance of each line: a first look at it alone, and a second at the scores around it too."""
    near = around([score(names, weights["first"]) for names in found])
    return [
        1 / (1 + math.exp(-max(-30.0, min(30.0, score(names, weights["second"]) + score(more, weights["second"])))))
        for names, more in zip(found, near, strict=True)
    ]


def score(names: Sequence[str], weights: Weights) -> float:
    """Log odds: the sum of the weights of what a line has."""
    return sum(weights.get(name, 0.0) for name in names)


@cache
def _weights() -> Mapping[str, Mapping[str, Weights]]:
    """For each kind of text the weights of the two looks."""
    read: Mapping[str, Mapping[str, Weights]] = json.loads(
        files("whence.article").joinpath("weights.json").read_text(encoding="utf8")
    )
    return read
