"""Sentences about a pair made from patterns, `pair_patterns.yaml`: they show the ways each type of event is put."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from training.pairs_of_actors import Pair
from whence.records import Span

FILE = Path(__file__).with_suffix(".yaml")
_SLOT = re.compile(r"\{([ar]):(\w+)\}")
_MOST_TRIES = 100


def patterns(each: int, seed: int, file: Path = FILE) -> list[Pair]:
    """Each pattern filled `each` times, with an opening and a closing; raises `ValueError` for one that cannot be."""
    data = yaml.safe_load(file.read_text(encoding="utf8"))
    chance = random.Random(seed)
    return [
        _filled(pattern, kind, data, chance)
        for kind, listed in data["patterns"].items()
        for pattern in listed
        for _ in range(each)
    ]


def _filled(pattern: str, kind: str, data: Mapping[str, Any], chance: random.Random) -> Pair:
    """One sentence whose two sides are not the same."""
    for _ in range(_MOST_TRIES):
        text, sides = _written(chance.choice(data["openings"]), pattern, data["fillings"], chance)
        if set(sides) != {"a", "r"}:
            raise ValueError(f"{kind}: a pattern has one {{a:…}} and one {{r:…}}: {pattern!r}")
        if len({text[b:e].lower() for b, e in sides.values()}) == 2:
            return Pair(f"{text}{chance.choice(data['closings'])}.", sides["a"], sides["r"], frozenset({kind}))
    raise ValueError(f"{kind}: no two different sides for {pattern!r}")


def _written(
    opening: str, pattern: str, fillings: Mapping[str, Sequence[str]], chance: random.Random
) -> tuple[str, dict[str, Span]]:
    """The pattern behind its opening, and where its sides stand; a sentence begins with a capital."""
    text, sides, at = opening, {}, 0
    for slot in _SLOT.finditer(pattern):
        text = _joined(text, pattern[at : slot.start()])
        begin, at = len(text), slot.end()
        text = _joined(text, chance.choice(fillings[slot[2]]))
        sides[slot[1]] = (begin, len(text))
    return _joined(text, pattern[at:]), sides


def _joined(text: str, more: str) -> str:
    begins = not text or text.endswith(" - ")
    return text + (more[:1].upper() + more[1:] if begins else more)
