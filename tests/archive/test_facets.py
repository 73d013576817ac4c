"""Facets are those of the events counted one by one, and say where they are of some only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from tests.archive.test_aggregates import QUESTIONS, archive, events
from whence import Archive
from whence.archive import facets

__all__ = ["archive"]  # the fixture


def ranked(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


@pytest.mark.parametrize("filters", [*QUESTIONS, {"type": ["ASSAULT", "AID"], "status": "denied"}, {"quad": 4}])
def test_facets_are_those_of_the_events(archive: Archive, filters: dict[str, Any]) -> None:
    wanted = events(archive, filters)
    found = archive.facets(**filters)
    assert (found.counted, found.is_complete) == (len(wanted), True)
    assert found.type == ranked(event.type for event in wanted)
    assert found.status == ranked(event.status for event in wanted)
    countries = ({actor.country for actor in event.actors + event.recipients if actor.country} for event in wanted)
    assert found.country == ranked(country for some in countries for country in some)


def test_broad_questions_are_counted_in_part_and_say_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "FACETED", 20)
    found = archive.facets(country="GHA")
    assert (found.counted, found.is_complete) == (20, False)
    assert sum(count for _, count in found.type) == 20
    assert archive.facets(type="ASSAULT").is_complete


def test_paging_is_no_filter_of_facets(archive: Archive) -> None:
    with pytest.raises(TypeError, match="limit"):
        archive.facets(limit=3)
