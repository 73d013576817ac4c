"""Which date is an act's, on hand-made trees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whence import codebook
from whence.coding.reach import Reach
from whence.coding.roles import Roles
from whence.coding.time_clauses import Dates
from whence.coding.tree import Tree

Grow = Callable[..., Tree]

WHEN = """
Two two NUM CD 2 nummod
men man NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
killed kill VERB VBN 0 root
and and CCONJ CC 7 cc
others other NOUN NNS 7 nsubj:pass
wounded wound VERB VBN 4 conj
when when ADV WRB 10 advmod
gunmen gunman NOUN NNS 10 nsubj
stormed storm VERB VBD 7 advcl
Bara Bara PROPN NNP 10 obj
on on ADP IN 13 case
Sunday Sunday PROPN NNP 10 obl
. . PUNCT . 4 punct
"""
AFTER_WHEN = """
The the DET DT 2 det
truce truce NOUN NN 3 nsubj
broke break VERB VBD 0 root
on on ADP IN 5 case
Sunday Sunday PROPN NNP 3 obl
, , PUNCT , 9 punct
when when ADV WRB 9 advmod
rebels rebel NOUN NNS 9 nsubj
shelled shell VERB VBD 3 advcl
Bara Bara PROPN NNP 9 obj
. . PUNCT . 3 punct
"""
PURPOSE = """
Miners miner NOUN NNS 2 nsubj
marched march VERB VBD 0 root
on on ADP IN 4 case
Sunday Sunday PROPN NNP 2 obl
to to PART TO 6 mark
demand demand VERB VB 2 advcl
wages wage NOUN NNS 6 obj
. . PUNCT . 2 punct
"""
UNTIL_NOW = """
Miners miner NOUN NNS 2 nsubj
refused refuse VERB VBD 0 root
on on ADP IN 4 case
Sunday Sunday PROPN NNP 2 obl
to to PART TO 6 mark
negotiate negotiate VERB VB 2 xcomp
. . PUNCT . 2 punct
"""
SHARED = """
Omar Omar PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
stopped stop VERB VBN 0 root
and and CCONJ CC 5 cc
beaten beat VERB VBN 3 conj
in in ADP IN 7 case
Bara Bara PROPN NNP 3 obl
on on ADP IN 9 case
Sunday Sunday PROPN NNP 3 obl
. . PUNCT . 3 punct
"""
PHRASE = """
Nine nine NUM CD 2 nsubj
died die VERB VBD 0 root
in in ADP IN 5 case
a a DET DT 5 det
raid raid NOUN NN 2 obl
near near ADP IN 7 case
Bara Bara PROPN NNP 5 nmod
on on ADP IN 9 case
Sunday Sunday PROPN NNP 2 obl
. . PUNCT . 2 punct
"""
RELATIVE = """
They they PRON PRP 2 nsubj
left leave VERB VBD 0 root
the the DET DT 4 det
talks talk NOUN NNS 2 obj
that that PRON WDT 6 nsubj
began begin VERB VBD 4 acl:relcl
on on ADP IN 8 case
Sunday Sunday PROPN NNP 6 obl
. . PUNCT . 2 punct
"""
SUSPENDED = """
They they PRON PRP 2 nsubj
suspended suspend VERB VBD 0 root
the the DET DT 4 det
talks talk NOUN NNS 2 obj
on on ADP IN 6 case
Sunday Sunday PROPN NNP 2 obl
. . PUNCT . 2 punct
"""
INSIDE = """
Omar Omar PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
arrested arrest VERB VBN 0 root
{0} {0} ADP IN 6 case
a a DET DT 6 det
coup coup NOUN NN 3 obl
in in ADP IN 8 case
2019 2019 NUM CD 6 nmod
. . PUNCT . 3 punct
"""
REPORT = """
Lomé Lomé PROPN NNP 3 nsubj
will will AUX MD 3 aux
send send VERB VB 0 root
troops troops NOUN NNS 3 obj
, , PUNCT , 7 punct
it it PRON PRP 7 nsubj
said say VERB VBD 3 parataxis
on on ADP IN 9 case
Sunday Sunday PROPN NNP 3 obl
. . PUNCT . 3 punct
"""
INVERTED = """
Lomé Lomé PROPN NNP 3 nsubj
will will AUX MD 3 aux
send send VERB VB 0 root
troops troops NOUN NNS 3 obj
, , PUNCT , 6 punct
said say VERB VBD 3 parataxis
spokesman spokesman NOUN NN 6 nsubj
Kofi Kofi PROPN NNP 7 appos
Agbeko Agbeko PROPN NNP 8 flat
on on ADP IN 11 case
Sunday Sunday PROPN NNP 3 obl
. . PUNCT . 3 punct
"""
PHASE = """
Lomé Lomé PROPN NNP 2 nsubj
began begin VERB VBD 0 root
on on ADP IN 4 case
Sunday Sunday PROPN NNP 2 obl
sending send VERB VBG 2 xcomp
troops troops NOUN NNS 5 obj
. . PUNCT . 2 punct
"""

NOW = """
On on ADP IN 2 case
Sunday Sunday PROPN NNP 4 obl
Lomé Lomé PROPN NNP 4 nsubj
published publish VERB VBD 0 root
a a DET DT 6 det
list list NOUN NN 4 obj
of of ADP IN 8 case
groups group NOUN NNS 6 nmod
{0} {0} ADV RB 10 advmod
forbidden forbid VERB VBN 8 acl
. . PUNCT . 4 punct
"""


@pytest.mark.parametrize(
    ("compact", "date", "trigger", "is_dated"),
    [
        (WHEN, 12, "stormed", True),
        (WHEN, 12, "wounded", True),
        (WHEN, 12, "killed", True),
        (AFTER_WHEN, 4, "shelled", True),
        (PURPOSE, 3, "demand", True),
        (UNTIL_NOW, 3, "negotiate", False),
        (SHARED, 8, "stopped", True),
        (SHARED, 8, "beaten", True),
        (PHRASE, 8, "died", True),
        (PHRASE, 8, "raid", True),
        (RELATIVE, 7, "talks", True),
        (RELATIVE, 7, "left", False),
        (SUSPENDED, 5, "suspended", True),
        (SUSPENDED, 5, "talks", False),
        (INSIDE.format("during"), 7, "arrested", True),
        (INSIDE.format("after"), 7, "arrested", False),
        (INSIDE.format("after"), 7, "coup", True),
        (REPORT, 8, "said", True),
        (REPORT, 8, "send", False),
        (INVERTED, 10, "said", True),
        (INVERTED, 10, "send", False),
        (PHASE, 3, "sending", True),
        (NOW.format("now"), 1, "forbidden", True),
        (NOW.format("once"), 1, "forbidden", False),
    ],
)
def test_a_date_is_that_of_the_acts_that_happened_then(
    tree: Grow, compact: str, date: int, trigger: str, is_dated: bool
) -> None:
    grown = tree(compact)
    dates = Dates(Reach(Roles(grown, codebook.load())), [(date, date)])
    assert dates.of(grown.form.index(trigger)) == (date if is_dated else None)


def test_of_two_dates_the_clause_s_own_goes_before_a_lent_one(tree: Grow) -> None:
    grown = tree(AFTER_WHEN.replace("Bara Bara PROPN NNP 9 obj", "Monday Monday PROPN NNP 9 obl"))
    dates = Dates(Reach(Roles(grown, codebook.load())), [(4, 4), (9, 9)])
    assert [dates.of(grown.form.index(word)) for word in ("broke", "shelled")] == [4, 9]


def test_a_sentence_without_dates_has_none(tree: Grow) -> None:
    grown = tree(PURPOSE)
    assert Dates(Reach(Roles(grown, codebook.load())), []).of(1) is None
