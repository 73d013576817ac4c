"""Who may ask the explorer, and from where: tokens, requests that write, and bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.commands import run
from tests.web.made import MARKED, Pasting
from whence.errors import WhenceError
from whence.web import Settings, application, guard
from whence.web.settings import HOSTS, checked_token

TOKEN = "a-token-for-these-tests"
BASE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from whence import Archive

    path = tmp_path_factory.mktemp("access") / "news.db"
    Archive(path).close()
    return path


@pytest.fixture
def locked(path: Path) -> TestClient:
    return TestClient(application(path, Settings(token=TOKEN, paste=Pasting())), base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(path: Path) -> TestClient:
    return TestClient(application(path, Settings(paste=Pasting())), base_url=BASE)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer("another-token-altogether"),
        bearer(""),
        bearer(TOKEN + "x"),
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": TOKEN},
        {"cookie": f"whence={TOKEN}"},
        {"cookie": "whence-0=; =; ;;"},
        {"authorization": "Bearer \u00fc".encode("latin-1").decode("latin-1")},
    ],
)
def test_without_the_token_nothing_is_told(locked: TestClient, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    reply = locked.get("/api/events", headers=raw)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["error"]["kind"]) == (401, "token")
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert locked.get("/api/openapi.json", headers=raw).status_code == 401  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/", "/incidents?type=ASSAULT", "/articles/a%20b", "/nowhere", "//evil.example"])
def test_pages_lead_to_the_one_that_asks_for_it(locked: TestClient, address: str) -> None:
    reply = locked.get(BASE + address)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/sign-in?to=%2F")
    assert reply.headers["content-security-policy"] == guard.POLICY


def test_the_token_opens_by_header_and_by_cookie(locked: TestClient) -> None:
    assert locked.get("/api/events", headers=bearer(TOKEN)).status_code == 200
    assert locked.get("/sign-in").status_code == 200
    assert locked.get("/static/style.css").status_code == 200
    wrong = locked.post("/api/sign-in", headers=MARKED, json={"token": "wrong"})
    assert (wrong.status_code, wrong.headers.get("set-cookie")) == (401, None)
    right = locked.post("/api/sign-in", headers=MARKED, json={"token": TOKEN})
    told = right.headers["set-cookie"]
    assert right.status_code == 204
    assert "HttpOnly" in told
    assert "SameSite=Strict" in told
    assert TOKEN not in told
    assert locked.get("/api/events").status_code == 200
    assert locked.delete("/api/sign-in", headers=MARKED).status_code == 204
    assert locked.get("/api/events").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"x-whence": ""},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_strangers_page_writes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    reply = client.post("/api/code", headers=MARKED | headers, content=b'{"text": "x"}')
    assert (reply.status_code, reply.json()["error"]["kind"]) == (403, "origin")


def test_our_own_page_may_ask(client: TestClient) -> None:
    own = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert client.post("/api/code", headers=MARKED | own, json={"text": "x"}).status_code == 200


def test_a_preflight_is_never_granted(client: TestClient) -> None:
    asked = {"origin": "http://evil.example", "access-control-request-headers": "x-whence"}
    reply = client.options("/api/code", headers=asked)
    assert reply.status_code == 405
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_a_long_body_is_refused(client: TestClient) -> None:
    long = b'{"text": "' + b"x" * guard.BODY_BYTES + b'"}'
    assert client.post("/api/code", headers=MARKED, content=long).status_code == 413

    def parts() -> Iterator[bytes]:
        yield from (long[begin : begin + 100_000] for begin in range(0, len(long), 100_000))

    assert client.post("/api/code", headers=MARKED, content=parts()).status_code == 413


def test_a_slow_body_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.01)
    headers = [(name.encode(), value.encode()) for name, value in (MARKED | {"host": "localhost"}).items()]
    scope = {"type": "http", "method": "POST", "path": "/api/code", "query_string": b"", "headers": headers}
    sent: list[guard.Message] = []

    async def never() -> guard.Message:
        await asyncio.sleep(10)
        return {}

    async def send(message: guard.Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor() as other:  # Playwright has a loop in this thread
        other.submit(asyncio.run, application(path)(scope, never, send)).result()
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("token", ["", "short", "with a space in the middle", "with\na line in the middle", "ü" * 20])
def test_a_token_that_could_be_guessed_is_none(token: str) -> None:
    with pytest.raises(WhenceError, match="at least 16"):
        checked_token(token)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--host", "0.0.0.0"), "other machines could ask at 0.0.0.0: that wants a token"),
        (("--host", "::"), "wants a token"),
        (("--allow-host", "news.example"), "names of other machines: that wants a token"),
        (("--host", "news.example"), "is no address on which to listen"),
        (("--token", "missing.txt"), "missing.txt: the token cannot be read"),
        (("--token-env", "WHENCE_NO_SUCH"), "there is no variable WHENCE_NO_SUCH"),
    ],
)
def test_what_would_open_it_to_strangers_is_refused(path: Path, options: tuple[str, ...], told: str) -> None:
    result = run("serve", "--archive", path, *options)
    assert result.exit_code == 1
    assert told in result.stderr


def test_a_token_comes_from_one_place(path: Path) -> None:
    assert run("serve", "--archive", path, "--token", "a", "--token-env", "B").exit_code == 2


def test_it_answers_to_the_names_that_it_was_given(path: Path) -> None:
    settings = Settings(token=TOKEN, hosts=HOSTS | {"news.example"})
    client = TestClient(application(path, settings), base_url="https://news.example", headers=bearer(TOKEN))
    assert client.get("/api/events").status_code == 200
    assert client.get("/api/events", headers={"host": "other.example"}).status_code == 400
