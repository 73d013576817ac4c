"""Through whom the words came: the carriers of a statement, outermost first.

"The ministry said in a statement, as cited by Sputnik": the ministry vouches, Sputnik carries.
Outlets that somebody told, outlets that cite or quote, outlets that carried a statement or an
interview are carriers; "told reporters" adds none (gold guide, settled questions).
"""

from __future__ import annotations

from whence.coding import carriers
from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.outlets import is_outlet, is_publisher
from whence.coding.reporting import IsOutlet, Reporting
from whence.coding.tree import Tree

_BACK = 4
"""Words before a relative pronoun among which its noun is looked for where the tree does not tell."""

__all__ = ["add_carriers", "is_outlet", "originator"]


def add_carriers(draft: Draft, tree: Tree, cues: Cues, is_outlet: IsOutlet, site: str | None) -> None:
    """Fills `draft.carriers`; where the source only cites somebody else, that one becomes the originator.

    `site` is the article's own outlet, which is never listed.
    """
    if draft.goes_on:
        return
    said = Reporting.of(draft, tree, cues, is_outlet)
    reporting = carriers.reporters(said)
    found = [*draft.carriers, *(_author(head, tree, cues) for head in reporting)]
    for citing, cited in carriers.citers(said, reporting):
        found += _cites(draft, said, citing, cited)
    quoters, readers = carriers.quoters(said)
    found += [*quoters, *carriers.broadcasters(said), *carriers.hearers(said), *readers]
    whole = _without_fragments(list(dict.fromkeys(found)), tree)
    draft.carriers = [c for c in whole if c != draft.source and not is_publisher(c, tree, cues, site)]


def _without_fragments(heads: list[int], tree: Tree) -> list[int]:
    """Of a name that the tree tears apart, "South China | Morning Post", the last piece alone."""
    begins = {tree.phrase(head).first for head in heads}
    return [head for head in heads if tree.phrase(head).last + 1 not in begins]


def _cites(draft: Draft, said: Reporting, citing: int, cited: int) -> list[int]:
    """The carriers that a citation adds; the source that cites another hands over to that one."""
    tree, cues = said.tree, said.cues
    if cited == draft.source or said.is_source(cited):
        return [_author(citing, tree, cues)]
    if citing != draft.source and not said.is_source(citing):
        return [citing, _author(cited, tree, cues)]
    if any(tree.form[c].lower() == "own" for c in tree.children(cited, "amod")):
        return []
    draft.source = _author(cited, tree, cues)
    draft.reason += ", who cites another"
    return [citing]


def originator(draft: Draft, tree: Tree, cues: Cues) -> int | None:
    """Head of the phrase that vouches for the words: the source, or the author where the source is a document."""
    return _author(_antecedent(draft.source, tree), tree, cues) if draft.source is not None else None


def _antecedent(head: int, tree: Tree) -> int:
    """The noun that a relative pronoun stands for."""
    if tree.xpos[head] not in ("WDT", "WP"):
        return head
    clause = next((a for a in (head, *tree.ancestors(head)) if tree.deprel[a].endswith("relcl")), None)
    if clause is not None and tree.upos[tree.head[clause]] in ("NOUN", "PROPN", "PRON"):
        return tree.head[clause]
    before = (w for w in range(head - 1, max(-1, head - _BACK), -1) if tree.upos[w] in ("NOUN", "PROPN"))
    return next(before, head)


def _author(head: int, tree: Tree, cues: Cues) -> int:
    """The author where the phrase is a document: "a statement issued by the court", "Industry Ministry figures"."""
    noun = tree.lemma[head].lower()
    if noun not in cues.words["documents"] | cues.words["occasions"] or noun in cues.words["origins"]:
        return head
    for child in tree.children(head, "acl"):
        agent = tree.agent(child) if tree.lemma[child] in cues.words["authoring"] else None
        if agent is None and tree.lemma[child] == "attribute":
            agent = next((o for o in tree.children(child, "obl") if tree.case(o) == "to"), None)
        if agent is not None:
            return agent
    near = tree.children(head, "nmod", "compound")
    by = [c for c in near if tree.case(c) in ("by", "from") or tree.deprel[c] == "nmod:poss"]
    issuers = [c for c in near if tree.relation[c] == "compound" and _issues(c, tree, cues)]
    if by or issuers:
        return (by or issuers)[0]
    issuer = tree.head[head]
    if tree.relation[head] == "obj" and tree.lemma[issuer] in cues.words["issuing"]:
        subject = tree.subject(issuer)
        return subject if subject is not None else head
    return head


def _issues(word: int, tree: Tree, cues: Cues) -> bool:
    """Whether a noun before a document is its author: "Royal Court statement", "police statement"."""
    name = tree.name(word)
    return name.kind != "DATE" if name is not None else tree.lemma[word].lower() in cues.words["issuers"]
