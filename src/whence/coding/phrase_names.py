"""What a phrase calls somebody: its words without determiner, and without what follows and is no part of the name."""

from __future__ import annotations

from whence.coding.naming import initials
from whence.coding.tree import Tree
from whence.knowledge.agents import Agents
from whence.records import Name

_AFTER_NAME = 8
"""Words behind a name among which its initials in brackets are looked for."""
_LONGEST_CLAUSE = 10
"""Words behind a pronoun that are taken into what somebody is called."""
_LINKS = frozenset({"the", "of", "in", "for", "and"})
"""Words that no name ends in."""
_OPENING = frozenset({"(", "[", ",", "-", "–", "—"})
"""Marks before a phrase that are no part of it."""
_IN_NAMES = frozenset({"of", "for", "de"})
_IN_DESCRIPTIONS = _IN_NAMES | {"from", "in", "on", "at", "to", "with", "near"}
"""Prepositions that a name goes on after; a description also goes on after "from"."""
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
"""Penn tags of words with which a clause begins: "an officer whom she did not name"."""


def core(tree: Tree, head: int, agents: Agents) -> tuple[int, int]:
    """The phrase's words without determiners before and a possessive mark after."""
    phrase = tree.phrase(head)
    first, last = phrase.first, phrase.last
    while first < head and (
        tree.form[first].lower() in agents.determiners
        or tree.form[first].lower() in ("this", "that", "these", "those", "such")
        or tree.upos[first] == "CCONJ"
        or tree.form[first] in _OPENING
    ):
        first += 1
    while last > head and (tree.xpos[last] == "POS" or tree.upos[last] == "PUNCT"):
        last -= 1
    return first, last


def name_of(tree: Tree, head: int, agents: Agents) -> str:
    """The phrase without determiner, and without what follows in brackets, after a comma or most prepositions."""
    first, last = core(tree, head, agents)
    name = tree.name(head)
    if name is not None and name.kind == "ORG":
        return _body_name(tree, name, first, last)
    if tree.upos[head] in ("PRON", "DET"):  # "those who could not walk": nothing but the clause says who
        last = min(tree.phrase(head, clauses=True).last, head + _LONGEST_CLAUSE)
        if last == head < len(tree) - 1 and tree.xpos[head + 1] == "VBN":
            last = head + 1
        return tree.words(head, last)
    allowed = _IN_NAMES if tree.upos[head] == "PROPN" else _IN_DESCRIPTIONS
    for word in range(head + 1, last + 1):
        if tree.xpos[word] in _RELATIVE or tree.form[word].lower() == "there":
            last = word - 2 if tree.upos[word - 1] == "ADP" else word - 1
            break
        is_outside = tree.form[word].lower() not in allowed and (
            tree.upos[word] == "ADP" or (tree.xpos[word] == "VBG" and tree.relation[word] in ("case", "acl", "advcl"))
        )
        if is_outside or tree.form[word] in ("(", "[", ",", ";", "–", "—", ":"):
            last = word - 1
            break
    while last > head and (tree.upos[last] == "ADP" or tree.form[last].lower() == "such"):
        last -= 1  # "officials | from around the world", "institutions | such as the court"
    return tree.words(first, last)


def _body_name(tree: Tree, name: Name, first: int, last: int) -> str:
    """A body's name with whose it is before, and what follows as far as its initials in brackets tell."""
    begin, end = min(first, name.first), name.last
    described = [w for w in range(begin, name.first) if tree.form[w].lower() == "based" or tree.upos[w] == "NOUN"]
    if described or all(tree.form[w].islower() for w in range(begin, name.first)):
        begin = name.first
    while tree.form[end].lower() in _LINKS and tree.form[end + 1 : end + 2] and tree.form[end + 1][:1].isupper():
        end += 1  # the encoder left off at "in the"
    limit = min(tree.sentence(end).last, end + _AFTER_NAME)
    bracket = next((w for w in range(end + 1, limit) if tree.form[w] == "("), None)
    if bracket is not None and bracket > end + 1:
        longer = tree.words(name.first, bracket - 1)
        if tree.form[bracket + 1].lower() in initials(longer):
            end = bracket - 1
    return tree.words(begin, end)
