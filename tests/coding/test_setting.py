"""Where an article plays, on hand-made analyses."""

from __future__ import annotations

from collections.abc import Callable

from whence.coding import places, setting
from whence.coding.tree import Tree
from whence.knowledge import load
from whence.records import Article

Grow = Callable[..., Tree]


def country(tree: Tree) -> str | None:
    article = Article("a", None, None, None, None, None, "en", tree.text, "")
    return setting.country(places.find(tree, load(), article), tree, load())


def test_a_place_counts_more_than_an_adjective(tree: Grow) -> None:
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
    assert country(t) == "SYR"


def test_the_lead_says_where_it_plays(tree: Grow) -> None:
    t = tree(
        """
        Police police NOUN NN 2 nsubj
        left leave VERB VBD 0 root
        Benghazi Benghazi PROPN NNP 2 obj
        for for ADP IN 5 case
        Cairo Cairo PROPN NNP 2 obl
        """,
        [("LOC", 2, 2), ("LOC", 4, 4)],
    )
    assert country(t) == "LBY"


def test_bodies_and_persons_vote_where_no_place_does(tree: Grow) -> None:
    t = tree(
        """
        The the DET DT 4 det
        Kenyan Kenyan ADJ JJ 4 compound
        Farmers farmer PROPN NNPS 4 compound
        Union Union PROPN NNP 5 nsubj
        met meet VERB VBD 0 root
        Ruto Ruto PROPN NNP 5 obj
        """,
        [("ORG", 1, 3), ("PER", 5, 5)],
    )
    assert country(t) == "KEN"


def test_a_name_of_several_countries_tells_nothing(tree: Grow) -> None:
    t = tree(
        """
        Congress Congress PROPN NNP 2 nsubj
        met meet VERB VBD 0 root
        """,
        [("ORG", 0, 0)],
    )
    assert country(t) is None


def test_an_abbreviation_is_no_place(tree: Grow) -> None:
    t = tree(
        """
        Lawyers lawyer NOUN NNS 4 nsubj
        in in ADP IN 3 case
        SC SC PROPN NNP 1 nmod
        left leave VERB VBD 0 root
        """,
        [("LOC", 2, 2)],
    )
    assert country(t) is None


def test_no_places_no_setting(tree: Grow) -> None:
    assert country(tree("Yes yes INTJ UH 0 root")) is None
