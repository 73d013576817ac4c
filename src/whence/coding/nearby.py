"""Countries that words near a noun phrase give to those who name none themselves, and the noun by which they go."""

from __future__ import annotations

from whence.coding.origins import COMPLEMENTS, LONGEST, Origin, within
from whence.coding.phrase_names import core
from whence.coding.tree import Tree
from whence.knowledge import Knowledge
from whence.knowledge.agents import Agents
from whence.records import Name

_PLURALS = (("s", ""), ("ies", "y"), ("es", ""), ("men", "man"))
"""Endings by which a plural that the lemmatiser missed is led back."""
_OPENING = 4
"""Words with which a sentence begins, among which the country of a minister told later is looked for."""
STATES = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY"})
"""Sectors of organs that a state has one of: "the foreign ministry" is that of the country just named."""


def noun_of(tree: Tree, agents: Agents, word: int) -> str:
    """The noun as `agents.yaml` writes it, whatever number it stands in."""
    form, lemma = tree.form[word].lower(), tree.lemma[word].lower()
    if agents.knows(form):
        return form
    if agents.knows(lemma):
        return lemma
    for plural, one in _PLURALS:
        if form.endswith(plural) and agents.knows(singular := form.removesuffix(plural) + one):
            return singular
    return lemma


def leading(tree: Tree, knowledge: Knowledge, name: Name) -> Origin | None:
    """The country with which the sentence begins: "Guatemala's army will leave, Defence Minister Ana Ruiz said"."""
    first = tree.sentence(name.first).first
    return within(tree, knowledge, first, min(first + _OPENING - 1, name.first - 1))


def opening(tree: Tree, knowledge: Knowledge, head: int) -> Origin | None:
    """The country of a seat or of another organ before in the sentence: "In Paris, the foreign ministry …"."""
    agents, first = knowledge.agents, tree.sentence(head).first
    if tree.xpos[head] != "NN":
        return None
    for word in range(head - 1, first, -1):
        owned = tree.deprel[word] == "nmod:poss"
        if owned and agents.heads.get(noun_of(tree, agents, tree.head[word])) in STATES:
            country = knowledge.country(tree.form[word])
            if country is not None:
                return Origin(country.code, tree.form[word])
    if tree.form[first] != "In":
        return None
    comma = next((w for w in range(first + 1, min(first + LONGEST, head)) if tree.form[w] == ","), None)
    country = knowledge.state(tree.words(first + 1, comma - 1)) if comma is not None else None
    return Origin(country.code, tree.words(first + 1, comma - 1)) if country is not None and comma else None


def are_of_several(tree: Tree, knowledge: Knowledge, head: int) -> bool:
    """Whether adjectives give several countries to them: "Lebanese and Jordanian towns"."""
    if tree.xpos[head] not in ("NNS", "NNPS"):
        return False
    before = [tree.form[w] for w in range(core(tree, head, knowledge.agents)[0], head)]
    joined = any(form in (",", "and", "or") for form in before)
    return joined and len({c.code for c in map(knowledge.nationality, before) if c is not None}) > 1


def is_of_many(tree: Tree, knowledge: Knowledge, head: int) -> bool:
    """Whether they are said to be of several countries that are not named: "leaders of Muslim countries"."""
    for child in tree.children(head, "nmod"):
        if tree.case(child) in COMPLEMENTS and noun_of(tree, knowledge.agents, child) in knowledge.agents.lands:
            return tree.xpos[child] in ("NNS", "NNPS")
    return False


def shared(tree: Tree, knowledge: Knowledge, head: int) -> Origin | None:
    """The country before the first of a coordination holds for the others too: "Turkish police and soldiers"."""
    if tree.relation[head] != "conj" or tree.name(head) is not None or tree.children(head, "det", "nmod:poss", "amod"):
        return None
    first = tree.head[head]
    return within(tree, knowledge, tree.phrase(first).first, first - 1)


def equipment_owner(tree: Tree, knowledge: Knowledge, head: int) -> str | None:
    """The name of the state whose weapon acts ("Israeli aircraft"), by an adjective or possessive before it."""
    origin = within(tree, knowledge, core(tree, head, knowledge.agents)[0], head)
    country = knowledge.countries.get(origin.country) if origin else None
    return country.name if country else None
