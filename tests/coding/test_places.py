"""Toponyms, the points they stand for and their use, on hand-made analyses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whence.coding import places
from whence.coding.places import PlaceMention
from whence.coding.tree import Tree
from whence.knowledge import load
from whence.knowledge.grid import prio_grid
from whence.records import Article

Grow = Callable[..., Tree]


def find(tree: Tree) -> dict[str, PlaceMention]:
    article = Article("a", None, None, None, None, None, "en", tree.text, "")
    found = places.find(tree, load(), article)
    for mention in found:
        begin, end = mention.place.at
        assert tree.text[begin:end] == mention.place.text
    return {m.place.text: m for m in found}


def test_provinces_in_a_list(tree: Grow) -> None:
    t = tree(
        """
        Airstrikes airstrike NOUN NNS 0 root
        in in ADP IN 4 case
        the the DET DT 4 det
        provinces province NOUN NNS 1 nmod
        of of ADP IN 6 case
        Aleppo Aleppo PROPN NNP 4 nmod
        , , PUNCT , 8 punct
        Deir Deir PROPN NNP 6 conj
        ez-Zor ez-Zor PROPN NNP 8 flat
        and and CCONJ CC 11 cc
        Idlib Idlib PROPN NNP 6 conj
        """,
        [("LOC", 5, 5), ("LOC", 7, 8), ("LOC", 10, 10)],
    )
    found = find(t)
    assert list(found) == ["Aleppo", "Deir ez-Zor", "Idlib"]
    for mention in found.values():
        place = mention.place
        assert (place.grain, place.country, place.use) == ("admin1", "SYR", "literal"), place
        assert place.lat is not None and place.lon is not None
        assert place.prio_grid == prio_grid(place.lat, place.lon)


def test_a_base_town(tree: Grow) -> None:
    t = tree(
        """
        Jets jet NOUN NNS 2 nsubj
        left leave VERB VBD 0 root
        Hamadan Hamadan PROPN NNP 2 obj
        for for ADP IN 5 case
        Syria Syria PROPN NNP 2 obl
        """,
        [("LOC", 2, 2), ("LOC", 4, 4)],
    )
    found = find(t)
    assert (found["Hamadan"].place.country, found["Hamadan"].place.use) == ("IRN", "literal")


def test_the_container_after_a_comma(tree: Grow) -> None:
    t = tree(
        """
        Fire fire NOUN NN 2 nsubj
        struck strike VERB VBD 0 root
        Paris Paris PROPN NNP 2 obj
        , , PUNCT , 5 punct
        Texas Texas PROPN NNP 3 appos
        . . PUNCT . 2 punct
        """,
        [("LOC", 2, 2), ("LOC", 4, 4)],
    )
    paris = find(t)["Paris"].place
    assert (paris.country, round(paris.lat or 0)) == ("USA", 34)


def test_without_help_the_largest(tree: Grow) -> None:
    t = tree(
        """
        It it PRON PRP 2 nsubj
        rained rain VERB VBD 0 root
        in in ADP IN 4 case
        Paris Paris PROPN NNP 2 obl
        """,
        [("LOC", 3, 3)],
    )
    assert find(t)["Paris"].place.country == "FRA"


@pytest.mark.parametrize("state", ["Moscow", "Russia"])
def test_a_state_that_acts_is_its_government(tree: Grow, state: str) -> None:
    t = tree(
        f"""
        {state} {state} PROPN NNP 2 nsubj
        urged urge VERB VBD 0 root
        Turkey Turkey PROPN NNP 2 obj
        to to PART TO 5 mark
        leave leave VERB VB 2 xcomp
        Syria Syria PROPN NNP 5 obj
        """,
        [("LOC", 0, 0), ("LOC", 2, 2), ("LOC", 5, 5)],
    )
    uses = {text: m.place.use for text, m in find(t).items()}
    assert uses == {state: "government", "Turkey": "government", "Syria": "literal"}


def test_adjectives_are_no_places_of_events(tree: Grow) -> None:
    t = tree(
        """
        The the DET DT 3 det
        Turkish Turkish ADJ JJ 3 amod
        army army NOUN NN 4 nsubj
        entered enter VERB VBD 0 root
        northern northern ADJ JJ 6 amod
        Syria Syria PROPN NNP 4 obj
        """,
        [("NORP", 1, 1), ("LOC", 5, 5)],
    )
    found = find(t)
    assert {text: m.place.use for text, m in found.items()} == {"Turkish": "adjective", "northern Syria": "literal"}
    assert found["Turkish"].place.name == "Turkey"
    assert found["northern Syria"].place.grain == "other"


def test_soil_is_a_place(tree: Grow) -> None:
    t = tree(
        """
        Troops troop NOUN NNS 2 nsubj
        stood stand VERB VBD 0 root
        on on ADP IN 5 case
        Malian Malian ADJ JJ 5 amod
        soil soil NOUN NN 2 obl
        """,
        [("NORP", 3, 3)],
    )
    place = find(t)["Malian soil"].place
    assert (place.country, place.grain, place.use) == ("MLI", "other", "literal")


def test_where_things_are_sent(tree: Grow) -> None:
    t = tree(
        """
        Russia Russia PROPN NNP 2 nsubj
        deployed deploy VERB VBD 0 root
        bombers bomber NOUN NNS 2 obj
        and and CCONJ CC 5 cc
        fighters fighter NOUN NNS 3 conj
        to to ADP IN 7 case
        Iran Iran PROPN NNP 5 nmod
        """,
        [("LOC", 0, 0), ("LOC", 6, 6)],
    )
    assert {text: m.place.use for text, m in find(t).items()} == {"Russia": "government", "Iran": "literal"}


def test_towns_taken_for_persons(tree: Grow) -> None:
    t = tree(
        """
        Fighting fighting NOUN NN 0 root
        in in ADP IN 3 case
        Idlib Idlib PROPN NNP 1 nmod
        """,
        [("PER", 2, 2)],
    )
    assert find(t)["Idlib"].place.country == "SYR"


def test_persons_are_no_places(tree: Grow) -> None:
    t = tree(
        """
        Paris Paris PROPN NNP 3 nsubj
        Hilton Hilton PROPN NNP 1 flat
        sang sing VERB VBD 0 root
        """,
        [("PER", 0, 1)],
    )
    assert find(t) == {}
