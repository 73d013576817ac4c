"""Drafts of statements become statements: form, nesting, chains of holders."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from whence.coding.commitment import is_unverified
from whence.coding.cues import Cues
from whence.coding.drafts import Draft, letters
from whence.coding.holders import Holder, Holders
from whence.coding.nesting import enclosing
from whence.coding.people import People
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Commitment, Form, Mention, Span, Statement

_FEW = 3
"""Letters of a direct quotation that may stand outside its marks."""
_MARKS = frozenset("“”„«»‘’\"'")


def assemble(
    drafts: Sequence[Draft], tree: Tree, quotations: Sequence[Quotation], people: People, cues: Cues
) -> list[Statement]:
    """Statements with ids `s1`, `s2` … in text order, each with its chain of holders."""
    outer = enclosing(drafts, tree)
    own = Holders(tree, people, cues).of_all(drafts, outer)
    made = []
    for i, draft in enumerate(drafts):
        holders = _without_repeats([h for level in _levels(i, outer) for h in own[level]])
        made.append(
            Statement(
                id=f"s{i + 1}",
                form=_form(draft, tree, quotations),
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


def _without_repeats(holders: list[Holder]) -> list[Holder]:
    """Neighbours with one name are one holder."""
    return [h for i, h in enumerate(holders) if i == 0 or holders[i - 1][0] != h[0]]


def _source_mention(draft: Draft, tree: Tree) -> Mention | None:
    """The speaker as it stands: with titles, appositions, relative clauses and, if coordinated, all of them."""
    if draft.source_words is not None:
        return tree.mention(*draft.source_words)
    if draft.source is None:
        return None
    phrase = tree.phrase(draft.source, clauses=True, appositions=True)
    if draft.cue is not None and phrase.first <= draft.cue[0] <= phrase.last:
        phrase = tree.phrase(draft.source, appositions=True)
    last = phrase.last
    for other in tree.children(draft.source, "conj"):
        last = max(last, tree.phrase(other, appositions=True).last)
    return tree.mention(phrase.first, last)


def _form(draft: Draft, tree: Tree, quotations: Sequence[Quotation]) -> Form:
    """By the letters of the content that stand outside quotation marks.

    Marks that hold the cue too are another speaker's: what they report inside is indirect, unless it has its own.
    """
    begin, end = draft.content[0][0], draft.content[-1][1]
    first = bisect_right(quotations, begin, key=lambda q: q.end)
    last = bisect_left(quotations, end, key=lambda q: q.begin)
    cue = tree.span(*draft.cue) if draft.cue is not None else None
    own = [q for q in quotations[first:last] if cue is None or not q.covers(*cue)]
    if not any(q.overlap(b, e) for q in own for b, e in draft.content):
        return "direct" if all(_is_enclosed(span, tree.text) for span in draft.content) else "indirect"
    outside = sum(_letters_outside(span, own, tree.text) for span in draft.content)
    return "direct" if outside < _FEW else "mixed"


def _letters_outside(span: Span, quotations: Sequence[Quotation], text: str) -> int:
    total = letters(text[slice(*span)])
    for quotation in quotations:
        for begin, end in quotation.pieces:
            total -= letters(text[max(begin, span[0]) : min(end, span[1])])
    return total


def _is_enclosed(span: Span, text: str) -> bool:
    """Whether quotation marks stand right before and behind."""
    return text[max(0, span[0] - 1) : span[0]] in _MARKS and text[span[1] : span[1] + 2].lstrip(".,!?")[:1] in _MARKS


def _commitment(draft: Draft, tree: Tree, cues: Cues) -> Commitment:
    """The cue's own, unless the text says that nobody could check the words."""
    return "unverified" if is_unverified(draft.anchor, tree, cues) else draft.commitment
