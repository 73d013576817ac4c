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

_Weights = Mapping[str, float]
MOST_LINES = 5_000
"""Lines of the longest text that is looked at; no article has as many."""
LEAST = {"text": 0.2, "crowd": 0.005, "page": 0.5}
"""Chance below which a line is left out, by the kind of text; of a cut of the main text only lines with cue words are.
`training/lines.py` prints what others would do."""
_MOST_DOUBTFUL = 0.5
"""Share of an article's words that doubtful lines may have; with more it is the weights that are wrong."""
_ELLIPSES = ("…", "...")
_ORDER = ("comment", "biography", "newsletter", "copyright", "caption", "read also", "byline", "sharing")
"""Kinds of cue in the order in which they name a reason."""


def left_out(lines: Sequence[str], title: str | None = None, blocks: Sequence[Block | None] = ()) -> dict[int, str]:
    """Numbers (from 0) of the lines that are not the article's own, with the reason for each.

    `lines` has no blank ones. A text of very many lines is no article, and nothing is left out of it.
    """
    if len(lines) > MOST_LINES:
        return {}
    seen = [see(line) for line in lines]
    found: dict[int, str] = {}
    last = len(lines)
    if (ending := end(lines, seen)) is not None:
        last, kind = ending
        found |= {i: reason(lines[i], seen[i], kind) for i in range(last, len(lines))}
    kept = trailing(lines, seen, last)
    found |= {i: reason(lines[i], seen[i], "") for i in range(kept, last)}
    of = "page" if blocks else "crowd" if crowded(seen) else "text"
    scores = chances(lines, seen, title, blocks, of)
    doubtful = [i for i in range(kept) if scores[i] < LEAST[of] and (of != "text" or closes(seen[i]))]
    if of == "crowd" or _words(seen, doubtful) <= _MOST_DOUBTFUL * _words(seen, range(kept)):
        found |= {i: reason(lines[i], seen[i], "") for i in doubtful}
    return dict(sorted(found.items())) if len(found) < len(lines) else {}


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


def chances(
    lines: Sequence[str], seen: Sequence[Seen], title: str | None, blocks: Sequence[Block | None], of: str
) -> list[float]:
    """For each line the chance that it is the article's own, by the weights of a kind of text."""
    return looks(features(lines, seen, title, blocks), _weights(of))


def looks(found: Sequence[list[str]], weights: Mapping[str, _Weights]) -> list[float]:
    """The chance of each line: a first look at it alone, and a second at the scores around it too."""
    near = around([score(names, weights["first"]) for names in found])
    return [
        1 / (1 + math.exp(-max(-30.0, min(30.0, score(names, weights["second"]) + score(more, weights["second"])))))
        for names, more in zip(found, near, strict=True)
    ]


def score(names: Sequence[str], weights: _Weights) -> float:
    """Log odds: the sum of the weights of what a line has."""
    return sum(weights.get(name, 0.0) for name in names)


@cache
def _weights(of: str) -> Mapping[str, _Weights]:
    read: Mapping[str, Mapping[str, _Weights]] = json.loads(
        files("whence.article").joinpath("weights.json").read_text(encoding="utf8")
    )
    return read[of]
