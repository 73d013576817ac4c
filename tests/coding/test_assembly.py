"""Drafts made into events: identities, links to statements, retellings, places and times."""

from __future__ import annotations

import re

import pytest

from whence.pipeline import Coder
from whence.records import Coding, Event

TEXT = (
    "The rebels shelled the town of Aleppo on Monday.\n\n"
    "The army said that the rebels had shelled the town of Aleppo and had killed nine villagers.\n\n"
    "The mayor said that the rebels had told him that they would attack the city.\n\n"
    "Soldiers arrested two protesters in Damascus."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def coding(coder: Coder) -> Coding:
    return coder.read_text(TEXT, published="2024-05-14")


def of_trigger(coding: Coding, word: str) -> list[Event]:
    return [e for e in coding.events if e.trigger.text == word]


def test_a_uid_is_the_same_in_every_run(coder: Coder, coding: Coding) -> None:
    again = coder.read_text(TEXT, published="2024-05-14")
    assert [e.uid for e in again.events] == [e.uid for e in coding.events]
    assert all(re.fullmatch(r"[0-9a-f]{16}", e.uid) for e in coding.events)


def test_uids_tell_spans_and_articles_apart(coder: Coder, coding: Coding) -> None:
    uids = {e.uid for e in coding.events}
    assert len(uids) == len(coding.events) > 3
    moved = coder.read_text("It rained in the north.\n\n" + TEXT, published="2024-05-14")
    assert not uids & {e.uid for e in moved.events}


def test_a_uid_does_not_depend_on_the_publication_day(coder: Coder, coding: Coding) -> None:
    undated = coder.read_text(TEXT)
    assert [e.uid for e in undated.events] == [e.uid for e in coding.events]


def test_ids_count_in_text_order(coding: Coding) -> None:
    for letter, items in (("e", coding.events), ("a", coding.actors), ("s", coding.statements)):
        assert [item.id for item in items] == [f"{letter}{n}" for n in range(1, len(items) + 1)]
    for letter, found in (("p", coding.places), ("t", coding.times)):
        assert [item.id for item in found] == [f"{letter}{n}" for n in range(1, len(found) + 1)]
        assert [item.at for item in found] == sorted(item.at for item in found)
    begins = [e.trigger.at for e in coding.events]
    assert begins == sorted(begins)


def test_a_retelling_points_back(coding: Coding) -> None:
    first, second = of_trigger(coding, "shelled")
    assert first.same_as is None
    assert second.same_as == first.id
    assert [e.same_as for e in of_trigger(coding, "arrested")] == [None]


def test_a_denial_tells_of_the_happening_that_it_denies(coder: Coder) -> None:
    coding = coder.read_text("The rebels shelled Aleppo. The rebels denied that they had shelled Aleppo.")
    told, denied = of_trigger(coding, "shelled")
    assert denied.status == "denied"
    assert (told.same_as, denied.same_as) == (None, told.id)


def test_other_days_are_other_happenings(coder: Coder) -> None:
    coding = coder.read_text(
        "Rebels shelled the town on 3 May 2024. Rebels shelled the town again on 7 May 2024.", published="2024-05-14"
    )
    first, second = of_trigger(coding, "shelled")
    assert (first.time and first.time.start, second.time and second.time.start) == ("2024-05-03", "2024-05-07")
    assert second.same_as is None


def test_a_noun_spoken_of_as_known_tells_again(coder: Coder) -> None:
    coding = coder.read_text(
        "The rebels shelled Aleppo on Monday. The mayor said that the shelling had frightened the town."
    )
    (shelled,), (shelling,) = of_trigger(coding, "shelled"), of_trigger(coding, "shelling")
    assert shelling.same_as == shelled.id


def test_an_event_belongs_to_the_innermost_statement(coding: Coding) -> None:
    by_id = {s.id: s for s in coding.statements}
    own, told = of_trigger(coding, "shelled")
    assert own.statement is None
    assert told.statement is not None
    assert by_id[told.statement].chain == ("army",)
    (attack,) = of_trigger(coding, "attack")
    assert attack.statement is not None
    assert by_id[attack.statement].chain == ("mayor", "rebels")
    assert by_id[attack.statement].within is not None


def test_times_are_first_and_last_days(coder: Coder) -> None:
    coding = coder.read_text(
        "Rebels shelled the town on Monday. Soldiers arrested nine protesters in April.", published="2024-05-14"
    )
    (shelled,), (arrested,) = of_trigger(coding, "shelled"), of_trigger(coding, "arrested")
    assert shelled.time is not None
    assert arrested.time is not None
    assert (shelled.time.start, shelled.time.end) == ("2024-05-13", "2024-05-13")
    assert (arrested.time.start, arrested.time.end) == ("2024-04-01", "2024-04-30")
    assert shelled.time in coding.times


def test_a_range_is_numbered_with_its_ends(coder: Coder) -> None:
    coding = coder.read_text("Rebels shelled the town from 3 May to 7 May 2024, and fled on 9 May 2024.")
    assert [(t.id, t.text, t.start, t.end) for t in coding.times] == [
        ("t1", "from 3 May to 7 May 2024", "2024-05-03", "2024-05-07"),
        ("t2", "3 May", "2024-05-03", "2024-05-03"),
        ("t3", "7 May 2024", "2024-05-07", "2024-05-07"),
        ("t4", "9 May 2024", "2024-05-09", "2024-05-09"),
    ]
    (shelled,) = of_trigger(coding, "shelled")
    assert shelled.time == coding.times[0]


def test_places_of_events_are_literal_ones_of_the_coding(coding: Coding) -> None:
    (arrested,) = of_trigger(coding, "arrested")
    assert [p.name for p in arrested.places] == ["Damascus"]
    for event in coding.events:
        assert all(p in coding.places and p.use == "literal" for p in event.places)


def test_sides_are_actors_of_the_coding(coding: Coding) -> None:
    for event in coding.events:
        sides = (*event.actors, *event.recipients)
        assert set(sides) <= set(coding.actors)
        assert len(set(event.actors)) == len(event.actors)


def test_the_codebook_gives_quad_and_intensity(coder: Coder, coding: Coding) -> None:
    for event in coding.events:
        category = coder.codebook.categories[event.type]
        assert event.quad == category.quad
        assert event.contexts[: len(category.contexts)] == category.contexts
        assert event.reason.startswith("cue '")
