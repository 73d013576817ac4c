"""Through whom the words came: the carriers of a statement, outermost first.

"The ministry said in a statement, as cited by Sputnik": the ministry vouches, Sputnik carries.
Outlets that somebody told, outlets that cite or quote, outlets that carried a statement or an
interview are carriers; "told reporters" adds none (gold guide, settled questions).
"""

from __future__ import annotations

from collections.abc import Callable

from whence.coding.actors import Identity
from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.tree import Phrase, Tree

_SHORTEST_OUTLET = 3
"""Letters that an outlet's name has at least to be looked for in the site's."""
IsOutlet = Callable[[int], bool]
"""Whether the phrase of a head word is a news outlet."""


def add_carriers(draft: Draft, tree: Tree, cues: Cues, is_outlet: IsOutlet, site: str | None) -> None:
    """Fills `draft.carriers`; where the source only cites somebody else, that one becomes the originator.

    `site` is the article's own outlet, which is never listed.
    """
    carriers = list(draft.carriers)
    anchor = draft.anchor
    if draft.goes_on:
        return
    carriers += _cited_by(anchor, tree, cues)
    if draft.source is not None and draft.source != anchor:
        carriers += _modified_by(draft.source, tree, cues)
    elif draft.source == anchor:
        carriers += _modified_by(anchor, tree, cues)
    hearers = [*_told(anchor, tree), *_through_occasion(anchor, tree, cues)]
    if draft.source is not None:
        hearers += [c for clause in tree.children(draft.source, "acl") for c in _told(clause, tree)]
    carriers += [c for c in hearers if tree.lemma[c].lower() not in cues.words["hearers"] and is_outlet(c)]
    cited = _citing(anchor, tree, cues)
    if cited is None and draft.source is not None:
        cited = _citing(draft.source, tree, cues)
    if cited is not None and draft.source is not None and cited != draft.source:
        carriers.append(draft.source)
        draft.source = cited
        draft.reason += ", who cites another"
    draft.carriers = [
        c for c in dict.fromkeys(carriers) if c != draft.source and not _is_publisher(tree.phrase(c), tree, site)
    ]


def originator(draft: Draft, tree: Tree, cues: Cues) -> int | None:
    """Head of the phrase that vouches for the words: the source, or the author where the source is a document."""
    if draft.source is None or tree.lemma[draft.source].lower() in cues.words["unnamed"]:
        return None
    return _author(draft.source, tree, cues)


def _is_publisher(phrase: Phrase, tree: Tree, site: str | None) -> bool:
    """Whether a phrase names the article's own outlet: its letters stand in the site's name."""
    words = [tree.form[w].lower() for w in range(phrase.first, phrase.last + 1) if tree.upos[w] != "DET"]
    letters = "".join(c for c in "".join(words) if c.isalnum())
    return site is not None and len(letters) > _SHORTEST_OUTLET and letters in site.lower().replace(" ", "")


def _cited_by(anchor: int, tree: Tree, cues: Cues) -> list[int]:
    """ "…, as cited by Sputnik", "… was quoted by Tanjug": agents of carrying verbs beside the cue."""
    found = []
    beside = tree.children(anchor, "advcl", "parataxis", "acl", "conj", "obl", "dep")
    for child in (*beside, *_above(anchor, tree), *_astray(anchor, tree, "advcl", "parataxis", "acl")):
        if tree.lemma[child] in cues.words["carried"] and tree.xpos[child] in ("VBN", "VBD"):
            agent = tree.agent(child)
            if agent is not None:
                found.append(agent)
    return found


def _astray(anchor: int, tree: Tree, *relations: str) -> list[int]:
    """What stands behind the cue but hangs on the words it reports: "“…,” said the army, as cited by Tass"."""
    return [
        c for clause in tree.children(anchor, "ccomp") for c in tree.children(clause, *relations) if c > anchor > clause
    ]


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


def is_outlet(head: int, tree: Tree, cues: Cues, identity: Identity) -> bool:
    """Whether a phrase is an outlet: a known one, one that is called so, or an organisation known for nothing else.

    `identity` is who the phrase means. "Told Dnevnik", "told the broadcaster NTN24", "told the paper".
    """
    if identity.sector == "JRN":
        return True
    phrase = tree.phrase(head, appositions=True)
    if any(tree.form[w].lower() in cues.words["outlets"] for w in range(phrase.first, phrase.last + 1)):
        return identity.sector is None
    name = tree.name(head)
    return name is not None and name.kind == "ORG" and identity.sector is None and identity.country is None


def _told(anchor: int, tree: Tree) -> list[int]:
    """Hearers: "told Reuters", "said to Reuters", "speaking on national television"."""
    found = [
        c for c in tree.children(anchor, "obj", "iobj") if tree.lemma[anchor] in ("tell", "inform", "brief", "assure")
    ]
    found += [c for c in tree.children(anchor, "obl") if tree.case(c) in ("to", "with", "on", "through", "via")]
    for child in tree.children(anchor, "advcl"):
        if tree.lemma[child] in ("speak", "talk", "write", "tell"):
            found += [c for c in tree.children(child, "obl", "obj") if tree.case(c) in ("to", "with", "on", "in", "")]
    return found


def _through_occasion(anchor: int, tree: Tree, cues: Cues) -> list[int]:
    """ "In an interview with NTN24", "in a statement carried by Xinhua", "on Radio Goma"."""
    found = []
    for occasion in (*tree.children(anchor, "obl"), *_astray(anchor, tree, "obl", "nmod")):
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
    beside = tree.children(anchor, "advcl", "acl", "conj", "parataxis", "xcomp")
    for child in (*beside, *_astray(anchor, tree, "advcl", "acl", "parataxis")):
        if tree.lemma[child] in cues.words["quoting"] and tree.xpos[child] in ("VBG", "VBD", "VBZ"):
            obj = tree.child(child, "obj")
            if obj is not None:
                return _author(obj, tree, cues)
    return None


def _author(head: int, tree: Tree, cues: Cues) -> int:
    """The author where the phrase is a document: "a statement issued by the court", "Industry Ministry figures"."""
    if tree.lemma[head].lower() not in cues.words["documents"] | cues.words["occasions"]:
        return head
    for child in tree.children(head, "acl"):
        agent = tree.agent(child)
        if agent is not None:
            return agent
    for child in tree.children(head, "nmod", "compound"):
        owned = tree.deprel[child] == "nmod:poss" or tree.case(child) in ("by", "from")
        if owned or (tree.relation[child] == "compound" and tree.name(child) is not None):
            return child
    issuer = tree.head[head]
    if tree.relation[head] == "obj" and tree.lemma[issuer] in cues.words["issuing"]:
        return tree.subject(issuer) or head
    return head
