"""The paste box's address: what is coded, what is refused, what is kept."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.made import MARKED, Pasting
from whence import Archive
from whence.errors import FetchFailed, InputError
from whence.paste import Paste
from whence.web import Settings, application, code_api, turns

BASE = "http://127.0.0.1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    Archive(path).close()
    return path


@pytest.fixture
def pasting() -> Pasting:
    return Pasting()


@pytest.fixture
def client(path: Path, pasting: Pasting) -> TestClient:
    return TestClient(application(path, Settings(paste=pasting)), base_url=BASE, headers=MARKED)


def articles(path: Path) -> int:
    with Archive(path, read_only=True) as archive:
        return int(archive.articles().num_rows)


def test_a_text_is_coded_and_not_kept(client: TestClient, path: Path) -> None:
    told = client.post("/api/code", json={"text": "The", "title": "Shells", "published": "2020-02-03"}).json()
    assert (told["article"]["title"], told["events"][0]["type"], told["kept"]) == ("Shells", "ASSAULT", None)
    assert articles(path) == 0


def test_it_is_kept_if_that_is_asked(client: TestClient, path: Path) -> None:
    told = client.post("/api/code", json={"text": "The", "keep": True}).json()
    assert told["kept"] is not None
    assert client.get(f"/api/articles/{told['article']['sha256']}").json() == told
    assert articles(path) == 1


def test_nothing_is_kept_where_nothing_is_written(path: Path) -> None:
    client = TestClient(application(path, Settings(paste=Pasting(), read_only=True)), base_url=BASE, headers=MARKED)
    assert client.post("/api/code", json={"text": "The"}).status_code == 200
    reply = client.post("/api/code", json={"text": "The", "keep": True})
    assert (reply.status_code, reply.json()["error"]["kind"]) == (403, "read only")
    assert articles(path) == 0


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"text": "fail"}, 422, "not English"),
        ({}, 422, "query"),
        ({"text": "a", "url": "http://a.example"}, 422, "query"),
        ({"url": "http://a.example", "title": "b"}, 422, "query"),
        ({"url": "file:///etc/passwd"}, 422, "query"),
        ({"text": "a", "published": "soon"}, 422, "query"),
        ({"text": "a", "published": "2020-02-31"}, 422, "query"),
        ({"text": "a", "what": 1}, 422, "query"),
        ({"text": "a" * (code_api.TEXT + 1)}, 422, "query"),
        ({"text": "a\ud800"}, 422, "query"),
        ([], 422, "query"),
    ],
)
def test_what_cannot_be_coded_is_told(client: TestClient, body: Any, status: int, kind: str) -> None:
    import json

    reply = client.post("/api/code", content=json.dumps(body).encode())
    assert (reply.status_code, reply.json()["error"]["kind"]) == (status, kind)


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff", b""])
def test_what_is_no_json_is_told(client: TestClient, body: bytes) -> None:
    assert client.post("/api/code", content=body).status_code in (400, 422)


def test_only_so_many_wait(client: TestClient, pasting: Pasting) -> None:
    pasting.let.clear()
    statuses: list[int] = []
    refused = threading.Semaphore(0)

    def ask() -> None:
        reply = client.post("/api/code", json={"text": "The"})
        statuses.append(reply.status_code)
        if reply.status_code == 429:
            assert reply.headers["retry-after"] == str(turns.AGAIN_SECONDS)
            refused.release()

    threads = [threading.Thread(target=ask) for _ in range(code_api.WAITING + 3)]
    for thread in threads:
        thread.start()
    assert refused.acquire(timeout=10)
    assert refused.acquire(timeout=10)
    pasting.let.set()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * (code_api.WAITING + 1) + [429] * 2
    assert client.post("/api/code", json={"text": "The"}).status_code == 200


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://2130706433/"])
def test_an_address_of_this_machine_is_not_fetched(url: str) -> None:
    with pytest.raises(FetchFailed, match="private"):
        Paste().url(url)


def test_a_text_is_coded_in_a_process_of_its_own() -> None:
    found = Paste().text("The army shelled {the town} on Sunday, the mayor said.", "Shells", "2020-02-03")
    assert found.article.published == "2020-02-03"
    assert [event.type for event in found.events] == ["ASSAULT"]
    with pytest.raises(InputError, match="no text"):
        Paste().text(" ", None, None)
