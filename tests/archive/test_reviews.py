from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.archive.made import actor, article, coding, copied, event
from tests.archive.test_connection import older, version
from whence import Archive
from whence.archive.connection import migrate, steps
from whence.archive.reviewed import reviewed
from whence.archive.reviews import Review
from whence.errors import ArchiveError
from whence.records import Coding, Mention

TEXT = "The army shelled Keta, the mayor said."
MADE = coding(TEXT)
UID = MADE.events[0].uid
SHA256 = MADE.article.sha256


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db") as made:
        made.add([MADE])
        yield made


def at(word: str, text: str = TEXT) -> tuple[int, int]:
    begin = text.index(word)
    return begin, begin + len(word)


def mention(word: str, **fields: Any) -> dict[str, Any]:
    return {"text": word, "at": at(word), **fields}


def recoded(begin: int, end: int, kind: str = "ASSAULT", **fields: Any) -> Coding:
    """The same article, its one event found elsewhere or as another type."""
    other = event(MADE.article, 1, TEXT[begin:end], type=kind, **fields)
    return dataclasses.replace(MADE, events=(other,))


def test_a_review_says_who_when_and_of_what(archive: Archive) -> None:
    kept = archive.review(UID, "reject", " Ama ", "actors", note="  not the army ")
    (found,) = archive.reviews()
    assert found == kept
    assert (kept.article, kept.event, kept.begin, kept.end, kept.type) == (SHA256, UID, *at("shelled"), "ASSAULT")
    assert (kept.verdict, kept.slot, kept.value, kept.who, kept.note) == (
        "reject",
        "actors",
        None,
        "Ama",
        "not the army",
    )
    assert kept.at.endswith("+00:00")
    assert kept.judged == {
        "actors": [
            {
                "text": "army",
                "at": list(at("army")),
                "name": "army",
                "label": "Ghana, army",
                "country": "GHA",
                "sector": "MIL",
            }
        ]
    }
    assert not kept.orphaned


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"event": "none"}, "there is no event 'none'; `whence search` prints their uids"),
        ({"verdict": "maybe"}, "`verdict` is one of confirm, reject, correct"),
        ({"slot": "colour"}, "`slot` is one of type, mode"),
        ({"verdict": "correct", "slot": None}, "a correction is of one slot"),
        ({"verdict": "confirm", "value": []}, "goes with a correction"),
        ({"who": "  "}, "`who` is the name"),
        ({"who": "x" * 201}, "1 to 200 characters"),
        ({"note": "x" * 2001}, "1 to 2,000 characters"),
        ({"slot": "type", "value": "WAR"}, "`type` is one of ACCUSE, AGREE"),
        ({"slot": "type", "value": None}, "`type` is one of"),
        ({"slot": "type", "value": ["AID"]}, "`type` is one of"),
        ({"slot": "mode", "value": "kindly"}, "`mode` of ASSAULT is one of"),
        ({"slot": "status", "value": None}, "`status` is one of demanded, denied"),
        ({"value": "army"}, "`actors` is a list of mentions"),
        ({"value": ["army"]}, r"`actors\[0\]` is a mention"),
        ({"value": [mention("army")] * 101}, "at most 100"),
        ({"value": [{"text": "army"}]}, "`at` is"),
        ({"value": [{"at": [4, 4]}]}, "end after begin"),
        ({"value": [{"at": [4, 999]}]}, "0 to 38"),
        ({"value": [{"at": [True, 8]}]}, "`at` is"),
        ({"value": [{"at": [4, 8], "text": "navy"}]}, r"at \[4, 8\] the article says 'army', not 'navy'"),
        ({"value": [mention("army", colour="red")]}, "colour, of which nothing is known; it may have at, text, name"),
        ({"value": [mention("army", country="Ghana")]}, "three capital letters"),
        ({"value": [mention("army", name=7)]}, "words or null"),
        ({"slot": "places", "value": [mention("Keta", lat=91)]}, "degrees from -90 to 90"),
        ({"slot": "places", "value": [mention("Keta", grain="hill")]}, "one of city, admin1"),
        ({"slot": "time", "value": mention("Keta", start="2020-2-3")}, "a day, YYYY-MM-DD"),
        (
            {"slot": "time", "value": mention("Keta", start="2020-02-03", end="2020-02-01")},
            "`start` is more than `end`",
        ),
        ({"slot": "counts", "value": [mention("Keta")]}, "`what` is lacking; it is one of killed"),
        ({"slot": "counts", "value": [mention("Keta", what="killed", low=-1)]}, "a whole number from 0"),
        ({"slot": "trigger", "value": None}, "`trigger` is a mention"),
    ],
)
def test_what_a_review_may_not_say_is_refused_with_what_it_may(
    archive: Archive, given: dict[str, Any], reason: str
) -> None:
    said = {"event": UID, "verdict": "correct", "who": "ama", "slot": "actors", "value": None, "note": None} | given
    with pytest.raises(ArchiveError, match=reason):
        archive.review(**said)
    assert archive.reviews() == ()


def test_corrections_are_put_in_and_the_newest_word_wins(archive: Archive) -> None:
    assert archive.reviewed(MADE) == MADE
    archive.review(UID, "correct", "ama", "status", "denied")
    archive.review(UID, "correct", "ama", "actors", [mention("mayor")])
    archive.review(UID, "correct", "efua", "status", "planned")
    archive.review(UID, "correct", "efua", "recipients", None)
    archive.review(UID, "correct", "efua", "time", None)
    archive.review(UID, "correct", "efua", "instruments", [mention("shelled")])
    (found,) = archive.reviewed(MADE).events
    assert (found.uid, found.status, found.recipients, found.time) == (UID, "planned", (), None)
    assert [a.id for a in found.actors] == ["a3"]  # the mayor is known in this article
    assert found.instruments == (Mention("shelled", (9, 16)),)
    assert found.places == MADE.events[0].places
    archive.review(UID, "confirm", "kofi", "status")  # as it was coded
    assert archive.reviewed(MADE).events[0].status == "happened"
    archive.review(UID, "confirm", "kofi")  # of slots that have no word of their own
    assert archive.reviewed(MADE).events[0].recipients == ()


def test_what_only_a_user_named_gets_a_record_of_its_own(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "actors", [mention("The army", name="navy", country="TGO", sector="MIL")])
    archive.review(UID, "correct", "ama", "places", [mention("mayor", lat=6.1, lon=1.2)])
    archive.review(UID, "correct", "ama", "time", mention("said", start="2020-02-03", end=None))
    archive.review(UID, "correct", "ama", "counts", [mention("Keta", what="killed", low=2, high=None)])
    found = archive.reviewed(MADE)
    (who,), (where,) = found.events[0].actors, found.events[0].places
    assert (who.id, who.name, who.label, who.country, who.sector, who.confidence) == (
        "a5",
        "navy",
        None,
        "TGO",
        "MIL",
        1,
    )
    assert (where.id, where.name, where.lat, where.lon, where.grain, where.use) == (
        "p2", "mayor", 6.1, 1.2, "other", "literal",
    )  # fmt: skip
    when, (how_many,) = found.events[0].time, found.events[0].counts
    assert when is not None and (when.id, when.start, when.end) == ("t2", "2020-02-03", None)
    assert (how_many.what, how_many.low, how_many.high) == ("killed", 2, None)
    assert [a.id for a in found.actors] == ["a1", "a2", "a3", "a4", "a5"]
    assert found.actors[-1].country == "TGO" and found.places[-1].lat == 6.1


def test_a_corrected_country_is_the_events_alone(archive: Archive) -> None:
    whole = {"id": "a1", "confidence": 0.9, "reason": "", **mention("army"), "country": "TGO"}
    archive.review(UID, "correct", "ama", "actors", [whole])
    found = archive.reviewed(MADE)
    (who,) = found.events[0].actors
    assert (who.id, who.country, who.label, who.reason) == ("a1", "TGO", "Ghana, army", "ama says so")
    assert found.actors == MADE.actors


def test_another_type_brings_what_follows_from_it(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "type", "PROTEST")
    with pytest.raises(ArchiveError, match="`mode` of PROTEST is one of"):
        archive.review(UID, "correct", "ama", "mode", "artillery")
    (found,) = archive.reviewed(MADE).events
    assert (found.uid, found.type, found.mode, found.quad) == (UID, "PROTEST", None, 4)
    assert found.intensity is not None and found.intensity != MADE.events[0].intensity
    archive.review(UID, "correct", "ama", "mode", "riot")
    assert archive.reviewed(MADE).events[0].mode == "riot"


def test_a_users_own_categories_are_known_from_what_was_coded(archive: Archive) -> None:
    text = "Rebels closed the school of Keta, the mayor said."
    archive.add(
        [dataclasses.replace(coding(text), events=(event(article(text), 1, "closed", type="SCHOOL", mode="shut"),))]
    )
    archive.review(UID, "correct", "ama", "type", "SCHOOL")
    archive.review(UID, "correct", "ama", "mode", "shut")
    (found,) = archive.reviewed(MADE).events
    assert (found.type, found.mode, found.quad, found.cameo) == ("SCHOOL", "shut", None, None)


@pytest.mark.parametrize("slot", [None, "type", "trigger"])
def test_a_rejected_event_is_left_out_and_what_retells_it_stands_alone(archive: Archive, slot: str | None) -> None:
    again = event(MADE.article, 2, "said", same_as="e1")
    both = dataclasses.replace(MADE, events=(*MADE.events, again))
    archive.add([both])
    kept = archive.review(UID, "reject", "ama", slot)
    (left,) = archive.reviewed(both).events
    assert (left.id, left.same_as) == ("e2", None)
    archive.undo_review(kept.id, "ama")
    assert archive.reviewed(both) == both


def test_a_rejected_slot_is_emptied_while_it_is_what_was_rejected(archive: Archive) -> None:
    archive.review(UID, "reject", "ama", "actors")
    archive.review(UID, "reject", "ama", "mode")
    archive.review(UID, "reject", "ama", "status")
    (found,) = archive.reviewed(MADE).events
    assert (found.actors, found.mode, found.status) == ((), None, "happened")
    now = recoded(*at("shelled"), actors=(actor(TEXT, "mayor", 3),))
    archive.add([now])
    assert archive.reviewed(now).events[0].actors == now.events[0].actors


def test_what_is_taken_back_stays_and_counts_for_nothing(archive: Archive) -> None:
    kept = archive.review(UID, "correct", "ama", "status", "denied")
    undone = archive.undo_review(kept.id, "efua")
    assert undone.undone_by == "efua" and undone.undone_at is not None
    assert archive.undo_review(kept.id, "kofi") == undone
    assert archive.reviews() == ()
    assert archive.reviews(undone=True) == (undone,)
    assert archive.reviewed(MADE) == MADE
    with pytest.raises(ArchiveError, match="there is no review 'r0'; `whence review` lists them"):
        archive.undo_review("r0", "ama")


def test_reviews_are_found_by_article_event_and_user(archive: Archive) -> None:
    other = coding("Rebels left Keta, the mayor said.")
    archive.add([other])
    first = archive.review(UID, "confirm", "ama")
    second = archive.review(other.events[0].uid, "confirm", "efua", "type")
    assert archive.reviews() == (first, second)
    assert archive.reviews(article=SHA256) == archive.reviews(event=UID) == archive.reviews(who="ama") == (first,)
    assert archive.reviews(event=other.events[0].uid, who="ama") == ()
    assert archive.reviews(article="\ud800") == ()


def test_reviews_outlive_a_new_coding(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "status", "denied")
    archive.review(UID, "confirm", "ama", "places")
    same = recoded(*at("shelled"))
    archive.add([same])
    (found,) = archive.reviewed(same).events
    assert found.status == "denied"
    assert [p.name for p in found.places] == ["Keta"]  # confirmed, though no longer found


def test_a_review_belongs_to_the_event_of_its_type_whose_trigger_overlaps(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "status", "denied")
    longer = recoded(9, 21)
    archive.add([longer])
    (found,) = archive.reviews(event=longer.events[0].uid)
    assert (found.event, found.begin, found.end, found.orphaned) == (longer.events[0].uid, 9, 16, False)
    assert archive.reviewed(longer).events[0].status == "denied"
    archive.add([recoded(*at("shelled"), kind="COERCE")])
    (orphan,) = archive.reviews(orphaned=True)
    assert (orphan.event, orphan.orphaned) == (UID, True)
    assert archive.reviews(event=UID) == (orphan,)
    archive.review(recoded(*at("shelled"), kind="COERCE").events[0].uid, "confirm", "efua")
    assert archive.reviews(orphaned=True) == (orphan,)
    archive.add([MADE])
    assert [r.who for r in archive.reviews(orphaned=False)] == ["ama"]


def test_a_review_finds_its_event_under_the_type_that_a_user_gave_it(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "type", "COERCE")
    archive.review(UID, "correct", "ama", "status", "denied")
    now = recoded(*at("shelled"), kind="COERCE")
    archive.add([now])
    assert not archive.reviews(orphaned=True)
    assert archive.reviewed(now).events[0].status == "denied"


def test_no_two_events_of_old_become_one(archive: Archive) -> None:
    two = dataclasses.replace(
        MADE, events=(event(MADE.article, 1, "army shelled"), event(MADE.article, 2, "shelled Keta"))
    )
    archive.add([two])
    for found, who in zip(two.events, ("ama", "efua"), strict=True):
        archive.review(found.uid, "confirm", who)
    now = recoded(*at("shelled Keta, the"))
    archive.add([now])
    assert [(r.who, r.orphaned) for r in archive.reviews()] == [("ama", True), ("efua", False)]


def test_reviews_of_an_article_that_goes_are_orphaned_and_wait(archive: Archive) -> None:
    archive.review(UID, "reject", "ama")
    archive.remove(SHA256)
    assert [r.orphaned for r in archive.reviews(article=SHA256)] == [True]
    assert archive.reviews(orphaned=False) == ()
    archive.add([MADE])
    assert archive.reviews(orphaned=True) == ()
    assert archive.reviewed(MADE).events == ()


def test_a_text_printed_twice_keeps_its_reviews(archive: Archive) -> None:
    archive.review(UID, "reject", "ama")
    earlier = coding(TEXT, id="earlier", published="2020-01-01")
    archive.add([earlier])
    archive.save([copied(article("The army shelled Keta, a mayor said."), SHA256, "c", "d3")])
    assert archive.reviews(orphaned=True) == ()


def test_reviews_are_only_added(archive: Archive, tmp_path: Path) -> None:
    archive.review(UID, "confirm", "ama")
    rows = "SELECT id, event, verdict, judged FROM reviews"
    reader = sqlite3.connect(tmp_path / "news.db")
    before = reader.execute(rows).fetchall()
    archive.review(UID, "reject", "ama")
    archive.undo_review(before[0][0], "ama")
    archive.add([recoded(9, 21)])
    archive.remove(SHA256)
    assert before[0] in reader.execute(rows).fetchall()
    reader.close()


def test_reviewed_is_a_function_of_coding_and_reviews(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "actors", [mention("The army")])
    said = archive.reviews()
    once = reviewed(MADE, said)
    assert reviewed(MADE, said) == once
    assert reviewed(once, said) == once


def test_a_coding_that_is_not_the_archives_gets_its_reviews_too(archive: Archive) -> None:
    archive.review(UID, "correct", "ama", "status", "denied")
    other = recoded(9, 21)
    assert archive.reviewed(other).events[0].status == "denied"
    assert archive.reviewed(MADE).events[0].status == "denied"


def test_an_archive_of_before_takes_reviews(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older(path)
    made = sqlite3.connect(path, isolation_level=None)
    migrate(made, steps()[:3])
    made.close()
    assert version(path) == 3
    with Archive(path) as archive:
        assert archive.reviews() == ()
        archive.review("u1", "confirm", "ama")
        assert [review.event for review in archive.reviews()] == ["u1"]
    with Archive(path, read_only=True) as archive:
        assert isinstance(archive.reviews()[0], Review)
        with pytest.raises(ArchiveError, match="may only be read"):
            archive.review("u1", "confirm", "ama")


def test_another_archives_reviews_are_taken_once_with_what_was_taken_back(archive: Archive, tmp_path: Path) -> None:
    kept = archive.review(UID, "confirm", "ama")
    with Archive(tmp_path / "other.db") as other:
        other.combine(archive)
        assert other.reviews() == archive.reviews()
        archive.undo_review(kept.id, "efua")
        other.combine(archive)
        assert other.reviews(undone=True) == archive.reviews(undone=True)
        assert other.reviews() == ()
