"""The explorer over HTTP: what it answers, what it refuses, and what every answer carries."""

from __future__ import annotations

import re
import socket
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.archive.test_connection import older
from tests.web.made import MARKED
from whence.archive import filters
from whence.errors import ArchiveError
from whence.web import Settings, application, guard, queries


@pytest.fixture(scope="module")
def client(hostile: Path) -> TestClient:
    return TestClient(application(hostile), base_url="http://127.0.0.1")


LISTINGS = ("articles", "statements", "events", "incidents", "actors", "places", "search")


@pytest.mark.parametrize("name", LISTINGS)
def test_listings_go_on_where_the_page_before_ended(client: TestClient, name: str) -> None:
    whole = client.get(f"/api/{name}").json()["rows"]
    after: int | None = 0
    found: list[object] = []
    while after is not None:
        page = client.get(f"/api/{name}", params={"limit": 2, "after": after}).json()
        assert len(page["rows"]) <= 2
        found += page["rows"]
        after = page["next"]
    assert found == whole
    assert (name in ("statements", "places")) == (not whole)


@pytest.mark.parametrize("name", LISTINGS)
def test_csv_has_the_same_rows_and_computes_nothing(client: TestClient, name: str) -> None:
    reply = client.get(f"/api/{name}.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"].endswith('.csv"')
    assert len(reply.text.splitlines()) == 1 + len(client.get(f"/api/{name}").json()["rows"])


def test_a_condition_narrows_and_facets_count(client: TestClient) -> None:
    found = client.get("/api/search", params={"actor": "צבא"}).json()
    assert [row["article"]["id"] for row in found["rows"]] == ["scripts"]
    assert found["facets"]["counted"] == 1


def test_offsets_are_code_points(client: TestClient) -> None:
    found = client.get("/api/articles/scripts").json()
    text = found["article"]["text"]
    for each in (found["events"][0]["trigger"], *found["events"][0]["actors"]):
        begin, end = each["at"]
        assert text[begin:end] == each["text"]


def test_an_answer_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/api/events")
    again = client.get("/api/events", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/api/articles/none", 404, "not found"),
        ("/api/incidents/none", 404, "not found"),
        ("/nowhere", 404, "not found"),
        ("/static/../app.py", 404, "not found"),
        ("/static/%2e%2e%2fapp.py", 404, "not found"),
        ("/api/events?limit=0", 422, "query"),
        ("/api/events?limit=99999", 422, "query"),
        ("/api/events?since=soon", 422, "query"),
        ("/api/events?no_such_filter=1", 422, "query"),
        ("/api/events?side=actor", 422, "query"),
        ("/api/events?box=1,2,3", 422, "query"),
        ("/api/events?text=" + "x" * 9000, 414, "too large"),
    ],
)
def test_what_cannot_be_answered_is_told(client: TestClient, address: str, status: int, kind: str) -> None:
    reply = client.get(address)
    assert (reply.status_code, reply.json()["error"]["kind"]) == (status, kind)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/events", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/incidents", "/articles/scripts", "/api/events", "/static/dom.js", "/nowhere"]
)
def test_every_answer_has_the_headers(client: TestClient, address: str) -> None:
    told = client.get(address).headers
    assert {name: told[name] for name in guard.HEADERS} == guard.HEADERS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/events", headers=MARKED).status_code == 405


def test_no_page_has_a_script_or_style_of_its_own(client: TestClient) -> None:
    for address in ("/", "/incidents", "/articles/hostile-0"):
        page = client.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"(?:src|href)=\"(?![/#])", page)


def test_queries_are_the_filters_of_the_archive() -> None:
    for query, asked in (
        (queries.EventQuery, filters.EventFilters),
        (queries.IncidentQuery, filters.IncidentFilters),
        (queries.StatementQuery, filters.StatementFilters),
        (queries.ActorQuery, filters.ActorFilters),
        (queries.PlaceQuery, filters.PlaceFilters),
        (queries.ArticleQuery, filters.ArticleFilters),
    ):
        assert query.model_fields.keys() == asked.__annotations__.keys()


def test_the_description_names_every_listing(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    assert {f"/api/{name}{end}" for name in LISTINGS for end in ("", ".csv")} <= told["paths"].keys()


def test_an_older_archive_is_brought_up_to_date_unless_nothing_may_be_written(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older(path)
    with pytest.raises(ArchiveError, match="of an older whence"):
        application(path, Settings(read_only=True))
    client = TestClient(application(path), base_url="http://127.0.0.1")
    assert client.get("/api/articles").status_code == 200


def test_an_archive_that_is_missing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such archive"):
        application(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_taken_port_is_told(hostile: Path) -> None:
    from tests.commands import run

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--archive", hostile, "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "choose another one with --port" in result.stderr


def test_the_command_answers_at_the_address_that_it_tells(hostile_server: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", hostile_server)
    with urllib.request.urlopen(f"{hostile_server}api/articles/scripts") as reply:
        assert reply.status == 200
