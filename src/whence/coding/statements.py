"""Drafts of statements become statements: form, nesting, chains of holders."""

from __future__ import annotations

from collections.abc import Sequence

from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.people import People
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Commitment, Form, Mention, Span, Statement

Holder = tuple[str, str]
"""Name and actor id of one link of a chain."""
_MOSTLY = 0.9
"""Share of a content's letters in quotation marks from which it counts as direct."""


def assemble(
    drafts: Sequence[Draft], tree: Tree, quotations: Sequence[Quotation], people: People, cues: Cues
) -> list[Statement]:
    """Statements with ids `s1`, `s2` … in text order, each with its chain of holders."""
    outer = [_enclosing(i, drafts, tree) for i in range(len(drafts))]
    own = _own_holders(drafts, outer, people)
    made = []
    for i, draft in enumerate(drafts):
        holders = _without_repeats([h for level in _levels(i, outer) for h in own[level]])
        made.append(
            Statement(
                id=f"s{i + 1}",
                form=_form(draft.content, tree.text, quotations),
                commitment=_commitment(draft, tree, cues),
                cue=tree.mention(*draft.cue) if draft.cue is not None else None,
                source=_source_mention(draft, tree),
                content=tuple(Mention(tree.text[b:e], (b, e)) for b, e in draft.content),
                chain=tuple(name for name, _ in holders),
                holders=tuple(actor for _, actor in holders),
                within=f"s{around + 1}" if (around := outer[i]) is not None else None,
                confidence=round(draft.confidence, 2),
                reason=draft.reason,
            )
        )
    return made


def _own_holders(drafts: Sequence[Draft], outer: Sequence[int | None], people: People) -> list[list[Holder]]:
    """Each draft's own part of the chain; a quotation without a cue has that of the last one that stood by itself."""
    found: list[list[Holder]] = []
    previous: list[Holder] = []
    for draft, around in zip(drafts, outer, strict=True):
        if draft.goes_on:
            found.append(previous)
            continue
        found.append([(people.joint_name(h), people[h].id) for h in draft.holders])
        if around is None:
            previous = found[-1] or previous
    return found


def _levels(index: int, outer: Sequence[int | None]) -> list[int]:
    """The statements round one, outermost first, and itself; bounded against circles."""
    levels = [index]
    while (around := outer[levels[0]]) is not None and around not in levels:
        levels.insert(0, around)
    return levels


def innermost(statements: Sequence[Statement], begin: int) -> str | None:
    """Id of the innermost statement whose content holds the code point."""
    holding = [
        (min(e - b for b, e in _spans(s) if b <= begin < e), s.id)
        for s in statements
        if any(b <= begin < e for b, e in _spans(s))
    ]
    return min(holding)[1] if holding else None


def _spans(statement: Statement) -> list[Span]:
    return [m.at for m in statement.content]


def _enclosing(index: int, drafts: Sequence[Draft], tree: Tree) -> int | None:
    """The smallest other statement whose content holds this one's content and cue."""
    draft = drafts[index]
    begin, end = draft.content[0][0], draft.content[-1][1]
    if draft.cue is not None:
        cue_begin, cue_end = tree.span(*draft.cue)
        begin, end = min(begin, cue_begin), max(end, cue_end)
    best: tuple[int, int] | None = None
    for other, candidate in enumerate(drafts):
        if other == index:
            continue
        for b, e in candidate.content:
            if b <= begin and end <= e and (e - b) > 0 and (best is None or e - b < best[0]) and (b, e) != (begin, end):
                best = (e - b, other)
    return best[1] if best is not None else None


def _without_repeats(holders: list[Holder]) -> list[Holder]:
    """Neighbours with one name are one holder."""
    return [h for i, h in enumerate(holders) if i == 0 or holders[i - 1][0] != h[0]]


def _source_mention(draft: Draft, tree: Tree) -> Mention | None:
    """The speaker as it stands: with titles, appositions, relative clauses and, if coordinated, all of them."""
    if draft.source is None:
        return None
    phrase = tree.phrase(draft.source, clauses=True, appositions=True)
    if draft.cue is not None and phrase.first <= draft.cue[0] <= phrase.last:
        phrase = tree.phrase(draft.source, appositions=True)
    last = phrase.last
    for other in tree.children(draft.source, "conj"):
        last = max(last, tree.phrase(other, appositions=True).last)
    return tree.mention(phrase.first, last)


def _form(content: Sequence[Span], text: str, quotations: Sequence[Quotation]) -> Form:
    total = sum(e - b for b, e in content)
    quoted = sum(q.overlap(b, e) for q in quotations for b, e in content)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= _MOSTLY * total else "mixed"


def _commitment(draft: Draft, tree: Tree, cues: Cues) -> Commitment:
    """The cue's own, unless the sentence says that nobody could check the words."""
    sentence = tree.sentence(draft.anchor)
    begin, end = tree.span(sentence.first, sentence.last)
    if any(words in tree.text[begin:end] for words in cues.unverified):
        return "unverified"
    return draft.commitment
