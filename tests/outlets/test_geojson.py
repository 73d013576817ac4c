from __future__ import annotations

import json
from typing import Any

from tests.outlets.made import COUNTRIES, coding, event, place
from whence.outlets import Collection, to_geojson
from whence.records import Coding


def written(*codings: Coding) -> dict[str, Any]:
    found = Collection(COUNTRIES)
    assert list(found.watch(codings)) == list(codings)
    parsed: dict[str, Any] = json.loads(to_geojson(found))
    return parsed


def test_a_place_of_an_event_is_a_feature_with_all_that_is_told_of_it() -> None:
    found = written(coding(event(place("Aleppo"))))
    assert set(found) == {"type", "features", "unplaced"}
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [37.15, 36.2]}
    assert feature["id"] == "uid1:20"
    assert feature["properties"] == {
        "article": "row 1",
        "title": "A title",
        "event": "e1",
        "uid": "uid1",
        "type": "ASSAULT",
        "mode": "aerial",
        "status": "happened",
        "start": "2016-05-01",
        "end": "2016-05-31",
        "actors": [{"name": "Russia", "country": "RUS", "sector": "MIL"}],
        "recipients": [],
        "trigger": "bombed",
        "trigger_at": [7, 13],
        "chain": ["Sputnik", "the ministry"],
        "confidence": 0.9,
        "place": "Aleppo",
        "place_text": "Aleppo",
        "place_at": [20, 26],
        "grain": "city",
        "country": "SYR",
        "country_name": "Syria",
        "geonames": 170063,
        "place_confidence": 0.8,
        "prio_grid": 181875,
    }


def test_what_has_no_point_is_listed_with_the_reason() -> None:
    adjective = place("Syria", use="adjective")
    found = written(coding(event(), event(place("Nowhere", None, None), number=2), event(adjective, number=3)))
    assert found["features"] == []
    assert [(told["event"], told["place"], told["reason"]) for told in found["unplaced"]] == [
        ("e1", None, "the text gives no place for it"),
        ("e2", "Nowhere", "no point is known for “Nowhere”"),
        ("e3", None, "the text gives no place for it"),
    ]


def test_numbers_that_are_no_point_of_the_earth_are_none() -> None:
    odd = [place("A", 91.0, 0.0), place("B", 0.0, 181.0), place("C", float("nan"), 0.0)]
    assert written(coding(event(*odd)))["features"] == []


def test_the_same_codings_give_the_same_bytes_in_their_order() -> None:
    codings = [coding(event(place("Aleppo"), place("Idlib", 35.9, 36.6))), coding(event(place("Homs"), number=2))]
    first, second = Collection(COUNTRIES), Collection(COUNTRIES)
    for one in codings:
        first.add(one)
        second.add(one)
    assert to_geojson(first) == to_geojson(second)
    assert [f["properties"]["place"] for f in first.features] == ["Aleppo", "Idlib", "Homs"]


def test_nothing_is_a_collection_too() -> None:
    assert written() == {"type": "FeatureCollection", "features": [], "unplaced": []}


def test_a_feature_is_a_line_whatever_the_text_holds() -> None:
    found = Collection()
    found.add(coding(event(place("A\u2028B\nC"))))
    assert len(to_geojson(found).splitlines()) == 7
    assert json.loads(to_geojson(found))["features"][0]["properties"]["place"] == "A\u2028B\nC"
