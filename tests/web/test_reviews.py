"""Reviews over HTTP and in the reader: given, listed, taken back, and what they make of an event."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from tests.web import browser, told
from tests.web.browser import needs_chromium
from tests.web.conftest import Visiting
from tests.web.made import MARKED
from whence.web import Settings, application

BASE = "http://127.0.0.1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return told.build(tmp_path / "news.db")


@pytest.fixture
def client(path: Path) -> TestClient:
    return TestClient(application(path), base_url=BASE, headers=MARKED)


@pytest.fixture
def uid(client: TestClient) -> str:
    return str(client.get("/api/articles/first").json()["events"][0]["uid"])


def give(client: TestClient, uid: str, **fields: Any) -> Any:
    return client.post("/api/reviews", json={"event": uid, "verdict": "confirm", "who": "Ama", **fields})


def test_a_review_is_kept_and_taken_back(client: TestClient, uid: str) -> None:
    radio = {"at": [0, 11], "text": "Radio Volta"}
    made = give(client, uid, verdict="correct", slot="actors", value=[radio], note="it says so itself")
    assert made.status_code == 201
    article = client.get("/api/articles/first").json()
    assert article["reviews"] == [made.json()]
    assert [one["text"] for one in article["events"][0]["actors"]] == ["defence ministry"]
    assert [one["text"] for one in article["reviewed"][0]["actors"]] == ["Radio Volta"]
    undone = client.delete(f"/api/reviews/{made.json()['id']}", params={"who": "Efua"})
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "Efua")
    assert client.get("/api/articles/first").json()["reviewed"] is None
    assert client.get("/api/reviews").json()["rows"] == []
    assert len(client.get("/api/reviews", params={"undone": True}).json()["rows"]) == 1


def test_conditions_on_reviews_are_joined(client: TestClient, uid: str) -> None:
    article = client.get("/api/articles/first").json()["article"]["sha256"]
    give(client, uid)
    for asked, count in (
        ({"event": uid, "article": article}, 1),
        ({"event": uid, "article": "0"}, 0),
        ({"who": "B"}, 0),
    ):
        assert len(client.get("/api/reviews", params=asked).json()["rows"]) == count


def test_reviews_are_listed_as_csv_too(client: TestClient, uid: str) -> None:
    give(client, uid, who="=Ama", note="a\nb")
    (row,) = csv.DictReader(io.StringIO(client.get("/api/reviews.csv", params={"event": uid}).text))
    assert (row["event"], row["verdict"], row["who"], row["note"]) == (uid, "confirm", "'=Ama", "a\nb")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"event": "none"}, "there is no event"),
        ({"slot": "weather"}, "`slot` is one of"),
        ({"verdict": "correct"}, "say which"),
        ({"verdict": "correct", "slot": "type", "value": "NONSENSE"}, "`type` is one of"),
        ({"verdict": "correct", "slot": "actors", "value": [{"at": [0, 9_999]}]}, "in code points"),
        ({"verdict": "correct", "slot": "actors", "value": [{"at": [0, 5], "text": "Other"}]}, "the article says"),
        ({"who": " "}, "`who`"),
    ],
)
def test_what_cannot_be_said_is_told(client: TestClient, uid: str, fields: dict[str, Any], told: str) -> None:
    reply = give(client, uid, **fields)
    assert (reply.status_code, reply.json()["error"]["kind"]) == (422, "review")
    assert told in reply.json()["error"]["message"]


def test_a_review_that_is_none_cannot_be_taken_back(client: TestClient) -> None:
    assert client.delete("/api/reviews/r0", params={"who": "Ama"}).status_code == 404
    assert client.delete("/api/reviews/r0").status_code == 422


def test_nothing_is_said_where_nothing_is_written(path: Path, uid: str) -> None:
    client = TestClient(application(path, Settings(read_only=True)), base_url=BASE, headers=MARKED)
    for reply in (give(client, uid), client.delete("/api/reviews/r0", params={"who": "Ama"})):
        assert (reply.status_code, reply.json()["error"]["kind"]) == (403, "read only")
    assert client.get("/api/reviews").json() == {"rows": []}


@pytest.fixture
def server(path: Path) -> Iterator[str]:
    with browser.serving(path) as address:
        yield address


def select(page: Page, words: str) -> None:
    """Selects words of the text, as a user does with the mouse."""
    page.evaluate(
        """(words) => {
          const root = document.querySelector(".highlighted");
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          const all = root.textContent;
          const place = (wanted) => {
            walker.currentNode = root;
            let left = wanted;
            while (walker.nextNode()) {
              if (left <= walker.currentNode.length) return [walker.currentNode, left];
              left -= walker.currentNode.length;
            }
          };
          const begin = all.indexOf(words);
          document.getSelection().setBaseAndExtent(...place(begin), ...place(begin + words.length));
        }""",
        words,
    )


@needs_chromium
def test_a_user_corrects_an_actor_by_selecting_words(
    server: str, client: TestClient, uid: str, visiting: Visiting
) -> None:
    with visiting(server) as visit:
        page = visit.open(f"articles/first#{uid}")
        card = page.locator(".card").first
        card.get_by_role("button", name="Right", exact=True).click()
        expect(card.get_by_role("status")).to_contain_text("Say first who you are")
        page.get_by_label("You review as").fill("Ama")
        page.get_by_label("You review as").blur()
        card.get_by_role("button", name="Correct …").click()
        form = card.get_by_role("form", name="Correct this event")
        form.get_by_label("defence ministry").uncheck()
        select(page, "navy")
        expect(form.get_by_label("Words to add")).to_have_value("navy")
        form.get_by_label("Note").fill("see below")
        form.get_by_role("button", name="Keep the correction").click()
        expect(card.locator(".reviews")).to_contain_text("Ama: Who is “navy” – see below")
        begin = told.FIRST.index("navy")
        (review,) = client.get("/api/reviews").json()["rows"]
        assert review["value"] == [{"at": [begin, begin + 4], "text": "navy"}]
        visit.go(page, "articles/first")
        page.reload()
        browser.settled(page)
        expect(page.get_by_label("You review as")).to_have_value("Ama")
        card.get_by_role("button", name="Undo").click()
        expect(card.locator(".reviews li")).to_have_count(0)
    assert client.get("/api/reviews").json()["rows"] == []


@pytest.mark.long
@needs_chromium
def test_every_slot_can_be_corrected_by_keyboard(server: str, client: TestClient, uid: str, visiting: Visiting) -> None:
    values = {"Who": "navy", "To whom": "rebels", "Where": "Keta", "When": "Sunday", "With what": "airstrikes"}
    values |= {"How many": "17", "Words": "died", "Type": "threaten", "Status": "denied"}
    with visiting(server) as visit:
        page = visit.open("articles/first")
        page.get_by_label("You review as").fill("Ama")
        card = page.locator(".card").first
        for slot, value in values.items():
            card.get_by_role("button", name="Correct …").focus()
            page.keyboard.press("Enter")
            card.get_by_label("What to correct").select_option(slot)
            card.locator("form input[maxlength='500'], form input[list]").first.fill(value)
            page.keyboard.press("Enter")
            expect(card.get_by_role("status")).to_have_text("Kept.")
            expect(card.locator("form")).to_have_count(0)
    kept = {review["slot"]: review["value"] for review in client.get("/api/reviews").json()["rows"]}
    assert (kept["type"], kept["status"], kept["time"]["text"]) == ("THREATEN", "denied", "Sunday")
    assert kept["counts"][-1]["what"] == "killed"
    assert [one["text"] for one in kept["recipients"]] == ["fighters", "rebels"]


@needs_chromium
def test_words_that_are_not_there_are_not_kept(server: str, visiting: Visiting) -> None:
    with visiting(server) as visit:
        page = visit.open("articles/first")
        page.get_by_label("You review as").fill("Ama")
        card = page.locator(".card").first
        card.get_by_role("button", name="Correct …").click()
        card.get_by_label("Words to add").fill("no such words")
        card.get_by_role("button", name="Keep the correction").click()
        expect(card.get_by_role("status")).to_contain_text("do not stand in the text")


@needs_chromium
def test_a_read_only_explorer_has_no_buttons(path: Path, client: TestClient, uid: str, visiting: Visiting) -> None:
    give(client, uid, note="seen")
    with browser.serving(path, "--read-only") as server, visiting(server) as visit:
        for address in ("articles/first", f"incidents/{uid}", f"articles/first?correct#{uid}"):
            page = visit.open(address)
            assert page.get_by_role("button", name="Right", exact=True).count() == 0
            assert page.get_by_text("Correct …").count() == 0
            assert page.get_by_label("You review as").count() == 0
            expect(page.locator(".reviews li")).to_have_text("Ama: right – seen")


def test_an_incident_has_the_reviews_of_its_tellings(client: TestClient, uid: str) -> None:
    given, other = give(client, uid).json(), give(client, uid, verdict="reject", slot="time").json()
    client.delete(f"/api/reviews/{other['id']}", params={"who": "Ama"})
    tellings = client.get(f"/api/incidents/{uid}").json()["tellings"]
    assert {telling["event"] == uid: telling["reviews"] for telling in tellings} == {True: [given], False: []}


@needs_chromium
def test_a_user_reviews_the_tellings_of_an_incident(
    server: str, client: TestClient, uid: str, visiting: Visiting
) -> None:
    with visiting(server) as visit:
        page = visit.open(f"incidents/{uid}")
        telling = page.locator(".tellings .event").filter(has_text="The Volta Post")
        telling.get_by_role("button", name="Right", exact=True).click()
        expect(telling.get_by_role("status")).to_contain_text("Say first who you are")
        expect(page.get_by_label("You review as")).to_be_focused()
        page.keyboard.type("Ama")
        telling.get_by_role("button", name="Wrong", exact=True).click()
        expect(telling.locator(".reviews")).to_contain_text("Ama: wrong")
        expect(page.locator(".reviews li")).to_have_count(1)
        telling.get_by_role("button", name="Undo: Ama: wrong").click()
        expect(page.locator(".reviews li")).to_have_count(0)

        # a correction is made where all words are, and stands in the incident
        telling.get_by_role("link", name="Correct …").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/*")
        browser.settled(page)
        form = page.locator(".card[aria-current]").get_by_role("form", name="Correct this event")
        expect(form.get_by_label("What to correct")).to_be_focused()
        form.get_by_label("Words to add").fill("navy")
        form.get_by_role("button", name="Keep the correction").click()
        expect(page.locator(".reviews")).to_contain_text("navy")
        visit.go(page, f"incidents/{uid}")
        expect(telling.locator(".reviews")).to_have_text("Ama: Who is “defence ministry”, “navy”Undo")
    (review,) = client.get("/api/reviews").json()["rows"]
    assert (review["event"], review["slot"]) == (uid, "actors")
