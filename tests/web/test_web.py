"""The explorer over HTTP and in a real browser: what it answers, what it refuses, and that no text becomes a page."""

from __future__ import annotations

import html
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.archive.made import VERSIONS, actor, article, coded, event
from whence import Archive
from whence.archive import filters
from whence.records import Actor, Article, Coding
from whence.web import application, guard, queries

PAYLOADS = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "</title><svg onload=document.title='owned'>",
    "javascript:document.title='owned'",
)
SCRIPTS = "Mali 🇲🇱 e\u0301tat: الجيش السوري and צבא shelled 🎯 Keta on Sunday."
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium")


def shelled(source: Article, *actors: Actor) -> Coding:
    return Coding(source, actors, (), (), (), (event(source, 1, "shelled", actors=actors),), VERSIONS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four hostile articles and one of several scripts."""
    path = tmp_path_factory.mktemp("web") / "news.db"
    made = []
    for number, words in enumerate(PAYLOADS):
        text = f"{words} troops shelled a village near Keta in week {number}."
        source = article(text, id=f"hostile-{number}", title=words, url=words, site=words)
        made.append(shelled(source, actor(text, words)))
    source = article(SCRIPTS, id="scripts", title="Scripts")
    parties = tuple(actor(SCRIPTS, name, number) for number, name in enumerate(("الجيش السوري", "צבא"), 1))
    made.append(shelled(source, *parties))
    with Archive(path) as archive:
        archive.save([coded(each, f"{number}.html", f"d{number}") for number, each in enumerate(made)])
    return path


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    return TestClient(application(path), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[str]:
    """The address of the command, run as a user runs it."""
    command = "from whence.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--archive", str(path), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate(timeout=20)


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
    assert client.request(method, "/api/events").status_code == 405


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


def test_a_taken_port_is_told(path: Path) -> None:
    from tests.commands import run

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--archive", path, "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "choose another one with --port" in result.stderr


def test_the_command_answers_at_the_address_that_it_tells(server: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server)
    with urllib.request.urlopen(f"{server}api/articles/scripts") as reply:
        assert reply.status == 200


def rendered(url: str) -> str:
    """The page as Chromium has it once its modules have run."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--virtual-time-budget=8000", "--dump-dom", url],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    return done.stdout


def visible(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@browser
@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_hostile_words_stay_words(server: str, number: int) -> None:
    page = rendered(f"{server}articles/hostile-{number}")
    assert "<title>owned" not in page
    assert not re.search(r"<(?:img|svg)\b|href=\"javascript:", page)
    assert f"{PAYLOADS[number]} troops shelled a village" in visible(page)


@browser
def test_highlights_cover_the_words_that_they_name(server: str) -> None:
    page = rendered(f"{server}articles/scripts")
    assert SCRIPTS in visible(page)
    marked = set(re.findall(r"<(?:span|a) class=\"(trigger|actor)\"[^>]*>([^<]*)<", page))
    assert {("actor", "الجيش السوري"), ("actor", "צבא"), ("trigger", "shelled")} <= marked


@browser
@pytest.mark.parametrize(("address", "words"), [("", "5 events"), ("incidents", "1 telling in 1 article")])
def test_lists_show_what_was_found(server: str, address: str, words: str) -> None:
    assert words in visible(rendered(f"{server}{address}"))
