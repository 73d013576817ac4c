"""What an event is about: PLOVER's contexts, several an event, from its own sentence and from its article.

The category's contexts come first. Others are weighed: words of `contexts.yaml` in the event's sentence, the nearer to
the trigger the more, sectors of those who take part, the mode, and what the whole article speaks of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter

from whence.coding import wordlists
from whence.coding.tree import Tree
from whence.records import Event


@dataclass(frozen=True, slots=True)
class _Lists:
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    """By first word: the words of a phrase and its contexts, none for phrases that tell nothing; longer ones first."""
    sectors: Mapping[str, frozenset[str]]
    """Contexts by the sector of somebody who takes part."""
    modes: Mapping[str, frozenset[str]]
    """Contexts by `TYPE` or `TYPE mode`."""
    weights: Mapping[str, float]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    raw = wordlists.load("contexts.yaml")
    told: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    sectors: defaultdict[str, set[str]] = defaultdict(set)
    modes: defaultdict[str, set[str]] = defaultdict(set)
    for name, entry in raw["contexts"].items():
        for text in entry["words"]:
            told[_parts(text)].add(name)
        for sector in entry.get("sectors", ()):
            sectors[sector].add(name)
        for mode in entry.get("modes", ()):
            modes[mode].add(name)
    phrases: defaultdict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for words in (*told, *(_parts(text) for text in raw["nothing"])):
        phrases[words[0]].append((words, frozenset(told.get(words, ()))))
    return _Lists(
        phrases={first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()},
        sectors={sector: frozenset(found) for sector, found in sectors.items()},
        modes={mode: frozenset(found) for mode, found in modes.items()},
        weights=raw["weights"],
    )


@lru_cache(maxsize=20_000)
def _parts(text: str) -> tuple[str, ...]:
    """The lower-case words of a phrase or a word; hyphens count as spaces."""
    return tuple(text.lower().replace("-", " ").split())


@lru_cache(maxsize=20_000)
def _parts_of_both(lemma: str, form: str) -> tuple[tuple[str, str], ...]:
    """The parts of a lemma and of its form side by side; the shorter is filled up with nothing."""
    return tuple(zip_longest(_parts(lemma), _parts(form), fillvalue=""))


class Contexts:
    """The contexts of one article's words."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._told = list(_found(tree))
        """Words at which something tells of contexts, in text order."""
        self._in_sentence: defaultdict[int, set[str]] = defaultdict(set)
        told: Counter[str] = Counter()
        for word, names in self._told:
            self._in_sentence[tree.sentence_of[word]] |= names
            told.update(names)
        weights = _lists().weights
        enough = max(weights["article words"], weights["article share"] * len(tree))
        self._of_article = frozenset(name for name, number in told.items() if number >= enough)

    def of(self, event: Event, trigger: tuple[int, int], own: tuple[str, ...]) -> tuple[str, ...]:
        """The contexts of an event whose trigger has these first and last words: `own` first, then the strongest."""
        lists = _lists()
        scores: defaultdict[str, float] = defaultdict(float)
        for name in self._in_sentence[self._tree.sentence_of[trigger[0]]]:
            scores[name] = lists.weights["word"]
        for name in self._near(trigger):
            scores[name] = lists.weights["near word"]
        for name in self._of_article:
            scores[name] += lists.weights["article"]
        sides = {actor.sector for actor in (*event.actors, *event.recipients) if actor.sector}
        for name in frozenset().union(*(lists.sectors.get(sector, frozenset()) for sector in sides)):
            scores[name] += lists.weights["sector"]
        for mode in (event.type, f"{event.type} {event.mode}"):
            for name in lists.modes.get(mode, ()):
                scores[name] += lists.weights["mode"]
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        more = [name for name in ranked if scores[name] >= lists.weights["least"] and name not in own]
        return (*own, *more[: int(lists.weights["most"])])

    def _near(self, trigger: tuple[int, int]) -> set[str]:
        """What words of the trigger's sentence at most `near` words from it tell."""
        sentence, near = self._tree.sentence(trigger[0]), int(_lists().weights["near"])
        first, last = max(sentence.first, trigger[0] - near), min(sentence.last, trigger[1] + near)
        low = bisect_left(self._told, first, key=itemgetter(0))
        high = bisect_right(self._told, last, key=itemgetter(0))
        return {name for _, names in self._told[low:high] for name in names}


def _found(tree: Tree) -> Iterator[tuple[int, frozenset[str]]]:
    """The words at which words and phrases of the lists begin, with their contexts; where several begin, the longest.

    Words are compared by lemma or by form: "disputed island" and "arms deal" are written as they stand.
    """
    units = [
        (word, lemma, form)
        for word, both in enumerate(zip(tree.lemma, tree.form, strict=True))
        for lemma, form in _parts_of_both(*both)
    ]
    phrases = _lists().phrases
    at = 0
    while at < len(units):
        word, lemma, form = units[at]
        if lemma not in phrases and form not in phrases:  # most words by far
            at += 1
            continue
        best, names = max(
            (
                found
                for first in dict.fromkeys((lemma, form))
                for found in phrases.get(first, ())
                if _fits(found[0], units, at)
            ),
            key=lambda found: len(found[0]),
            default=((), frozenset[str]()),
        )
        if names:
            yield word, names
        at += max(len(best), 1)


def _fits(words: tuple[str, ...], units: Sequence[tuple[int, str, str]], at: int) -> bool:
    """Whether the phrase stands at this unit."""
    there = units[at : at + len(words)]
    return len(there) == len(words) and all(w in unit[1:] for w, unit in zip(words, there, strict=True))
