"""Quotations given to those who speak them: whole, or going on without a cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from whence.coding.drafts import Draft, letters, trimmed
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Span

_QUOTED = 0.8
"""Share of a content in quotation marks from which the whole quotation is the content."""
_LONGEST_CUE = 160
"""Code points that a reporting clause between two pieces of a quotation may take."""
_CLAIMED = 0.5
"""Share of a quotation inside contents from which it is somebody's already."""
_SHORTEST = 20
"""Letters of a quotation that may stand without a cue."""
_NEAR = 20
"""Code points round a quotation that tell whether its sentence goes on."""


class Speech:
    """The quotations of one article and who has claimed them."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation]) -> None:
        self.tree = tree
        self.quotations = quotations
        self._begins = [q.begin for q in quotations]
        self._ends = [q.end for q in quotations]

    def take_whole(self, drafts: list[Draft]) -> None:
        """Content that stands in a quotation, or mostly, is the whole quotation, over sentences and paragraphs.

        A quotation that holds the cue as well is not the speaker's: another's words lie round the statement, or a
        mark is missing. It changes nothing.
        """
        for draft in drafts:
            whole = [trimmed(self.tree.text, piece) for span in draft.content for piece in self._quoted(span, draft)]
            draft.content = _apart(s for s in whole if s[0] < s[1])
            if len(draft.content) > 1 and self._is_spoken(draft.content[0]):
                # The rest of the sentence behind a quotation is about the speaking, whatever it hangs on.
                draft.content = [s for s in draft.content if self._is_spoken(s)]

    def _touching(self, begin: int, end: int) -> Sequence[Quotation]:
        """The quotations that share code points with a span; they are in order and apart from each other."""
        return self.quotations[bisect_right(self._ends, begin) : bisect_left(self._begins, end)]

    def _quoted(self, span: Span, draft: Draft) -> Sequence[Span]:
        """The pieces of the quotation that a span stands in; or the span, made to end with those it half holds."""
        begin, end = span
        cue = self.tree.span(*draft.cue) if draft.cue is not None else (end, end)
        quotations = [q for q in self._touching(begin, end) if not q.overlap(*cue)]
        owner = next((q for q in quotations if self._stands_in(q, begin, end)), None)
        if owner is not None:
            return owner.pieces
        runs_on = next((q for q in quotations if begin <= q.begin < end < q.end), None)
        if runs_on is not None:
            end = runs_on.pieces[0][1]
        starts = next((q for q in quotations if q.begin < begin < q.end <= end), None)
        if starts is not None:
            begin = starts.begin
        return [(begin, end)]

    def _is_spoken(self, span: Span) -> bool:
        return any(self._stands_in(q, *span) for q in self._touching(*span))

    def _stands_in(self, quotation: Quotation, begin: int, end: int) -> bool:
        """At least four fifths of the span's letters are quoted and the span reaches over no more than its edges."""
        return quotation.overlap(begin, end) >= _QUOTED * max(1, end - begin)

    def go_on(self, drafts: list[Draft]) -> Iterator[Draft]:
        """Quotations that fill their sentences and have no cue: the one who spoke before goes on.

        Behind the reporting clause of a quotation of the same paragraph it is a further piece of that statement;
        elsewhere a statement of its own, which is given back.
        """
        tree = self.tree
        last_cued = sorted(
            (draft for draft in drafts if draft.cue is not None), key=lambda d: tree.span(*d.cue or (0, 0))
        )
        cues = [tree.span(*draft.cue)[1] for draft in last_cued if draft.cue is not None]
        for quotation in self._unclaimed(drafts):
            spans = [trimmed(tree.text, piece) for piece in quotation.pieces]
            before = last_cued[place - 1] if (place := bisect_right(cues, quotation.begin)) else None
            if before is not None and self._resumes(before, quotation):
                before.content = _apart([*before.content, *spans])
                continue
            anchor = bisect_left(tree.analysis.begin, quotation.begin)
            if anchor < len(tree):
                yield Draft(None, None, spans, "plain", "quotation without a cue", 0.6, anchor, goes_on=True)

    def _unclaimed(self, drafts: Sequence[Draft]) -> list[Quotation]:
        """Quotations of some length that fill their sentences and stand in nobody's content."""
        text = self.tree.text
        claimed = bytearray(len(text))
        for draft in drafts:
            for begin, end in draft.content:
                claimed[begin:end] = b"\x01" * (end - begin)
        return [
            q
            for q in self.quotations
            if sum(claimed[q.begin : q.end]) <= _CLAIMED * (q.end - q.begin)
            and letters(text[q.begin : q.end]) >= _SHORTEST
            and self._fills_sentences(q)
        ]

    def _resumes(self, draft: Draft, quotation: Quotation) -> bool:
        """Whether a quotation goes on with what the draft quotes: the same paragraph, only its cue's clause between."""
        end = draft.content[-1][1]
        return (
            end <= quotation.begin
            and self._is_spoken(draft.content[-1])
            and "\n" not in self.tree.text[end : quotation.begin]
            and quotation.begin - end <= _LONGEST_CUE
        )

    def _fills_sentences(self, quotation: Quotation) -> bool:
        """Before and after the quotation stands nothing of its sentences, in its paragraph."""
        text = self.tree.text
        before = text[max(0, quotation.begin - _NEAR) : quotation.begin].rstrip(" \"“„«‘'`")
        after = text[quotation.end : quotation.end + _NEAR].lstrip(" \"”»’'")
        return (not before or before[-1] in '\n\r.!?”"») ') and (
            not after or after[0] in "\n\r" or text[quotation.end - 1] in ".!?"
        )


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order, those that overlap as one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
