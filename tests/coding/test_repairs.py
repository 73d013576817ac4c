"""Repairs of readings that cannot be, on trees made by hand."""

from __future__ import annotations

from collections.abc import Callable

from whence.coding.repairs import repaired
from whence.records import Analysis

Build = Callable[..., Analysis]


def edges(analysis: Analysis) -> dict[str, tuple[str, str]]:
    """For each word its head and relation."""
    columns = zip(analysis.form, analysis.head, analysis.deprel, strict=True)
    return {form: (analysis.form[head], relation) for form, head, relation in columns}


def test_the_words_of_a_name_are_one_phrase(analysis: Build) -> None:
    read = analysis(
        """
        She she PRON PRP 2 nsubj
        spoke speak VERB VBD 0 root
        on on ADP IN 5 case
        Lake Lake PROPN NNP 2 obl
        Goma Goma PROPN NNP 2 obl
        """,
        [("ORG", 3, 4)],
    )
    made = repaired(read)
    assert edges(made)["Goma"] == ("Lake", "flat")
    assert edges(made)["Lake"] == ("spoke", "obl")
    assert (made.form, made.begin, made.sentences) == (read.form, read.begin, read.sentences)


def test_a_station_is_more_than_the_place_in_its_name(analysis: Build) -> None:
    made = repaired(
        analysis(
            """
            She she PRON PRP 2 nsubj
            spoke speak VERB VBD 0 root
            on on ADP IN 4 case
            Radio Radio PROPN NNP 2 obl
            Goma Goma PROPN NNP 4 flat
            """,
            [("LOC", 4, 4)],
        )
    )
    assert [(n.kind, n.first, n.last) for n in made.names] == [("ORG", 3, 4)]


def test_a_name_behind_its_noun_is_an_apposition_and_loses_no_noun_of_its_own(analysis: Build) -> None:
    made = repaired(
        analysis(
            """
            the the DET DT 2 det
            newspaper newspaper NOUN NN 4 nsubj
            Zorya Zorya PROPN NNP 4 nsubj
            asked ask VERB VBD 0 root
            Regnum Regnum PROPN NNP 7 compound
            news news NOUN NN 5 flat
            agency agency NOUN NN 4 obj
            """,
            [("ORG", 2, 2), ("ORG", 4, 5)],
        )
    )
    assert edges(made)["Zorya"] == ("newspaper", "appos")
    assert [(n.first, n.last) for n in made.names] == [(2, 2), (4, 4)]


def test_a_verb_has_one_subject_and_one_object(analysis: Build) -> None:
    made = edges(
        repaired(
            analysis(
                """
                Bombers bomber NOUN NNS 2 nsubj
                launched launch VERB VBD 0 root
                strikes strike NOUN NNS 2 nsubj

                Ministers minister NOUN NNS 2 nsubj
                sent send VERB VBD 0 root
                farmers farmer NOUN NNS 2 obj
                warm warm ADJ JJ 5 amod
                greetings greeting NOUN NNS 2 obj
                """
            )
        )
    )
    assert made["Bombers"] == ("launched", "nsubj")
    assert made["strikes"] == ("launched", "obj")
    assert (made["farmers"], made["greetings"]) == (("sent", "iobj"), ("sent", "obj"))


def test_a_particle_before_a_bare_oblique_is_its_preposition(analysis: Build) -> None:
    made = edges(
        repaired(
            analysis(
                """
                They they PRON PRP 2 nsubj
                called call VERB VBD 0 root
                upon upon ADP RP 2 compound:prt
                the the DET DT 5 det
                mayor mayor NOUN NN 2 obl
                """
            )
        )
    )
    assert made["upon"] == ("mayor", "case")


def test_nouns_side_by_side_are_one_and_of_never_coordinates(analysis: Build) -> None:
    made = edges(
        repaired(
            analysis(
                """
                Party party NOUN NN 3 nsubj
                leaders leader NOUN NNS 3 nsubj
                freed free VERB VBD 0 root
                tens ten NOUN NNS 3 obj
                of of ADP IN 6 case
                men man NOUN NNS 4 conj
                """
            )
        )
    )
    assert made["Party"] == ("leaders", "compound")
    assert made["men"] == ("tens", "nmod")


def test_a_sound_tree_stays_as_it_is(analysis: Build) -> None:
    read = analysis(
        """
        Rebels rebel NOUN NNS 2 nsubj
        freed free VERB VBD 0 root
        Asha Asha PROPN NNP 2 obj
        Rao Rao PROPN NNP 3 flat
        """,
        [("PER", 2, 3)],
    )
    assert repaired(read) == read


def test_a_target_belongs_to_the_deed_not_to_who_does_it(analysis: Build) -> None:
    read = analysis(
        """
        attacks attack NOUN NNS 0 root
        by by ADP IN 3 case
        rebels rebel NOUN NNS 1 nmod
        on on ADP IN 5 case
        villages village NOUN NNS 3 nmod
        """
    )
    assert edges(repaired(read))["villages"] == ("attacks", "nmod")
    assert edges(repaired(read))["rebels"] == ("attacks", "nmod")
