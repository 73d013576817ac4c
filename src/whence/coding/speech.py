"""Quotations given to those who speak them: whole, resumed after a reporting clause, or going on without a cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.coding.drafts import Draft, letters, trimmed
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Span

_QUOTED = 0.8
"""Share of a content in quotation marks from which the whole quotation is the content."""
_LONGEST_CUE = 160
"""Code points that a reporting clause between two halves of a quotation may take."""


class Speech:
    """The quotations of one article and who has claimed them."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation]) -> None:
        self.tree = tree
        self.quotations = quotations

    def take_whole(self, drafts: list[Draft]) -> None:
        """Content that stands in a quotation, or mostly, is the whole quotation, over sentences and paragraphs."""
        for draft in drafts:
            whole: list[Span] = []
            for begin, end in draft.content:
                owner = next((q for q in self.quotations if self._stands_in(q, begin, end)), None)
                if owner is not None:
                    whole += [
                        trimmed(self.tree.text, p) for p in owner.pieces if trimmed(self.tree.text, p) not in whole
                    ]
                    continue
                runs_on = next((q for q in self.quotations if begin <= q.begin < end < q.end), None)
                if runs_on is not None:
                    end = runs_on.pieces[0][1]
                starts = next((q for q in self.quotations if q.begin < begin < q.end <= end), None)
                if starts is not None:
                    begin = starts.begin
                whole.append(trimmed(self.tree.text, (begin, end)))
            draft.content = [s for s in dict.fromkeys(whole) if s[0] < s[1]]
            if len(draft.content) > 1 and self._is_spoken(draft.content[0]):
                # The rest of the sentence behind a quotation is about the speaking, whatever it hangs on.
                draft.content = [s for s in draft.content if self._is_spoken(s)]

    def _is_spoken(self, span: Span) -> bool:
        return any(self._stands_in(q, *span) for q in self.quotations)

    def _stands_in(self, quotation: Quotation, begin: int, end: int) -> bool:
        """At least four fifths of the span's letters are quoted and the span reaches over no more than its edges."""
        return quotation.overlap(begin, end) >= _QUOTED * max(1, end - begin)

    def resume(self, drafts: list[Draft]) -> None:
        """A quotation that goes on after its reporting clause is a further piece of the same statement."""
        tree = self.tree
        for quotation in self.quotations:
            if self._claimed(quotation, drafts) or letters(tree.text[quotation.begin : quotation.end]) < 8:
                continue
            for draft in drafts:
                if draft.cue is None or draft.content[-1][1] > quotation.begin:
                    continue
                cue_begin, cue_end = tree.span(*draft.cue)
                between = tree.text[draft.content[-1][1] : quotation.begin]
                if (
                    draft.content[-1][1] <= cue_begin
                    and cue_end <= quotation.begin
                    and "\n" not in between
                    and len(between) < _LONGEST_CUE
                ):
                    outside = tree.text[cue_end : quotation.begin]
                    stops = sum(outside.count(mark) for mark in ".!?")
                    if stops <= 1 and self._is_quoted(draft):
                        draft.content += [trimmed(self.tree.text, (b, e)) for b, e in quotation.pieces]
                        break

    def unclaimed(self, drafts: list[Draft]) -> Iterator[Draft]:
        """Quotations that fill their sentences and have no cue: the one who spoke before goes on."""
        tree = self.tree
        for quotation in self.quotations:
            text = tree.text[quotation.begin : quotation.end]
            if self._claimed(quotation, drafts) or letters(text) < 20 or not self._fills_sentences(quotation):
                continue
            spans = [trimmed(self.tree.text, (b, e)) for b, e in quotation.pieces]
            anchor = next((w for w in range(len(tree)) if tree.analysis.begin[w] >= quotation.begin), None)
            if anchor is not None:
                yield Draft(None, None, spans, "plain", "quotation without a cue", 0.6, anchor, goes_on=True)

    def _claimed(self, quotation: Quotation, drafts: list[Draft]) -> bool:
        return any(
            quotation.overlap(b, e) > 0.5 * (quotation.end - quotation.begin)
            or (b <= quotation.begin and quotation.end <= e + 1)
            for d in drafts
            for b, e in d.content
        )

    def _fills_sentences(self, quotation: Quotation) -> bool:
        """Before and after the quotation stands nothing of its sentences, in its paragraph."""
        text = self.tree.text
        before = text[: quotation.begin].rstrip(" \"“„«‘'`")
        after = text[quotation.end :].lstrip(" \"”»’'")
        return (not before or before[-1] in '\n\r.!?”"») ') and (
            not after or after[0] in "\n\r" or text[quotation.end - 1] in ".!?"
        )

    def _is_quoted(self, draft: Draft) -> bool:
        begin, end = draft.content[-1]
        return any(q.overlap(begin, end) > 0.5 * (end - begin) for q in self.quotations)
