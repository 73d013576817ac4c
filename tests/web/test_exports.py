"""Exports over HTTP: the bytes of `whence export`, what is refused, and the menu of forms in pages."""

from __future__ import annotations

import csv
import io
import itertools
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.outlets.test_export import OUTCOMES, filled
from tests.web.browser import needs_chromium
from tests.web.conftest import Visiting
from whence.cli_export import export
from whence.exporting import FORMS, TABLES
from whence.web import application, export_api

ASKED = [
    *((form, "events") for form in FORMS),
    *((form, table) for form in ("csv", "parquet") for table in TABLES[1:]),
]
"""Every form, and every table in both of its forms."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("exports") / "news.db", OUTCOMES)


@pytest.fixture
def client(path: Path) -> TestClient:
    return TestClient(application(path), base_url="http://127.0.0.1")


def printed(path: Path, form: str, table: str, *options: str) -> bytes:
    """What the command writes."""
    result = CliRunner().invoke(export, ["--archive", str(path), "--format", form, "--table", table, *options])
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def parameters(form: str, table: str, **asked: Any) -> dict[str, Any]:
    return asked | ({"table": table} if FORMS[form].has_tables else {})


@pytest.mark.parametrize(("form", "table"), ASKED)
def test_the_bytes_are_those_of_the_command(client: TestClient, path: Path, form: str, table: str) -> None:
    reply = client.get(f"/api/exports/{form}", params=parameters(form, table))
    assert reply.content == printed(path, form, table)
    assert reply.headers["content-type"] == FORMS[form].media_type
    assert reply.headers["content-length"] == str(len(reply.content))
    bare = client.get(f"/api/exports/{form}", params=parameters(form, table, without_text=True))
    assert bare.content == printed(path, form, table, "--without-text")
    assert bare.content != reply.content or table == "articles-per-day"


@pytest.mark.parametrize("form", FORMS)
def test_conditions_are_those_of_the_command(client: TestClient, path: Path, form: str) -> None:
    asked: dict[str, Any] = {
        "type": ["ASSAULT", "REJECT"],
        "since": "2020-02-01",
        "near": "5.9,1,50",
        "confidence": 0.1,
        "published_until": "2020-02-02",
        "text": "wall",
    }
    options = ["wall", "--type", "ASSAULT", "--type", "REJECT", "--since", "2020-02-01", "--near", "5.9,1,50"]
    reply = client.get(f"/api/exports/{form}", params=asked)
    assert reply.content == printed(
        path, form, "events", *options, "--confidence", "0.1", "--published-until", "2020-02-02"
    )
    assert reply.content != client.get(f"/api/exports/{form}").content


def test_incidents_take_their_own_conditions(client: TestClient) -> None:
    whole = client.get("/api/exports/csv", params={"table": "incidents"}).text.splitlines()
    none = client.get("/api/exports/csv", params={"table": "incidents", "origins": 99}).text.splitlines()
    assert len(whole) > len(none) == 1


@pytest.mark.parametrize(
    ("form", "table", "name"),
    [
        ("jsonl", "events", "codings.jsonl"),
        ("csv", "articles-per-day", "articles-per-day.csv"),
        ("parquet", "events", "events.parquet"),
        ("geojson", "events", "events.geojson"),
        ("gdelt", "events", "gdelt.tsv"),
    ],
)
def test_a_file_has_a_name_and_is_not_sent_twice(client: TestClient, form: str, table: str, name: str) -> None:
    asked = parameters(form, table)
    first = client.get(f"/api/exports/{form}", params=asked)
    assert first.headers["content-disposition"] == f'attachment; filename="{name}"'
    again = client.get(f"/api/exports/{form}", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("xml", 404, "there are jsonl, csv, parquet"),
        ("csv/x", 404, "there are jsonl, csv, parquet"),
        ("jsonl?table=actors", 422, "table: "),
        ("csv?table=persons", 422, "'articles-per-day'"),
        ("csv?table=articles&type=AID", 422, "type: not a condition on a table of articles"),
        ("csv?origins=2", 422, "origins: not a condition on a table of events"),
        ("parquet?table=actors&site=A&text=b", 422, "site, text: not a condition on a table of actors"),
        ("polecat?since=soon", 422, "since"),
        ("polecat?limit=5", 422, "limit"),
        ("csv?side=actor", 422, "side"),
    ],
)
def test_what_cannot_be_is_told(client: TestClient, address: str, status: int, words: str) -> None:
    reply = client.get(f"/api/exports/{address}")
    assert (reply.status_code, words in reply.json()["error"]["message"]) == (status, True), reply.text


def test_the_description_has_every_form_with_an_example(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    for name, form in FORMS.items():
        (told,) = paths[f"/api/exports/{name}"]["get"]["responses"]["200"]["content"].items()
        assert told[0] == form.media_type.partition(";")[0]
        assert "example" in told[1] or name == "parquet"


def test_one_is_made_at_a_time_and_few_wait(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    is_let, begun = threading.Event(), threading.Semaphore(0)
    running = itertools.count(1)
    at_once: list[int] = []
    monkeypatch.setattr(export_api, "Archive", _slow(begun, is_let, running, at_once))
    replies: list[int] = []
    asking = [
        threading.Thread(target=lambda: replies.append(client.get("/api/exports/jsonl").status_code))
        for _ in range(export_api.WAITING + 3)
    ]
    for thread in asking:
        thread.start()
    assert begun.acquire(timeout=20)
    for thread in asking:
        thread.join(0.5)
    assert replies == [429, 429]
    assert len(at_once) == 1
    is_let.set()
    for thread in asking:
        thread.join(20)
    assert sorted(replies) == [200] * (export_api.WAITING + 1) + [429, 429]


def _slow(begun: threading.Semaphore, is_let: threading.Event, running: Any, at_once: list[int]) -> Any:
    """Opens an archive, once it is let."""

    def opened(*arguments: Any, **more: Any) -> Any:
        from whence.archive import Archive

        at_once.append(next(running))
        begun.release()
        assert is_let.wait(20)
        return Archive(*arguments, **more)

    return opened


def test_an_export_ends_where_nobody_waits_for_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def left(_: Request) -> bool:
        return True

    monkeypatch.setattr(export_api, "HEED_SECONDS", 0)
    assert client.get("/api/exports/jsonl").status_code == 200
    monkeypatch.setattr(Request, "is_disconnected", left)
    assert client.get("/api/exports/jsonl").json()["error"]["kind"] == "gone"
    assert client.get("/api/exports/csv", params={"type": "REJECT"}).json()["error"]["kind"] == "gone"


def test_a_full_disk_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    reply = client.get("/api/exports/parquet")
    assert (reply.status_code, reply.json()["error"]["kind"]) == (503, "export")
    assert "No space left on device" in reply.json()["error"]["message"]


@needs_chromium
def test_a_menu_gives_every_form_with_the_conditions(told_server: str, visiting: Visiting) -> None:
    with visiting(told_server) as visit:
        page = visit.open("?type=ASSAULT&site=Keta+Courier&limit=1")
        menu = page.locator(".downloads")
        expect(menu.get_by_role("link", name="Parquet").first).to_be_hidden()
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        links = menu.get_by_role("link").all()
        addresses = [link.get_attribute("href") or "" for link in links]
        assert {urlsplit(address).path.rpartition("/")[2] for address in addresses} == FORMS.keys()
        for address in addresses:
            reply = page.request.get(told_server.rstrip("/") + address)
            assert (reply.status, "attachment" in reply.headers["content-disposition"]) == (200, True), address
            assert "site=Keta+Courier" in address
            assert "limit" not in address
        with page.expect_download() as download:
            menu.get_by_role("link", name="CSV", exact=True).first.click()
        assert download.value.suggested_filename == "events.csv"
        (row,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf8")))
        assert (row["site"], row["type"]) == ("Keta Courier", "ASSAULT")


@needs_chromium
def test_a_menu_leaves_the_words_out_where_that_is_asked(told_server: str, visiting: Visiting) -> None:
    with visiting(told_server) as visit:
        page = visit.open("")
        page.locator(".downloads summary").click()
        page.get_by_label("Without the articles’ text").check()
        with page.expect_download() as download:
            page.get_by_role("link", name="JSON lines").click()
        assert "shelled" not in Path(download.value.path()).read_text(encoding="utf8")
        assert "airstrikes" not in Path(download.value.path()).read_text(encoding="utf8")


@needs_chromium
def test_the_menu_of_incidents_has_their_own_conditions(told_server: str, visiting: Visiting) -> None:
    with visiting(told_server) as visit:
        page = visit.open("incidents?origins=5")
        page.locator(".downloads summary").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Incidents of which they tell: CSV").click()
        assert len(Path(download.value.path()).read_text(encoding="utf8").splitlines()) == 1


@needs_chromium
@pytest.mark.parametrize("address", ["map", "timeline", "actors", "actors/Syria%2C%20army"])
def test_every_page_of_events_has_the_menu(counted_server: str, visiting: Visiting, address: str) -> None:
    with visiting(counted_server) as visit:
        page = visit.open(address)
        page.locator(".downloads summary").first.click()
        with page.expect_download() as download:
            page.get_by_role("link", name="POLECAT").first.click()
        assert download.value.suggested_filename == "polecat.tsv"
