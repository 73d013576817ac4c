"""The worked category (attacks on health care) finds what it should, without training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from whence import Coder

HERE = Path(__file__).parent
CATEGORY = HERE.parents[1] / "examples" / "codebook" / "attacks-on-health-care.yaml"
PRECISION, RECALL = 0.8, 0.7


@pytest.mark.parametrize("part", ["first", "second"])
def test_the_worked_category_is_precise_and_finds_most(part: str) -> None:
    coder = Coder(codebook=CATEGORY)
    right = wrong = found = wanted = 0
    for row in yaml.safe_load((HERE / "health_care.yaml").read_text(encoding="utf8"))[part]:
        coding = coder.read_text(row["text"])
        coded = [e.trigger.at for e in coding.events if e.type == "ATTACK-HEALTH"]
        triggers = [_span(row["text"], t) for t in _triggers(row)]
        hits = sum(any(_touch(at, t) for t in triggers) for at in coded)
        right += hits
        wrong += len(coded) - hits
        if row["trigger"] is not None:
            wanted += 1
            found += any(_touch(at, triggers[0]) for at in coded)
    assert right >= PRECISION * (right + wrong), f"{right} right, {wrong} wrong"
    assert found >= RECALL * wanted, f"{found} found of {wanted}"


def _triggers(row: dict[str, Any]) -> list[str]:
    return [] if row["trigger"] is None else [row["trigger"], *row.get("also", [])]


def _span(text: str, words: str) -> tuple[int, int]:
    begin = text.index(words)
    return begin, begin + len(words)


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
