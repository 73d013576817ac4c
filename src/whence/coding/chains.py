"""Through whom the words came: the carriers of a statement, outermost first.

"The ministry said in a statement, as cited by Sputnik": the ministry vouches, Sputnik carries.
Outlets that somebody told, outlets that cite or quote, outlets that carried a statement or an
interview are carriers; "told reporters" adds none (gold guide, settled questions).
"""

from __future__ import annotations

from collections.abc import Callable

from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.tree import Tree

IsOutlet = Callable[[int], bool]
"""Whether the phrase of a head word is a named news outlet."""


def add_carriers(draft: Draft, tree: Tree, cues: Cues, is_outlet: IsOutlet) -> None:
    """Fills `draft.carriers`; where the source only cites somebody else, that one becomes the source."""
    carriers = list(draft.carriers)
    anchor = draft.anchor
    if draft.goes_on:
        return
    carriers += _cited_by(anchor, tree, cues)
    if draft.source is not None and draft.source != anchor:
        carriers += _modified_by(draft.source, tree, cues)
    elif draft.source == anchor:
        carriers += _modified_by(anchor, tree, cues)
    carriers += [c for c in _told(anchor, tree) if is_outlet(c) or _is_called_outlet(c, tree, cues)]
    carriers += [c for c in _through_occasion(anchor, tree, cues) if is_outlet(c) or _is_called_outlet(c, tree, cues)]
    cited = _citing(anchor, tree, cues)
    if cited is None and draft.source is not None:
        cited = _citing(draft.source, tree, cues)
    if cited is not None and draft.source is not None and cited != draft.source:
        carriers.append(draft.source)
        draft.source = cited
        draft.reason += ", who cites another"
    draft.carriers = list(dict.fromkeys(c for c in carriers if c != draft.source))


def _cited_by(anchor: int, tree: Tree, cues: Cues) -> list[int]:
    """ "…, as cited by Sputnik", "… was quoted by Tanjug": agents of carrying verbs beside the cue."""
    found = []
    for child in (*tree.children(anchor, "advcl", "parataxis", "acl", "conj", "obl", "dep"), *_above(anchor, tree)):
        if tree.lemma[child] in cues.words["carried"] and tree.xpos[child] in ("VBN", "VBD"):
            agent = tree.agent(child)
            if agent is not None:
                found.append(agent)
    return found


def _above(anchor: int, tree: Tree) -> tuple[int, ...]:
    """The verb that governs a reporting clause set beside it: its "as cited by" may hang higher."""
    head = tree.head[anchor]
    if tree.relation[anchor] in ("parataxis", "ccomp") and head != anchor:
        return tuple(c for c in tree.children(head, "advcl", "parataxis") if c > anchor)
    return ()


def _modified_by(source: int, tree: Tree, cues: Cues) -> list[int]:
    """ "The ministry, quoted by Armenpress, said": agents of participles after the source."""
    found = []
    for child in tree.children(source, "acl"):
        if tree.lemma[child] in cues.words["carried"] and tree.xpos[child] in ("VBN", "VBD"):
            agent = tree.agent(child)
            if agent is not None:
                found.append(agent)
    return found


def _is_called_outlet(head: int, tree: Tree, cues: Cues) -> bool:
    """Whether a phrase with a proper name in it says that it is an outlet: "the daily Milliyet", "Radio Okapi"."""
    phrase = tree.phrase(head, appositions=True)
    words = range(phrase.first, phrase.last + 1)
    named = any(tree.upos[w] == "PROPN" for w in words)
    return named and any(tree.form[w].lower() in cues.words["outlets"] for w in words)


def _told(anchor: int, tree: Tree) -> list[int]:
    """Hearers: "told Reuters", "said to Reuters", "speaking on national television"."""
    found = [
        c for c in tree.children(anchor, "obj", "iobj") if tree.lemma[anchor] in ("tell", "inform", "brief", "assure")
    ]
    found += [c for c in tree.children(anchor, "obl") if tree.case(c) in ("to", "with", "on")]
    for child in tree.children(anchor, "advcl"):
        if tree.lemma[child] in ("speak", "talk", "write", "tell"):
            found += [c for c in tree.children(child, "obl", "obj") if tree.case(c) in ("to", "with", "on", "in", "")]
    return found


def _through_occasion(anchor: int, tree: Tree, cues: Cues) -> list[int]:
    """ "In an interview with NTN24", "in a statement carried by Xinhua", "on Radio Goma"."""
    found = []
    for occasion in tree.children(anchor, "obl"):
        if tree.lemma[occasion].lower() not in cues.words["occasions"]:
            continue
        found += [c for c in tree.children(occasion, "nmod") if tree.case(c) in ("with", "to", "on", "in", "for")]
        for clause in tree.children(occasion, "acl"):
            if tree.lemma[clause] in cues.words["carried"]:
                agent = tree.agent(clause)
                found += [agent] if agent is not None else list(tree.children(clause, "obl"))
    found += [c for c in tree.children(anchor, "obl") if tree.case(c) in ("on", "in") and tree.name(c) is not None]
    return found


def _citing(anchor: int, tree: Tree, cues: Cues) -> int | None:
    """ "…, citing Oman's Ministry of Defence", "Al Jazeera, which cited a tweet": the one cited."""
    for child in tree.children(anchor, "advcl", "acl", "conj", "parataxis", "xcomp"):
        if tree.lemma[child] in cues.words["quoting"] and tree.xpos[child] in ("VBG", "VBD", "VBZ"):
            obj = tree.child(child, "obj")
            if obj is not None:
                return _author(obj, tree, cues)
    return None


def _author(obj: int, tree: Tree, cues: Cues) -> int:
    """ "Citing a statement issued by the court", "a tweet by an adviser": the court, the adviser."""
    if tree.lemma[obj].lower() in cues.words["documents"] | cues.words["occasions"]:
        for child in tree.children(obj, "acl"):
            agent = tree.agent(child)
            if agent is not None:
                return agent
        for child in tree.children(obj, "nmod"):
            if tree.case(child) in ("by", "from", "of", "") or tree.deprel[child] == "nmod:poss":
                return child
    return obj
