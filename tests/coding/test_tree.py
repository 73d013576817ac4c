"""The tree's questions, on hand-made analyses: phrases, subjects, prepositions, agents, mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whence.coding.tree import Phrase, Tree

Grow = Callable[..., Tree]

CONJOINED = """
The the DET DT 2 det
rebels rebel NOUN NNS 3 nsubj
stormed storm VERB VBD 0 root
the the DET DT 5 det
village village NOUN NN 3 obj
and and CCONJ CC 7 cc
burned burn VERB VBD 3 conj
it it PRON PRP 7 obj
. . PUNCT . 3 punct
"""
CONTROL = """
Kenya Kenya PROPN NNP 2 nsubj
wants want VERB VBZ 0 root
to to PART TO 4 mark
withdraw withdraw VERB VB 2 xcomp
"""
OBJECT_CONTROL = """
Kenya Kenya PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Uganda Uganda PROPN NNP 2 obj
to to PART TO 5 mark
withdraw withdraw VERB VB 2 xcomp
"""
ADVERBIAL = """
Rebels rebel NOUN NNS 2 nsubj
fled flee VERB VBD 0 root
leaving leave VERB VBG 2 advcl
weapons weapon NOUN NNS 3 obj
"""
PARTICIPLE = """
Police police NOUN NNS 2 nsubj
freed free VERB VBD 0 root
a a DET DT 4 det
reporter reporter NOUN NN 2 obj
detained detain VERB VBN 4 acl
by by ADP IN 7 case
soldiers soldier NOUN NNS 5 obl:agent
"""
RELATIVE = """
The the DET DT 2 det
judge judge NOUN NN 6 nsubj
who who PRON WP 4 nsubj
fled fled VERB VBD 2 acl:relcl
has have AUX VBZ 6 aux
returned return VERB VBN 0 root
"""
OBJECT_RELATIVE = """
The the DET DT 2 det
town town NOUN NN 5 nsubj
rebels rebel NOUN NNS 4 nsubj
shelled shell VERB VBD 2 acl:relcl
burned burn VERB VBD 0 root
"""
FINITE = """
She she PRON PRP 2 nsubj
said say VERB VBD 0 root
it it PRON PRP 4 expl
rained rain VERB VBD 2 ccomp
"""
BECAUSE = """
They they PRON PRP 2 nsubj
fled flee VERB VBD 0 root
because because ADP IN 5 case
of of ADP IN 3 fixed
hunger hunger NOUN NN 2 obl
and and CCONJ CC 7 cc
fear fear NOUN NN 5 conj
in in ADP IN 9 case
Mali Mali PROPN NNP 10 nmod:poss
's 's PART POS 9 case
"""
BY = """
Nine nine NUM CD 2 nummod
miners miner NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
killed kill VERB VBN 0 root
by by ADP IN 6 case
gunmen gunman NOUN NNS 4 obl
"""
PHRASES = """
In in ADP IN 4 case
the the DET DT 4 det
old old ADJ JJ 4 amod
capital capital NOUN NN 14 obl
of of ADP IN 6 case
Kandria Kandria PROPN NNP 4 nmod
, , PUNCT , 8 punct
Sarip Sarip PROPN NNP 4 appos
, , PUNCT , 8 punct
which which PRON WDT 11 nsubj
fell fall VERB VBD 4 acl:relcl
, , PUNCT , 4 punct
people people NOUN NNS 14 nsubj
starve starve VERB VBP 0 root
"""
COORDINATED = """
Chad Chad PROPN NNP 4 nsubj
and and CCONJ CC 3 cc
Niger Niger PROPN NNP 1 conj
agreed agree VERB VBD 0 root
( ( PUNCT -LRB- 6 punct
yesterday yesterday NOUN NN 4 obl
) ) PUNCT -RRB- 6 punct
"""


def word(tree: Tree, form: str) -> int:
    return tree.form.index(form)


@pytest.mark.parametrize(
    ("compact", "verb", "subject", "reached"),
    [
        (CONJOINED, "stormed", "rebels", "subject"),
        (CONJOINED, "burned", "rebels", "shared subject"),
        (CONTROL, "withdraw", "Kenya", "subject of the governing verb"),
        (OBJECT_CONTROL, "withdraw", "Uganda", "object of the governing verb"),
        (ADVERBIAL, "leaving", "Rebels", "subject of the main clause"),
        (PARTICIPLE, "detained", "reporter", "noun it modifies"),
        (RELATIVE, "fled", "judge", "noun it modifies"),
        (OBJECT_RELATIVE, "shelled", "rebels", "subject"),
        (BY, "killed", "miners", "subject"),
    ],
)
def test_subjects_are_inherited_with_a_reason(tree: Grow, compact: str, verb: str, subject: str, reached: str) -> None:
    grown = tree(compact)
    assert grown.subjects_through(word(grown, verb)) == (word(grown, subject), reached)


def test_a_finite_clause_inherits_no_subject(tree: Grow) -> None:
    grown = tree(FINITE)
    assert grown.subjects_through(word(grown, "rained")) is None
    assert grown.subject(word(grown, "rained")) is None


def test_prepositions_join_and_pass_on_to_conjuncts(tree: Grow) -> None:
    grown = tree(BECAUSE)
    assert grown.case(word(grown, "hunger")) == "because of"
    assert grown.case(word(grown, "fear")) == "because of"
    assert grown.case(word(grown, "Mali")) == "in"
    assert grown.case(word(grown, "They")) == ""


def test_agents_of_passives(tree: Grow) -> None:
    for compact, verb, agent in ((PARTICIPLE, "detained", "soldiers"), (BY, "killed", "gunmen")):
        grown = tree(compact)
        assert grown.is_passive(word(grown, verb))
        assert grown.agent(word(grown, verb)) == word(grown, agent)
    grown = tree(CONJOINED)
    assert not grown.is_passive(word(grown, "stormed"))
    assert grown.agent(word(grown, "stormed")) is None


def test_a_phrase_grows_by_what_is_asked_for(tree: Grow) -> None:
    grown = tree(PHRASES)
    capital = word(grown, "capital")

    def words(phrase: Phrase) -> str:
        return grown.words(phrase.first, phrase.last)

    assert words(grown.phrase(capital)) == "the old capital of Kandria"
    assert words(grown.phrase(capital, appositions=True)) == "the old capital of Kandria, Sarip"
    full = grown.phrase(capital, clauses=True, appositions=True)
    assert words(full) == "the old capital of Kandria, Sarip, which fell"
    assert capital in full
    assert word(grown, "people") not in full


def test_a_phrase_is_one_conjunct(tree: Grow) -> None:
    grown = tree(COORDINATED)
    chad, niger = word(grown, "Chad"), word(grown, "Niger")
    assert grown.phrase(chad) == Phrase(chad, chad, chad)
    assert grown.conjuncts(chad) == (chad, niger)
    assert grown.first_conjunct(niger) == chad
    assert grown.phrase(word(grown, "yesterday")).first == word(grown, "yesterday")


def test_children_by_base_or_full_relation(tree: Grow) -> None:
    grown = tree(PARTICIPLE)
    detained, soldiers = word(grown, "detained"), word(grown, "soldiers")
    assert grown.children(detained, "obl") == grown.children(detained, "obl:agent") == (soldiers,)
    assert grown.child(detained, "obj") is None
    assert list(grown.ancestors(soldiers)) == [detained, word(grown, "reporter"), word(grown, "freed")]
    assert grown.subtree(detained) == [detained, word(grown, "by"), soldiers]


def test_sentences_do_not_touch(tree: Grow) -> None:
    grown = tree(CONTROL.strip() + "\n\n" + BY.strip())
    killed = word(grown, "killed")
    assert grown.is_root(killed)
    assert grown.sentence_of[killed] == 1
    assert grown.sentence(killed).first == word(grown, "Nine")
    assert grown.subjects_through(killed) == (word(grown, "miners"), "subject")


def test_mentions_are_exact_stretches(tree: Grow) -> None:
    grown = tree(PHRASES, [("LOC", 5, 5), ("LOC", 7, 7)])
    mention = grown.mention(1, 5)
    assert (mention.text, mention.at) == ("the old capital of Kandria", (3, 29))
    assert grown.text[slice(*mention.at)] == mention.text
    name = grown.name(7)
    assert name is not None
    assert name.kind == "LOC"
    assert grown.name(3) is None
    assert grown.head_of(1, 5) == word(grown, "capital")


def test_other_lemmas_leave_the_tree_as_it_is(tree: Grow) -> None:
    grown = tree(PHRASES)
    phrase = grown.phrase(5)
    other = grown.with_lemmas(tuple(form.upper() for form in grown.form))
    assert other.lemma == other.analysis.lemma == tuple(form.upper() for form in grown.form)
    assert grown.lemma == grown.analysis.lemma != other.lemma
    assert other.phrase(5) == phrase
    assert other.head == grown.head
