"""Which phrases are news outlets: those that are known, that are called so, or that are known for nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from whence.coding.actors import Identity
from whence.coding.cues import Cues
from whence.coding.tree import Tree

_SHORTEST = 3
"""Letters that an outlet's name has at least to be looked for in the site's."""
_STATELESS = frozenset({"UNO", "EUR", "IGO", "MNC"})
"""Bodies of these are no outlets unless they are known as such."""
_ACRONYM = 4
"""Letters up to which capitals behind "the" are rather an unknown body's acronym than an unknown outlet's name."""
_SUBJECTS = frozenset({"nsubj", "nmod:poss"})


def is_outlet(head: int, tree: Tree, cues: Cues, who: Callable[[int], Identity]) -> bool:
    """Whether somebody who is told something, or through whom it is said, is an outlet.

    `who` knows whom a phrase means; it is asked only where the words leave it open, for it reads the whole article.
    "Told Dnevnik", "told the broadcaster NTN24", "told the paper".
    """
    noun = tree.lemma[head].lower()
    if tree.form[head].lower() in cues.words["platforms"]:
        return False
    if tree.name(head) is None and noun in cues.words["venues"] | cues.words["occasions"]:
        return False
    phrase = tree.phrase(head, appositions=True)
    words = {tree.form[w].lower() for w in range(phrase.first, phrase.last + 1)}
    bare = phrase.first == phrase.last and tree.name(head) is None
    if words & cues.words["platforms"] or (bare and words & cues.words["means"]):
        return False
    if words & cues.words["broadcasters"]:
        return True
    identity = who(head)
    if identity.sector == "JRN":
        return True
    if words & cues.words["outlets"]:
        return _is_called_outlet(head, tree, cues, identity)
    return _is_named_body(head, tree, identity)


def _is_called_outlet(head: int, tree: Tree, cues: Cues, identity: Identity) -> bool:
    """ "The agency Mia", "the same station", "the Cape Herald"; not a petrol station, not a Security Agency."""
    near = tree.children(head, "appos", "flat", "compound", "nmod")
    kinds = [c for c in near if tree.relation[c] == "compound" and tree.upos[c] == "NOUN"]
    usual = cues.words["outlets"] | cues.words["broadcasters"] | cues.words["runs"]
    if any(tree.lemma[c].lower() not in usual for c in kinds):
        return identity.sector == "JRN"
    return identity.sector is None or any(tree.upos[c] == "PROPN" for c in near)


def is_publisher(head: int, tree: Tree, cues: Cues, site: str | None) -> bool:
    """Whether a phrase names the article's own outlet: "this newspaper", or its letters stand in the site's name."""
    phrase = tree.phrase(head)
    if any(tree.form[c].lower() in cues.words["ours"] for c in tree.children(head, "det", "nmod")):
        return True
    words = [tree.form[w].lower() for w in range(phrase.first, phrase.last + 1) if tree.upos[w] != "DET"]
    letters = "".join(c for c in "".join(words) if c.isalnum())
    return site is not None and len(letters) > _SHORTEST and letters in site.lower().replace(" ", "")


def _is_named_body(head: int, tree: Tree, identity: Identity) -> bool:
    """A name of no known kind, or of a civil body; one that reads like a person's where nobody of that name acts."""
    name = tree.name(head)
    if name is None or name.kind not in ("ORG", "MISC", "PER") or tree.upos[head] not in ("PROPN", "NOUN", "X"):
        return False
    if identity.country in _STATELESS or identity.label is not None:
        return False
    if name.kind != "PER":
        is_acronym = (
            tree.form[head].isupper() and len(tree.form[head]) <= _ACRONYM and tree.child(head, "det") is not None
        )
        return identity.sector in (None, "SOC") and not is_acronym
    titled = any(tree.upos[c] == "NOUN" or tree.deprel[c] == "nmod:desc" for c in tree.children(head))
    return not titled and not _acts(tree)[tree.form[head]]


@lru_cache(maxsize=1)
def _acts(tree: Tree) -> Counter[str]:
    """How often each form is part of a name that is a subject or an owner."""
    found: Counter[str] = Counter()
    for word, relation in enumerate(tree.deprel):
        if relation.partition(":")[0] in _SUBJECTS or relation in _SUBJECTS:
            name = tree.name(word)
            if name is not None:
                found.update(tree.form[w] for w in range(name.first, name.last + 1))
    return found
