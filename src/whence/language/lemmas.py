"""Lemmas as edits of their form: cut so many letters off the end, add some, set the case.

Forms that the training corpora know take their lemma from a table (`read_table`); rules, which
the encoder chooses, serve the others. A rule is written `case|cut|add`, the case being `l`
(lower), `t` (title) or `s` (as the form stands); "said" -> "say" is `l|2|y`.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

_LONGEST_WITHOUT_STEM = 4
"""A form longer than this that shares no letter with its lemma gets no rule: it would fit nothing else."""


Table = Mapping[tuple[str, str], str]
"""Lower-case form and universal tag to the lemma."""


def read_table(path: Path) -> Table:
    """The table of a gzipped TSV: form, tag, lemma."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {(form, tag): lemma for form, tag, lemma in rows}


def rule(form: str, lemma: str) -> str | None:
    """The rule that makes the lemma of the form, or None where no rule does."""
    low, target = form.lower(), lemma.lower()
    shared = 0
    while shared < min(len(low), len(target)) and low[shared] == target[shared]:
        shared += 1
    cut, add = len(low) - shared, target[shared:]
    if shared == 0 and cut > _LONGEST_WITHOUT_STEM:
        return None
    for case in "lts":
        made = f"{case}|{cut}|{add}"
        if apply(form, made) == lemma:
            return made
    return None


def apply(form: str, made: str) -> str:
    """The lemma that a rule makes of a form; the form itself in lower case where it is too short for the rule."""
    case, cut, add = made.split("|", 2)
    keep = len(form) - int(cut)
    if keep < 0:
        return form.lower()
    if case == "s":
        return form[:keep] + add
    lemma = form.lower()[:keep] + add
    return lemma[:1].upper() + lemma[1:] if case == "t" else lemma
