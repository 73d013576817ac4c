"""The counts behind map, timeline and actors, over HTTP."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web import counted
from tools.refresh_vendored import MODULES, OUTLINES, PACKAGES, Package, wrapped
from whence.web import application
from whence.web.queries import EventConditions


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = counted.build(tmp_path_factory.mktemp("counted") / "news.db")
    return TestClient(application(path), base_url="http://127.0.0.1")


def test_days_tell_the_period_and_what_reaches_beyond_it(client: TestClient) -> None:
    found = client.get("/api/days", params={"per": "week", "place_country": "SYR", "by": "quad"}).json()
    assert (found["per"], found["by"], found["events"]) == ("week", "quad", 7)
    rows = [(row["start"], row["end"], row["longer"], row["quad"], row["events"]) for row in found["rows"]]
    assert rows == [
        ("2016-08-15", "2016-08-21", False, 4, 4),
        ("2016-08-29", "2016-09-04", False, 4, 1),
        ("2016-09-05", "2016-09-11", False, 1, 1),
        (None, None, False, 4, 1),
    ]
    longer = [row for row in client.get("/api/days", params={"per": "day"}).json()["rows"] if row["longer"]]
    assert [(row["start"], row["events"]) for row in longer] == [("2016-08-22", 1), ("2016-09-20", 1)]


def test_a_map_tells_places_as_exactly_as_they_are_known(client: TestClient) -> None:
    found = client.get("/api/map").json()
    rows = {row["name"]: (row["grain"], row["lat"], row["lon"], row["events"]) for row in found["rows"]}
    assert rows["Aleppo"] == ("city", 36.2, 37.16, 2)
    assert rows["Syria"] == ("country", 35.0, 38.0, 2)
    assert rows[counted.HOSTILE] == ("city", None, None, 1)
    assert found["left_out"] == {"places": 0, "events": 0}
    fewer = client.get("/api/map", params={"limit": 2}).json()
    assert (len(fewer["rows"]), fewer["left_out"]) == (2, {"places": 6, "events": 6})


def test_a_mark_of_the_map_finds_its_events(client: TestClient) -> None:
    for place in client.get("/api/map").json()["rows"]:
        if place["lat"] is None:
            continue
        box = ",".join(str(place[name]) for name in ("lat", "lon", "lat", "lon"))
        found = client.get("/api/events", params={"box": box, "grain": place["grain"]}).json()
        assert len(found["rows"]) == place["events"], place


def test_dyads_put_together_who_is_one(client: TestClient) -> None:
    rows = client.get("/api/dyads").json()["rows"]
    assert rows[0] == {"actor": "Syria, army", "recipient": "rebels", "quad": 4, "events": 3}
    for row in rows:
        asked = {"actor_is": row["actor"], "recipient_is": row["recipient"]}
        assert len(client.get("/api/events", params=asked).json()["rows"]) == row["events"]
    by_country = client.get("/api/dyads", params={"by": "country", "top": 1}).json()["rows"]
    assert by_country == [{"actor": "SYR", "recipient": "SYR", "quad": 4, "events": 5}]


def test_an_actor_goes_by_label_or_name(client: TestClient) -> None:
    army = client.get("/api/actors/Syria, army").json()
    assert {row["name"]: row["events"] for row in army["names"]} == {"army": 6, "guards": 1}
    assert army["parts"] == [
        {"part": "actor", "type": "ASSAULT", "quad": 4, "status": "happened", "events": 3},
        {"part": "recipient", "type": "ASSAULT", "quad": 4, "status": "happened", "events": 3},
        {"part": "recipient", "type": "CONSULT", "quad": 1, "status": "happened", "events": 1},
    ]
    assert army["partners"][0] == {"actor": "Syria, army", "recipient": "rebels", "quad": 4, "events": 3}
    narrower = client.get("/api/actors/Syria, army", params={"type": "CONSULT"}).json()
    assert [part["events"] for part in narrower["parts"]] == [1]


@pytest.mark.parametrize("address", ["days", "map", "dyads", "actors/rebels"])
def test_csv_has_the_same_rows(client: TestClient, address: str) -> None:
    told = client.get(f"/api/{address}").json()
    wanted = told.get("rows", told.get("partners"))
    reply = client.get(f"/api/{address}.csv")
    assert reply.headers["content-disposition"].endswith('.csv"')
    got = list(csv.DictReader(io.StringIO(reply.text)))
    assert [int(row["events"]) for row in got] == [row["events"] for row in wanted]
    assert set(got[0]) == set(wanted[0])


def test_an_answer_is_not_sent_twice(client: TestClient) -> None:
    for address in ("days", "map", "dyads", "actors/rebels"):
        tag = client.get(f"/api/{address}").headers["etag"]
        assert client.get(f"/api/{address}", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/days?per=decade", 422),
        ("/api/days?by=actor", 422),
        ("/api/days?limit=5", 422),
        ("/api/map?limit=0", 422),
        ("/api/map?limit=100000", 422),
        ("/api/map?after=5", 422),
        ("/api/dyads?top=1000", 422),
        ("/api/dyads?by=name", 422),
        ("/api/map?grain=planet", 422),
        ("/api/actors/nobody", 404),
        ("/api/actors/nobody.csv", 404),
        ("/api/actors/rebels?view=1", 422),
    ],
)
def test_what_cannot_be_counted_is_told(client: TestClient, address: str, status: int) -> None:
    reply = client.get(address)
    assert reply.status_code == status
    assert reply.json()["error"]["message"]


def test_the_description_has_an_example_of_each(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    for address in ("days", "map", "dyads", "actors/{name}"):
        told = paths[f"/api/{address}"]["get"]["responses"]["200"]["content"]["application/json"]
        assert told["example"].keys() >= set(told["schema"]["required"])
        assert f"/api/{address}.csv" in paths


def test_pages_hand_on_every_condition_of_events() -> None:
    module = (files("whence.web") / "static" / "filters.js").read_text(encoding="utf8")
    fields = re.search(r"EVENT_FIELDS = \[([^\]]*)\]", module)
    others = re.search(r"OTHERS = \{([^}]*)\}", module)
    assert fields and others
    named = re.findall(r'"(\w+)"', fields[1]) + re.findall(r"^  (\w+):", others[1], re.M)
    assert sorted(named) == sorted(EventConditions.model_fields)


@pytest.mark.parametrize(
    ("folder", "below", "own"), [(MODULES, "vendor", set()), (OUTLINES, "outlines", {"codes.json"})]
)
def test_what_others_wrote_is_as_listed_and_its_licences_are_served(
    client: TestClient, folder: Path, below: str, own: set[str]
) -> None:
    listed = dict(re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", (folder / "VENDORED.md").read_text(), re.M))
    assert {file.name for file in folder.iterdir()} == {*listed, "VENDORED.md", *own}
    for name, digest in listed.items():
        reply = client.get(f"/static/{below}/{name}")
        assert (reply.status_code, hashlib.sha256(reply.content).hexdigest()) == (200, digest)
    assert {f"LICENSE-{package.name}.txt" for package in PACKAGES if package.folder == folder} <= listed.keys()


def test_a_script_becomes_a_module_with_its_text_unchanged() -> None:
    package = Package("lib", "1.0", "ISC", "a test", ("lib.js",), ("one", "two"), "other")
    made = wrapped(package, "!function(e){}(exports);\n")
    assert made.splitlines()[1:] == [
        'import * as needed from "/static/vendor/other.js";',
        "const exports = {};",
        "const module = { exports };",
        "const require = () => needed;",
        "!function(e){}(exports);",
        "export const { one, two } = exports;",
    ]
