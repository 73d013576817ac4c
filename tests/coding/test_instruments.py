from __future__ import annotations

from collections.abc import Callable

import whence
from whence import codebook
from whence.coding import events
from whence.coding.tree import Tree

Grow = Callable[..., Tree]


def instruments(tree: Tree) -> list[str]:
    found = events.find(tree, codebook.load(), [], [])
    return [tree.mention(*words).text for event in found for words in event.instruments]


def test_subject_and_object(tree: Grow) -> None:
    grown = tree("""
        Su-34 Su-34 PROPN NNP 2 compound
        bombers bomber NOUN NNS 3 nsubj
        struck strike VERB VBD 0 root
        militants militant NOUN NNS 3 obj
    """)
    assert instruments(grown) == ["Su-34 bombers"]


def test_these_leads_back_to_what_was_named_before(tree: Grow) -> None:
    grown = tree("""
        Officers officer NOUN NNS 2 nsubj
        deployed deploy VERB VBD 0 root
        drones drone NOUN NNS 2 obj
        and and CCONJ CC 5 cc
        tanks tank NOUN NNS 3 conj
        and and CCONJ CC 8 cc
        these this PRON DT 8 nsubj
        attacked attack VERB VBD 2 conj
        rebels rebel NOUN NNS 8 obj
    """)
    found = events.find(grown, codebook.load(), [], [])
    assert [[grown.mention(*w).text for w in e.instruments] for e in found][-1] == ["drones", "tanks"]


def test_after_a_preposition(tree: Grow) -> None:
    grown = tree("""
        Rebels rebel NOUN NNS 2 nsubj
        attacked attack VERB VBD 0 root
        police police NOUN NNS 2 obj
        with with ADP IN 6 case
        home-made home-made ADJ JJ 6 amod
        rockets rocket NOUN NNS 2 obl
        on on ADP IN 8 case
        Monday Monday PROPN NNP 2 obl
    """)
    assert instruments(grown) == ["home-made rockets"]


def test_designations_alone(tree: Grow) -> None:
    grown = tree("""
        They they PRON PRP 2 nsubj
        bombed bomb VERB VBD 0 root
        Homs Homs PROPN NNP 2 obj
        with with ADP IN 5 case
        F-16s F-16s PROPN NNPS 2 obl
    """)
    assert instruments(grown) == ["F-16s"]


def test_a_type_of_aircraft_is_nobody_s_name() -> None:
    (event,) = whence.read_text("Residents said an army Su-24 had bombed the market in Nyala.").events
    assert [actor.name for actor in event.actors] == ["army Su-24"]
    assert [means.text for means in event.instruments] == ["army Su-24"]
