from __future__ import annotations

from collections.abc import Callable

import pytest

from whence import codebook
from whence.coding import events
from whence.coding.tree import Tree

Grow = Callable[..., Tree]

VERB = """
Chad Chad PROPN NNP 3 nsubj
{aux} AUX {tag} 3 aux
{verb} 0 root
envoys envoy NOUN NNS 3 obj
"""
GOVERNED = """
Chad Chad PROPN NNP 2 nsubj
{governor} VERB VBD 0 root
to to PART TO 4 mark
expel expel VERB VB 2 xcomp
envoys envoy NOUN NNS 4 obj
"""
NOUN = """
Chad Chad PROPN NNP 2 nsubj
{governor} VERB VBD 0 root
{modifier} 4 amod
attacks attack NOUN NNS 2 obj
on on ADP IN 6 case
Sudan Sudan PROPN NNP 4 nmod
"""
CONDITIONAL = """
If if SCONJ IN 3 mark
Chad Chad PROPN NNP 3 nsubj
expels expel VERB VBZ 7 advcl
envoys envoy NOUN NNS 3 obj
, , PUNCT , 7 punct
Sudan Sudan PROPN NNP 7 nsubj
protests protest VERB VBZ 0 root
"""
UNDER_A_DEMAND = """
Chad Chad PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Sudan Sudan PROPN NNP 2 obj
to to PART TO 5 mark
{verb} VERB VB 2 xcomp
the the DET DT 7 det
attacks attack NOUN NNS 5 obj
"""
COUNTERFACTUAL = """
{aux} AUX MD 4 aux
have have AUX VB 4 aux
been be AUX VBN 4 aux:pass
expelled expel VERB VBN 0 root
"""
HAD_THEY = """
Had have AUX VBD 3 aux
Chad Chad PROPN NNP 3 nsubj
expelled expel VERB VBN 7 advcl
envoys envoy NOUN NNS 3 obj
, , PUNCT , 7 punct
Sudan Sudan PROPN NNP 7 nsubj
protested protest VERB VBD 0 root
"""
APOLOGY = """
{who} PRON PRP 2 nsubj
want want VERB VBP 0 root
to to PART TO 4 mark
congratulate congratulate VERB VB 2 xcomp
Sudan Sudan PROPN NNP 4 obj
"""
SINCE = """
Chad Chad PROPN NNP 3 nsubj
has have AUX VBZ 3 aux
{verb} VERB VBN 0 root
{what} 3 obj
since since ADP IN 6 case
March March PROPN NNP 3 obl
"""
NEGATED = """
Chad Chad PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
expel expel VERB VB 0 root
envoys envoy NOUN NNS 4 obj
"""


def statuses(tree: Tree) -> dict[str, str]:
    found = events.find(tree, codebook.load(), [], [])
    return {tree.form[e.trigger[0]]: e.status for e in found}


@pytest.mark.parametrize(
    ("aux", "tag", "verb", "status"),
    [
        ("has have", "VBZ", "expelled expel VERB VBN", "happened"),
        ("is be", "VBZ", "expelling expel VERB VBG", "ongoing"),
        ("will will", "MD", "expel expel VERB VB", "planned"),
        ("may may", "MD", "expel expel VERB VB", "hypothetical"),
        ("must must", "MD", "expel expel VERB VB", "demanded"),
    ],
)
def test_auxiliaries(tree: Grow, aux: str, tag: str, verb: str, status: str) -> None:
    grown = tree(VERB.format(aux=aux, tag=tag, verb=verb), [("LOC", 0, 0)])
    assert list(statuses(grown).values()) == [status]


@pytest.mark.parametrize(
    ("governor", "status"),
    [
        ("planned plan", "planned"),
        ("refused refuse", "denied"),
        ("threatened threaten", "threatened"),
        ("continued continue", "ongoing"),
        ("managed manage", "happened"),
        ("decided decide", "happened"),
    ],
)
def test_governing_verbs(tree: Grow, governor: str, status: str) -> None:
    assert statuses(tree(GOVERNED.format(governor=governor), [("LOC", 0, 0)]))["expel"] == status


@pytest.mark.parametrize(
    ("governor", "modifier", "status"),
    [
        ("condemned condemn", "deadly deadly ADJ JJ", "happened"),
        ("feared fear", "deadly deadly ADJ JJ", "predicted"),
        ("prevented prevent", "deadly deadly ADJ JJ", "denied"),
        ("condemned condemn", "planned planned ADJ JJ", "planned"),
        ("planned plan", "new new ADJ JJ", "planned"),
        ("launched launch", "new new ADJ JJ", "happened"),
    ],
)
def test_nouns(tree: Grow, governor: str, modifier: str, status: str) -> None:
    grown = tree(NOUN.format(governor=governor, modifier=modifier), [("LOC", 0, 0), ("LOC", 5, 5)])
    assert statuses(grown)["attacks"] == status


def test_conditions_and_negation(tree: Grow) -> None:
    assert statuses(tree(CONDITIONAL, [("LOC", 1, 1), ("LOC", 5, 5)]))["expels"] == "hypothetical"
    assert statuses(tree(NEGATED, [("LOC", 0, 0)])) == {"expel": "denied"}


@pytest.mark.parametrize(
    ("verb", "status"),
    [("investigate investigate", "happened"), ("stop stop", "ongoing"), ("launch launch", "demanded")],
)
def test_what_a_demand_is_about(tree: Grow, verb: str, status: str) -> None:
    grown = tree(UNDER_A_DEMAND.format(verb=verb), [("LOC", 0, 0), ("LOC", 2, 2)])
    assert statuses(grown)["attacks"] == status


def test_what_would_have_been(tree: Grow) -> None:
    assert statuses(tree(COUNTERFACTUAL.format(aux="would would"), []))["expelled"] == "hypothetical"
    assert statuses(tree(HAD_THEY, [("LOC", 1, 1), ("LOC", 5, 5)]))["expelled"] == "hypothetical"


def test_a_speaker_does_what_the_verb_says(tree: Grow) -> None:
    assert statuses(tree(APOLOGY.format(who="We we"), [("LOC", 4, 4)]))["congratulate"] == "happened"
    assert statuses(tree(APOLOGY.format(who="They they"), [("LOC", 4, 4)]))["congratulate"] == "planned"


def test_only_what_lasts_goes_on_since_a_day(tree: Grow) -> None:
    held = tree(SINCE.format(verb="occupied occupy", what="Sudan Sudan PROPN NNP"), [("LOC", 0, 0), ("LOC", 3, 3)])
    assert statuses(held)["occupied"] == "ongoing"
    done = tree(SINCE.format(verb="bombed bomb", what="Sudan Sudan PROPN NNP"), [("LOC", 0, 0), ("LOC", 3, 3)])
    assert statuses(done)["bombed"] == "happened"
