"""Counts of many articles become figures, with intervals from resampling the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whence.scoring.counting import Tally
from whence.scoring.measures import Measure, measure, order

DRAWS = 1_000
"""How often the articles are drawn again, with replacement: the ends of the interval then move by a tenth of its width
from seed to seed."""
_OUTSIDE = 2.5
"""Per cent of the draws below the interval, and above it: 95 % lie inside."""
_AT_ONCE = 50
"""Draws that are held at once."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over all articles."""

    measure: Measure
    right: int
    gold: int
    """How many are marked; of a choice, how often it was to be made."""
    found: int
    interval: tuple[float, float] | None
    """95 %, of `value`, by bootstrap over articles; None for fewer than two."""

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is marked that was found; 0 where nothing is marked."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def value(self) -> float:
        """F1; of a choice the share of right ones, which is the same."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values; shares from 0 to 1."""
        plain: dict[str, Any] = {
            "measure": self.measure.name,
            "section": self.measure.section,
            "right": self.right,
            "gold": self.gold,
            "found": self.found,
        }
        if self.measure.is_choice:
            plain["share"] = self.value
        else:
            plain |= {"precision": self.precision, "recall": self.recall, "f1": self.value}
        plain["interval"] = list(self.interval) if self.interval else None
        return plain


def figures(tallies: Sequence[Tally], seed: int = 0, draws: int = DRAWS) -> tuple[Figure, ...]:
    """The measures for which anything was counted, in the order of `MEASURES`, types and statuses by name."""
    import numpy as np

    names = sorted({name for one in tallies for name in one.counts}, key=order)
    if not names:
        return ()
    table = np.array([[one.counts.get(name, (0, 0, 0)) for name in names] for one in tallies], dtype=np.int64)
    sums = table.sum(axis=0)
    low, high = _interval(table, seed, draws) if len(tallies) > 1 else (None, None)
    found = []
    for n, name in enumerate(names):
        right, gold, told = (int(value) for value in sums[n])
        ends = None if low is None or high is None else (float(low[n]), float(high[n]))
        found.append(Figure(measure(name), right, gold, told, ends))
    return tuple(found)


def _interval(table: Any, seed: int, draws: int) -> tuple[Any, Any]:
    """For each measure the lower and upper end: percentiles of F1 over articles drawn with replacement.

    Draws in which there is nothing to count for a measure say nothing of it.
    """
    import numpy as np

    chance = np.random.default_rng(seed)
    articles = len(table)
    flat = table.reshape(articles, -1)
    drawn = []
    for begin in range(0, draws, _AT_ONCE):
        weights = chance.multinomial(articles, np.full(articles, 1 / articles), size=min(_AT_ONCE, draws - begin))
        drawn.append((weights @ flat).reshape(len(weights), -1, 3))
    sums = np.concatenate(drawn)
    whole = sums[:, :, 1] + sums[:, :, 2]
    values = np.divide(2.0 * sums[:, :, 0], whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return np.nanpercentile(values, _OUTSIDE, axis=0), np.nanpercentile(values, 100 - _OUTSIDE, axis=0)


def mean_of_statuses(found: Sequence[Figure]) -> float | None:
    """Macro-F1 of an event's status, over those that occur in gold; None where none was marked."""
    values = [figure.value for figure in found if figure.measure.section == "statuses" and figure.gold]
    return sum(values) / len(values) if values else None
