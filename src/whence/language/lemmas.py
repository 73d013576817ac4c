"""Lemmas as edits of their form: cut so many letters off the end, add some, set the case.

A rule is written `case|cut|add`, the case being `l` (lower), `t` (title) or `s` (as the form
stands); "said" -> "say" is `l|2|y`.
"""

from __future__ import annotations

_LONGEST_WITHOUT_STEM = 4
"""A form longer than this that shares no letter with its lemma gets no rule: it would fit nothing else."""


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
