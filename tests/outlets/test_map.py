from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import pytest
from lxml import html

from tests.outlets.made import COUNTRIES, coding, event, place
from whence import knowledge
from whence.outlets import Collection, to_html
from whence.outlets.world import outlines, projected, radii
from whence.records import Coding

PAYLOAD = '</script></title></svg><img src=x onerror=alert(1)>" onload="a()\' $script ${data} <!-- \u202e\x00 ]]>'
NOT_KNOWN = {"ATF", "HMD", "IOT", "PCN", "SGS"}
"""Codes of outlined islands that the knowledge files do not have."""


def page(*codings: Coding) -> str:
    found = Collection(COUNTRIES)
    for one in codings:
        found.add(one)
    return to_html(found)


def parsed(text: str) -> Any:
    return html.fromstring(text)


def spots(text: str) -> list[Any]:
    return list(parsed(text).xpath("//*[local-name()='g'][@data-spot]"))


def data(text: str) -> list[dict[str, Any]]:
    (found,) = parsed(text).xpath("//script[@id='data']")
    given: list[dict[str, Any]] = json.loads(found.text)
    return given


def test_events_of_one_place_share_a_spot_that_counts_them() -> None:
    homs = place("Homs", 34.7, 36.7, geonames=1)
    text = page(coding(event(place("Aleppo")), event(place("Aleppo"), number=2), event(homs, number=3)))
    labels = [spot.get("aria-label") for spot in spots(text)]
    assert labels == ["Aleppo (Syria), town or city: 2 events", "Homs (Syria), town or city: 1 event"]
    assert spots(text)[0].xpath("string(*[local-name()='text'])") == "2"
    assert [len(spot["events"]) for spot in data(text)] == [2, 1]
    assert "3 events at 2 places" in text


def test_what_is_no_point_is_drawn_as_an_area_below_the_towns() -> None:
    grains = ["city", "admin1", "other", "region", "country"]
    places = [place(grain, lat=35.0 + n, grain=grain) for n, grain in enumerate(grains)]
    found = spots(page(coding(event(*places))))
    assert [spot.get("class").split()[1] for spot in found] == ["region", "country", "admin1", "other", "city"]
    areas = [float(spot.get("data-area")) for spot in found]
    assert areas == sorted(areas, reverse=True)
    assert areas[-1] == 0 < areas[-2]


def test_a_country_is_as_wide_as_its_outline_and_a_province_narrower() -> None:
    def area(code: str, grain: str) -> float:
        return float(spots(page(coding(event(place("X", country=code, grain=grain)))))[0].get("data-area"))

    assert area("LBN", "country") < area("SYR", "country") < area("RUS", "country") <= 8
    assert area("LBN", "admin1") < area("SYR", "admin1")
    assert area("VAT", "country") == 2.0


def test_every_spot_can_be_reached_by_keyboard_and_named() -> None:
    for spot in spots(page(coding(event(place("Aleppo"), place("Syria", 35.0, 38.0, grain="country"))))):
        assert (spot.get("tabindex"), spot.get("role")) == ("0", "button")
        assert spot.get("aria-label")


def test_the_panel_tells_who_when_and_who_says_so() -> None:
    ((told,),) = [spot["events"] for spot in data(page(coding(event(place("Aleppo")))))]
    assert told["heading"] == "ASSAULT (aerial), happened"
    assert dict(told["pairs"]) == {
        "Who": "Russia [RUS MIL]",
        "When": "2016-05-01 to 2016-05-31",
        "Said by": "Sputnik > the ministry",
        "Words": "“bombed” at 7–13; place “Aleppo” at 20–26",
        "Article": "A title",
        "Confidence": "event 0.90, place 0.80",
    }


def test_what_has_no_point_is_listed() -> None:
    text = page(coding(event(), title="No place"))
    assert "Without a point: 1" in text
    assert "in <bdi>No place</bdi>: <bdi>the text gives no place for it</bdi>" in text
    assert "Every event has a point." in page()


def test_the_page_runs_its_own_script_and_style_and_asks_for_nothing() -> None:
    text = page(coding(event(place("Aleppo"))))
    policy = parsed(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    for tag in ("script", "style"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"\b(src|href|style)=|url\(|@import|fetch\(|https?:|innerHTML", text)


@pytest.mark.parametrize("slot", ["title", "name", "trigger", "unplaced"])
def test_text_of_articles_stays_text(slot: str) -> None:
    plain = parsed(page(coding(event(place("Aleppo")), event(number=2))))
    evil = place(PAYLOAD) if slot == "name" else place("Aleppo")
    nowhere = (place(PAYLOAD, None, None),) if slot == "unplaced" else ()
    fields: dict[str, Any] = {"type": PAYLOAD, "mode": PAYLOAD} if slot == "trigger" else {}
    text = page(
        coding(event(evil, **fields), event(*nowhere, number=2), title=PAYLOAD if slot == "title" else "A title")
    )
    tree = parsed(text)
    assert [e.tag for e in tree.iter() if isinstance(e.tag, str)] == [e.tag for e in plain.iter()]
    assert not tree.xpath("//@onerror | //@onload | //img")
    assert "\u202e" not in text and "\x00" not in text
    assert "onerror" in text
    assert len(data(text)) == 1


def test_the_first_view_holds_all_places_and_stays_on_the_map() -> None:
    for places in ([(36.2, 37.1)], [(-17.0, 179.9), (64.0, -150.0)], [(89.0, 0.0)], [(-89.0, -179.0)], []):
        text = page(coding(event(*(place(f"X{lat}", lat, lon, geonames=None) for lat, lon in places))))
        x, y, width, height = map(float, parsed(text).get_element_by_id("map").get("viewbox").split())
        assert width == pytest.approx(2 * height)
        assert x >= 0 and y >= 0 and x + width <= 360.01 and y + height <= 180.01
        for lat, lon in places:
            east, south = projected(lat, lon)
            assert x <= east <= x + width and y <= south <= y + height


def test_codes_of_outlines_are_those_of_countries() -> None:
    shared = files("whence") / "outlines"
    codes = json.loads((shared / "codes.json").read_text(encoding="utf8"))
    assert {code for code in codes.values() if code not in knowledge.load().countries} == NOT_KNOWN
    for scale in ("110m", "50m"):
        topology = json.loads((shared / f"countries-{scale}.json").read_text(encoding="utf8"))
        drawn = topology["objects"]["countries"]["geometries"]
        assert {country["id"] for country in drawn if "id" in country} <= codes.keys()
        assert {country["properties"]["name"] for country in drawn if "id" not in country} & codes.keys() == {"Kosovo"}


def test_the_outlines_are_those_of_the_world() -> None:
    assert outlines().count("M") == outlines().count("Z") > 200
    assert radii()["RUS"] > radii()["FRA"] > radii()["LBN"] > 0


def test_no_outline_leaps_over_the_map() -> None:
    for ring in outlines().removesuffix("Z").split("Z"):
        points = [[float(number) for number in point.split()] for point in ring.removeprefix("M").split("L")]
        assert all(0 <= y <= 180 for _, y in points)
        assert min(x for x, _ in points) < 360 and max(x for x, _ in points) > 0
        steps = zip(points, [*points[1:], points[0]], strict=True)
        assert all(abs(a[0] - b[0]) < 90 or a[1] == b[1] == 180 for a, b in steps)  # Antarctica lies along the pole
    # Fiji and Chukotka lie on both sides of the 180th meridian
    assert radii()["FJI"] < 1 < 25 < radii()["RUS"]


def test_the_same_codings_give_the_same_page() -> None:
    one = coding(event(place("Aleppo"), place("Homs", 34.7, 36.7, geonames=1)))
    assert page(one) == page(one)
