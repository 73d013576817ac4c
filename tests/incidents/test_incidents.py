from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.made import (
    ALEPPO,
    ARMY,
    DEIR,
    IDLIB,
    ISIS,
    MINISTRY,
    MINISTRY_TOO,
    RUSSIA,
    SYRIA,
    TURKEY,
    WITNESSES,
    day,
    event,
    killed,
    told,
)  # fmt: skip
from whence.incidents import Rulings, incidents
from whence.records import Coding, Count, Incident, Mention


def sizes(*codings: Coding, rulings: Rulings | None = None) -> list[int]:
    return sorted(len(incident.tellings) for incident in incidents(codings, rulings))


def only(*codings: Coding) -> Incident:
    (found,) = incidents(codings)
    return found


def slots(incident: Incident) -> set[tuple[str, str]]:
    return {(d.slot, d.grade) for d in incident.discrepancies}


def test_two_papers_that_tell_the_same_are_one_incident() -> None:
    found = only(told("a"), told("b", places=(SYRIA,), published="2016-08-18"))
    assert {t.id for t in found.tellings} == {"a", "b"}
    assert found.place is not None
    assert found.place.name == "Aleppo"
    assert found.outlets == ("a.example", "b.example")
    assert "Russian Air Force" in found.tellings[0].why


@pytest.mark.parametrize(
    "other",
    [
        {"time": day("2016-08-28"), "published": "2016-08-29"},
        {"places": (DEIR,)},
        {"type": "PROTEST", "mode": None},
        {"status": "demanded", "time": None},
        {"actors": (TURKEY,), "places": (IDLIB,)},
    ],
)
def test_what_is_of_another_day_place_kind_or_side_is_another_incident(other: dict[str, Any]) -> None:
    assert sizes(told("a"), told("b", **other)) == [1, 1]


def test_a_paper_without_days_is_joined_by_names() -> None:
    undated: dict[str, Any] = {"published": None, "time": None}
    assert sizes(told("a", **undated), told("b", **undated)) == [2]


def test_a_chance_likeness_does_not_chain_two_incidents() -> None:
    vague = told("c", places=(SYRIA,))
    assert 3 not in sizes(told("a", places=(ALEPPO,)), told("b", places=(DEIR,)), vague)


def test_what_is_told_again_in_an_article_is_one_telling_more() -> None:
    first, second = event("u1"), event("u2", id="e2", same_as="e1", trigger=Mention("depots", (22, 28)))
    assert sizes(replace(told("a"), events=(first, second))) == [2]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_codings_changes_nothing(order: list[int]) -> None:
    codings = [
        told("a"), told("b", chain=(MINISTRY,)), told("c", places=(SYRIA,)), told("d", places=(IDLIB,)),
        told("e", status="denied", chain=(TURKEY,)), told("f", counts=(killed(5),)),
    ]  # fmt: skip
    assert incidents([codings[i] for i in order]) == incidents(codings)


def test_forty_papers_that_cite_one_ministry_are_one_origin() -> None:
    found = only(*(told(f"p{n}", chain=(MINISTRY if n % 2 else MINISTRY_TOO,)) for n in range(40)))
    (origin,) = found.origins
    assert origin.tellings == 40
    assert origin.is_party
    assert found.party_only


def test_without_a_chain_the_agency_or_the_site_is_the_origin() -> None:
    found = only(told("a", credit="AFP"), told("b", credit="AFP"), told("c"))
    assert [(o.name, o.tellings) for o in found.origins] == [("AFP", 2), ("c.example", 1)]
    assert not found.party_only


def test_a_witness_beside_a_party() -> None:
    found = only(told("a", chain=(MINISTRY,)), told("b", chain=(WITNESSES,)))
    assert {o.name: o.is_party for o in found.origins} == {MINISTRY.name: True, "witnesses": False}
    assert not found.party_only


def test_those_who_carry_a_word_are_no_origins() -> None:
    agency = replace(WITNESSES, id="a9", name="Sputnik", label="Sputnik")
    found = only(told("a", chain=(agency, MINISTRY)), told("b", chain=(MINISTRY,)))
    assert [(o.name, o.via) for o in found.origins] == [(MINISTRY.name, ("Sputnik",))]


def test_two_designations_are_a_detail() -> None:
    tu, slip = Mention("Tu-22M3 bombers", (0, 15)), Mention("Tu-23M3 long-range bombers", (0, 26))
    found = only(told("a", instruments=(tu,)), told("b", instruments=(slip,)))
    assert slots(found) == {("with what", "detail")}
    assert {found.discrepancies[0].a.text, found.discrepancies[0].b.text} == {tu.text, slip.text}


def test_a_denial_contradicts() -> None:
    found = only(told("a"), told("b", status="denied", chain=(RUSSIA,)))
    assert ("whether", "contradiction") in slots(found)
    assert found.status == "happened"


@pytest.mark.parametrize(
    ("first", "second", "later", "grade"),
    [
        (killed(12), killed(30), "2016-08-19", {("how many", "development")}),
        (killed(30), killed(12), "2016-08-19", {("how many", "contradiction")}),
        (killed(12), killed(30), "2016-08-17", {("how many", "contradiction")}),
        (killed(31), killed(32), "2016-08-17", {("how many", "detail")}),
        (killed(24, 60), killed(30), "2016-08-17", set()),
    ],
)
def test_numbers(first: Any, second: Any, later: str, grade: set[tuple[str, str]]) -> None:
    found = only(told("a", counts=(first,)), told("b", counts=(second,), published=later))
    assert slots(found) == grade


def test_a_crowd_grows_too() -> None:
    few, many = (Count(str(n), (0, 2), "taking part", n, n) for n in (800, 3000))
    march: dict[str, Any] = {"type": "PROTEST", "mode": "demo", "recipients": ()}
    found = only(told("a", counts=(few,), **march), told("b", counts=(many,), **march, published="2016-08-18"))
    assert slots(found) == {("how many", "development")}


def test_one_denial_is_shown_once_whatever_words_it_meets() -> None:
    bombed = replace(told("b"), events=(event("ub", trigger=Mention("bombed", (10, 16))),))
    found = only(told("a"), bombed, told("c", status="denied", chain=(RUSSIA,)))
    assert [d.slot for d in found.discrepancies].count("whether") == 1


def test_coarser_is_not_other_and_spelling_is_wording() -> None:
    assert slots(only(told("a"), told("b", places=(SYRIA,)))) == set()
    spelt = replace(ALEPPO, text="Halab")
    assert slots(only(told("a"), told("b", places=(spelt,)))) == {("where", "wording")}


def test_the_next_day_is_a_detail() -> None:
    assert slots(only(told("a"), told("b", time=day("2016-08-17")))) == {("when", "detail")}


def test_the_word_of_users_goes_before_all_points() -> None:
    a, b = told("a"), told("b")
    one, two = sorted((a.events[0].uid, b.events[0].uid))
    assert sizes(a, b, rulings=Rulings(two=frozenset({(one, two)}))) == [1, 1]
    far = told("far", type="PROTEST", time=day("2016-05-01"), recipients=(), places=(DEIR,))
    pair = tuple(sorted((a.events[0].uid, far.events[0].uid)))
    assert sizes(a, far, rulings=Rulings(one=frozenset({(pair[0], pair[1])}))) == [2]


def test_an_incident_told_once_is_one_too() -> None:
    found = only(told("a"))
    assert found.articles == 1
    assert found.to_dict()["tellings"][0]["event"] == found.id.removeprefix("i")


def test_a_described_rebel_contradicts_nobody_who_is_named() -> None:
    rebels = replace(ISIS, name="rebels", text="rebels", label=None, country="IRN")
    assert slots(only(told("a"), told("b", recipients=(rebels,)))) == set()


def test_to_deny_that_one_did_it_is_not_to_deny_that_it_was_done() -> None:
    rebels = replace(ISIS, name="Free Men", text="Free Men", label=None, country="SYR")
    army = replace(ARMY, name="Syrian army", text="Syrian army", country="SYR")
    struck, shelled = told("a", actors=(army,)), told("b", actors=(rebels,), chain=(MINISTRY,))
    denied = told("c", actors=(rebels,), status="denied", chain=(rebels,))
    found = only(struck, shelled, denied)
    assert {d.slot for d in found.discrepancies} == {"who", "whether"}
    sides = [{d.a.article, d.b.article} for d in found.discrepancies if d.slot == "whether"]
    assert sides == [{shelled.article.sha256, denied.article.sha256}]
    assert ("who", "contradiction") in slots(found)


def test_who_speaks_for_a_party_is_one() -> None:
    commander = replace(ISIS, name="commander of ISIS", text="a commander", label=None)
    found = only(told("a", chain=(commander,)))
    assert found.party_only
