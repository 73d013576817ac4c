"""Time phrases in whole sentences, read by the whole program, tense and names included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from whence.pipeline import Coder

PHRASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("time_phrases.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row["say"])
def test_phrase(coder: Coder, row: dict[str, Any]) -> None:
    times = coder.read_text(row["say"], published=row["published"].isoformat()).times
    if row["find"] is None:
        assert times == ()
        return
    days = [day and day.isoformat() for day in row["days"]]
    found = [(time.start, time.end) for time in times if time.text == row["find"]]
    assert found == [(days[0], days[-1])], times


def test_there_are_forty() -> None:
    assert len(PHRASES) >= 40
