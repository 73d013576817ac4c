from __future__ import annotations

from collections.abc import Callable

import pytest

from whence import codebook
from whence.coding.roles import Roles
from whence.coding.tree import Tree

Grow = Callable[..., Tree]

ACCUSED = """
Prosecutors prosecutor NOUN NNS 2 nsubj
accused accuse VERB VBD 0 root
rebels rebel NOUN NNS 2 obj
of of SCONJ IN 5 mark
killing kill VERB VBG 2 advcl
villagers villager NOUN NNS 5 obj
"""
PLAN = """
The the DET DT 3 det
cabinet cabinet NOUN NN 5 nmod:poss
's 's PART POS 2 case
plan plan NOUN NN 0 root
to to PART TO 6 mark
deport deport VERB VB 4 acl
migrants migrant NOUN NNS 6 obj
"""
PLAN = PLAN.replace("cabinet cabinet NOUN NN 5", "cabinet cabinet NOUN NN 4").replace(
    "The the DET DT 3", "The the DET DT 2"
)
UNDER = """
The the DET DT 2 det
town town NOUN NN 3 nsubj
came come VERB VBD 0 root
under under ADP IN 6 case
rocket rocket NOUN NN 6 compound
attack attack NOUN NN 3 obl
"""
OWNER = """
Britain Britain PROPN NNP 2 nsubj
rejected reject VERB VBD 0 root
the the DET DT 4 det
companies company NOUN NNS 6 nmod:poss
' ' PART POS 4 case
assessment assessment NOUN NN 2 obj
"""
WHOM = """
The the DET DT 2 det
editor editor NOUN NN 0 root
police police NOUN NNS 4 nsubj
detained detain VERB VBD 2 acl:relcl
"""


@pytest.mark.parametrize(
    ("compact", "word", "slot", "expected"),
    [
        (ACCUSED, 4, "subject", ["rebels"]),
        (ACCUSED, 4, "object", ["villagers"]),
        (ACCUSED, 1, "subject", ["Prosecutors"]),
        (PLAN, 5, "subject", ["cabinet"]),
        (UNDER, 5, "undergoer", ["town"]),
        (OWNER, 1, "owner", ["companies"]),
        (WHOM, 3, "object", ["editor"]),
        (WHOM, 3, "subject", ["police"]),
    ],
)
def test_slots(tree: Grow, compact: str, word: int, slot: str, expected: list[str]) -> None:
    grown = tree(compact)
    roles = Roles(grown, codebook.load())
    assert [grown.form[w] for w in roles.fill(word, slot)] == expected


def test_who_can_act(tree: Grow) -> None:
    grown = tree(
        """
        Kenya Kenya PROPN NNP 2 nsubj
        sent send VERB VBD 0 root
        it it PRON PRP 2 iobj
        four four NUM CD 5 nummod
        activists activist NOUN NNS 2 obj
        by by ADP IN 7 case
        Monday Monday PROPN NNP 2 obl
        """,
        [("LOC", 0, 0), ("DATE", 6, 6)],
    )
    roles = Roles(grown, codebook.load())
    assert [grown.form[w] for w in range(len(grown)) if roles.is_actor(w)] == ["Kenya", "it", "activists"]
