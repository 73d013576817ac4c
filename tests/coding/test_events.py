from __future__ import annotations

from collections.abc import Callable

import pytest

import whence
from whence import codebook
from whence.coding import events
from whence.coding.clauses import Surroundings
from whence.coding.events import EventDraft
from whence.coding.roles import Roles
from whence.coding.tree import Tree

Grow = Callable[..., Tree]

ACTIVE = """
Russia Russia PROPN NNP 2 nsubj
bombed bomb VERB VBD 0 root
rebels rebel NOUN NNS 2 obj
near near ADP IN 5 case
Homs Homs PROPN NNP 2 obl
on on ADP IN 7 case
Monday Monday PROPN NNP 2 obl
. . PUNCT . 2 punct
"""
PASSIVE = """
At at ADP IN 2 case
least least ADJ JJS 3 nmod
40 40 NUM CD 4 nummod
protesters protester NOUN NNS 6 nsubj:pass
were be AUX VBD 6 aux:pass
arrested arrest VERB VBN 0 root
and and CCONJ CC 8 cc
beaten beat VERB VBN 6 conj
by by ADP IN 10 case
police police NOUN NNS 6 obl:agent
"""
LIGHT = """
The the DET DT 2 det
army army NOUN NN 3 nsubj
carried carry VERB VBD 0 root
out out ADP RP 3 compound:prt
two two NUM CD 6 nummod
airstrikes airstrike NOUN NNS 3 obj
on on ADP IN 8 case
militants militant NOUN NNS 6 nmod
"""
URGED = """
Paris Paris PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Rwanda Rwanda PROPN NNP 2 obj
to to PART TO 5 mark
withdraw withdraw VERB VB 2 xcomp
its its PRON PRP$ 7 nmod:poss
troops troop NOUN NNS 5 obj
"""
RELATIVE = """
The the DET DT 2 det
officer officer NOUN NN 7 nsubj
who who PRON WP 4 nsubj
threatened threaten VERB VBD 2 acl:relcl
the the DET DT 6 det
judge judge NOUN NN 4 obj
resigned resign VERB VBD 0 root
"""
TALKS = """
Talks talk NOUN NNS 7 nsubj
between between ADP IN 3 case
Egypt Egypt PROPN NNP 1 nmod
and and CCONJ CC 5 cc
Sudan Sudan PROPN NNP 3 conj
will will AUX MD 7 aux
resume resume VERB VB 0 root
"""
NAME = """
The the DET DT 3 det
Defence Defence PROPN NNP 3 compound
Force Force PROPN NNP 4 nsubj
met meet VERB VBD 0 root
its its PRON PRP$ 6 nmod:poss
target target NOUN NN 4 obj
"""

STRUCK = """
Jets jet NOUN NNS 2 nsubj
struck struc VERB VBD 0 root
rebels rebel NOUN NNS 2 obj
"""
DENIED = """
Rebels rebel NOUN NNS 2 nsubj
denied deny VERB VBD 0 root
that that SCONJ IN 6 mark
they they PRON PRP 6 nsubj
had have AUX VBD 6 aux
kidnapped kidnap VERB VBN 2 ccomp
fishermen fisherman NOUN NNS 6 obj
"""
DROPPED = """
A a DET DT 2 det
helicopter helicopter NOUN NN 3 nsubj
dropped drop VERB VBD 0 root
{0} {0} NOUN NNS 3 obj
on on ADP IN 6 case
Homs Homs PROPN NNP 3 obl
"""
NEXT_DAY = """
The the DET DT 2 det
attack attack NOUN NN 7 nsubj
near near ADP IN 4 case
Homs Homs PROPN NNP 2 nmod
, , PUNCT , 2 punct
also also ADV RB 7 advmod
came come VERB VBD 0 root
a a DET DT 9 det
day day NOUN NN 7 obl
after after SCONJ IN 12 mark
rebels rebel NOUN NNS 12 nsubj
attacked attack VERB VBD 7 advcl
villagers villager NOUN NNS 12 obj
near near ADP IN 15 case
Hama Hama PROPN NNP 12 obl
"""


def find(
    tree: Tree, dates: list[tuple[int, int]] | None = None, places: list[tuple[int, int]] | None = None
) -> list[EventDraft]:
    return events.find(tree, codebook.load(), dates or [], places or [])


def words(tree: Tree, found: tuple[int, ...]) -> list[str]:
    return [tree.form[w] for w in found]


def test_subject_object_place_and_time(tree: Grow) -> None:
    grown = tree(ACTIVE, [("LOC", 0, 0), ("LOC", 4, 4), ("DATE", 6, 6)])
    (event,) = find(grown, [(6, 6)], [(0, 0), (4, 4)])
    assert (event.type, event.trigger, event.status) == ("ASSAULT", (1, 1), "happened")
    assert words(grown, event.actors) == ["Russia"]
    assert words(grown, event.recipients) == ["rebels"]
    assert words(grown, event.places) == ["Homs"]
    assert event.time == 6
    assert "bomb" in event.reason


def test_passives_are_turned_and_shared_in_coordination(tree: Grow) -> None:
    grown = tree(PASSIVE)
    arrest, beating = find(grown)
    assert (arrest.type, arrest.mode, beating.type, beating.mode) == ("COERCE", "arrest", "ASSAULT", "beat")
    assert words(grown, arrest.actors) == ["police"]
    assert words(grown, arrest.recipients) == words(grown, beating.recipients) == ["protesters"]
    assert [(c.what, c.low, c.high) for c in arrest.counts] == [("detained", 40, None)]


def test_light_verbs_give_way(tree: Grow) -> None:
    grown = tree(LIGHT)
    (event,) = find(grown)
    assert (event.trigger, event.type, event.mode) == ((5, 5), "ASSAULT", "aerial")
    assert words(grown, event.actors) == ["army"]
    assert words(grown, event.recipients) == ["militants"]


def test_demanded_acts_have_the_one_asked_as_actor(tree: Grow) -> None:
    grown = tree(URGED, [("LOC", 0, 0), ("LOC", 2, 2)])
    request, retreat = find(grown)
    assert (request.type, request.mode, request.status) == ("REQUEST", "yield", "happened")
    assert (retreat.type, retreat.mode, retreat.status) == ("RETREAT", "withdraw", "demanded")
    assert words(grown, request.recipients) == words(grown, retreat.actors) == ["Rwanda"]


def test_relative_clauses_lead_to_their_noun(tree: Grow) -> None:
    grown = tree(RELATIVE)
    threat, resignation = find(grown)
    assert words(grown, threat.actors) == words(grown, resignation.actors) == ["officer"]
    assert words(grown, threat.recipients) == ["judge"]


def test_both_sides_of_a_mutual_act_are_actors(tree: Grow) -> None:
    grown = tree(TALKS, [("LOC", 2, 2), ("LOC", 4, 4)])
    (event,) = find(grown)
    assert (event.type, event.status) == ("CONSULT", "planned")
    assert words(grown, event.actors) == ["Egypt", "Sudan"]
    assert event.recipients == ()


def test_names_and_targets_are_no_triggers(tree: Grow) -> None:
    assert find(tree(NAME, [("ORG", 1, 2)])) == []


@pytest.mark.parametrize("compact", [ACTIVE, PASSIVE, LIGHT, URGED, RELATIVE, TALKS, NAME])
def test_everything_lies_in_the_triggers_sentence(tree: Grow, compact: str) -> None:
    grown = tree(compact)
    for event in find(grown):
        assert 0 <= event.trigger[0] <= event.trigger[1] < len(grown)
        assert all(0 <= w < len(grown) for w in (*event.actors, *event.recipients))
        assert 0 < event.confidence <= 1


MEETING = """
During during ADP IN 3 case
a a DET DT 3 det
meeting meeting NOUN NN 7 obl
with with ADP IN 5 case
Abbas Abbas PROPN NNP 3 nmod
he he PRON PRP 7 nsubj
spoke speak VERB VBD 0 root
"""
BARE = """
War war NOUN NN 2 nsubj
is be AUX VBZ 3 cop
terrible terrible ADJ JJ 0 root
"""
OFFER = """
Quito Quito PROPN NNP 2 nsubj
rejected reject VERB VBD 0 root
Lima Lima PROPN NNP 5 nmod:poss
's 's PART POS 3 case
offer offer NOUN NN 2 obj
"""
THING = """
Rebels rebel NOUN NNS 2 nsubj
shelled shell VERB VBD 0 root
the the DET DT 4 det
refinery refinery NOUN NN 2 obj
"""
THEFT = """
Police police NOUN NNS 2 nsubj
arrested arrest VERB VBD 0 root
a a DET DT 4 det
burglar thief NOUN NN 2 obj
"""
FILLER = """
He he PRON PRP 2 nsubj
ate eat VERB VBD 0 root
"""


def test_those_at_a_meeting_act(tree: Grow) -> None:
    grown = tree(MEETING, [("PER", 4, 4)])
    meeting = next(e for e in find(grown) if grown.form[e.trigger[0]] == "meeting")
    assert words(grown, meeting.actors) == ["Abbas", "he"]


def test_a_bare_noun_is_no_particular_act(tree: Grow) -> None:
    assert find(tree(BARE)) == []


def test_owners_of_what_is_rejected_are_recipients(tree: Grow) -> None:
    grown = tree(OFFER, [("LOC", 0, 0), ("LOC", 2, 2)])
    rejection = next(e for e in find(grown) if e.type == "REJECT")
    assert words(grown, rejection.recipients) == ["Lima"]


def test_things_can_be_attacked(tree: Grow) -> None:
    grown = tree(THING)
    (event,) = find(grown)
    assert words(grown, event.recipients) == ["refinery"]


def test_an_irregular_past_is_its_verb_s(tree: Grow) -> None:
    (event,) = find(tree(STRUCK))
    assert (event.type, event.trigger) == ("ASSAULT", (1, 1))


@pytest.mark.parametrize(("name", "number"), [(("NORP", 5, 5), 1), (("MISC", 4, 6), 0)])
def test_a_verb_in_small_letters_is_no_name_by_itself(tree: Grow, name: tuple[str, int, int], number: int) -> None:
    found = find(tree(DENIED, [name]))
    assert [(e.type, e.mode, e.status) for e in found] == [("ASSAULT", "abduct", "denied")] * number


@pytest.mark.parametrize(("load", "expected"), [("bombs", ["aerial"]), ("leaflets", []), ("charges", [])])
def test_to_drop_bombs_is_an_attack_from_the_air(tree: Grow, load: str, expected: list[str]) -> None:
    grown = tree(DROPPED.format(load).replace("bombs bombs", "bombs bomb"), [("LOC", 5, 5)])
    assert [e.mode for e in find(grown) if e.type == "ASSAULT"] == expected


def test_a_day_later_is_elsewhere(tree: Grow) -> None:
    grown = tree(NEXT_DAY, [("LOC", 3, 3), ("LOC", 14, 14)])
    roles = Roles(grown, codebook.load())
    near = Surroundings(roles, [], [(3, 3), (14, 14)])
    assert [[near.is_days_apart(place, trigger) for place in (3, 14)] for trigger in (1, 11)] == [
        [False, True],
        [True, False],
    ]
    later = tree(NEXT_DAY.replace("day day", "moment moment"), [("LOC", 3, 3), ("LOC", 14, 14)])
    assert not Surroundings(Roles(later, codebook.load()), [], [(3, 3), (14, 14)]).is_days_apart(14, 1)


def test_ordinary_crime_is_no_event(tree: Grow) -> None:
    """A short text is given the benefit of the doubt; a long one without politics is not."""
    assert [e.type for e in find(tree(THEFT))] == ["COERCE"]
    assert find(tree(THEFT + FILLER * 60)) == []


def test_a_crowd_that_protests_is_counted_and_told_once() -> None:
    found = whence.read_text(
        "About 40,000 teachers went on strike in Lima. 20,000 people protested against the law."
    ).events
    assert [(e.type, e.mode) for e in found] == [("PROTEST", "strike"), ("PROTEST", "demo")]
    assert [[(c.what, c.low) for c in e.counts] for e in found] == [
        [("taking part", 40_000)],
        [("taking part", 20_000)],
    ]
