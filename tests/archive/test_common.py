"""A key that too many events share leads to nothing, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.archive.test_incidents import expected, held
from tests.incidents.made import DEIR, IDLIB, SYRIA, day, told
from whence import Archive
from whence.archive import common
from whence.incidents import joining
from whence.records import Coding

FEW = 4


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(common, "MOST_SHARING", FEW)
    monkeypatch.setattr(joining, "MOST_SHARING", FEW)
    with Archive(tmp_path / "news.db") as opened:
        yield opened


def many(number: int, pick: Random) -> list[Coding]:
    """Strikes of one week, some in one town on one day."""
    return [
        told(
            f"n{n}",
            places=(pick.choice((DEIR, IDLIB, SYRIA)),),
            time=day(f"2016-08-1{pick.randrange(3, 7)}"),
            published=f"2016-08-1{pick.randrange(7, 9)}",
        )
        for n in range(number)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_order_batches_and_removals_change_nothing(archive: Archive, seed: int) -> None:
    pick = Random(seed)
    codings = many(14, pick)
    pick.shuffle(codings)
    left = list(codings)
    kept: list[Coding] = []
    while left:
        size = pick.randint(1, 5)
        archive.add(left[:size])
        kept, left = kept + left[:size], left[size:]
        assert held(archive) == expected(kept)
    while len(kept) > 3:
        archive.remove(kept.pop(pick.randrange(len(kept))).article.sha256)
        assert held(archive) == expected(kept)


def test_fewer_links_are_found_where_keys_are_common(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    codings = many(14, Random(1))
    capped = len(expected(codings))
    monkeypatch.setattr(joining, "MOST_SHARING", 100)
    assert len(expected(codings)) < capped
