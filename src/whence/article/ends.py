"""Where a text's article ends: at the first line that only what follows an article has.

Counted on the lines of 151 English pages cut to their main text, after three paragraphs of prose: a comment's heading
or stamp was followed by no line of the article in any of 22 pages, what a writer is in none of 10. Of whole pages,
menus and all, 5 of 43 have some after a comment's heading. Headings and teasers of other stories stand inside articles
too, and end one only if little prose follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.article.features import Seen, closes

FEWEST_PARAGRAPHS = 3
"""Paragraphs of prose before which no article ends: above it stand boxes and buttons too."""
_LONGEST_HEADING = 120
"""Characters of a line that may be a heading or a stamp."""
_COMMENTS = re.compile(
    r"^\W*(?:(?:show|view|read|see|load|all|hide) ){0,2}(?:\d[\d,]* )?(?:reader )?"
    r"(?:comments?|repl(?:y|ies)|responses?)"
    r"(?: ?\(?\d[\d,]*\)?)?\W*$"
    r"|^(?:leave|post|add|write) a (?:reply|comment)\b|^join the (?:discussion|conversation)\b|\bpermalink\b"
    r"|^\d+ (?:thoughts|responses|comments) (?:on|to)\b|^rating: .{1,20}\bvotes?$"
    r"|^your email address will not be published|\bcomment policy\b"
    r"|\bto (?:view|see|post|leave) (?:an? |your )?comments?:?$",
    re.IGNORECASE,
)
_COMMENT_STAMP = re.compile(
    r"(?:\bat \d{1,2}:\d{2} ?[ap]\.?m\.?,? \S{0,40} ?sa(?:id|ys):?|\d{1,2} [A-Za-z]{3,9} \d{4},? \d{1,2}:\d{2}"
    r"|^\d{1,3} (?:years?|months?|weeks?|days?|hours?|minutes?) ago\b.{0,20})$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporter|writer|correspondent|columnist|editor|journalist|author|critic|professor|fellow|contributor|intern"
    r"|bureau chief|lecturer|producer|researcher)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]+){0,3},? is (?:an? |the )")
_ROLE_WITHIN = 110
"""Characters in which a biography says what its subject is."""
_HEADING_WORDS = 6
"""Words that a heading of other stories has at most."""
_MOST_TRAILING = 12
"""Lines at the end that are looked at for prompts and buttons."""
_REST = 0.25
"""Share of the prose that may follow a heading of other stories where it ends an article,"""
_REST_OF_CUT = 0.5
"""and a teaser, where the text is a cut of the main text, which has few boxes in its middle."""


def end(lines: Sequence[str], seen: Sequence[Seen], of: str) -> tuple[int, str] | None:
    """The first line that is no longer the article's, with the kind of what begins there; None where nothing tells.

    `of` is the kind of text: `text`, `crowd` or `page`.
    """
    prose = sum(one.prose for one in seen)
    so_far = 0
    for i, (line, one) in enumerate(zip(lines, seen, strict=True)):
        if so_far >= FEWEST_PARAGRAPHS:
            if _is_comment(line.strip()):
                return i, "comment"
            if _is_teaser(one) and prose - so_far <= (_REST if of == "crowd" else _REST_OF_CUT) * prose:
                return i, "teaser"
            if prose - so_far <= _REST * prose and (kind := _ends_if_little_follows(line.strip(), one)):
                return i, kind
        so_far += one.prose
    return None


def _is_comment(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and bool(_COMMENTS.search(line) or _COMMENT_STAMP.search(line))


def _is_teaser(one: Seen) -> bool:
    """Whether a line says its headline twice, once for the picture and once for the link."""
    half = len(one.own) // 2
    return len(one.own) > 3 and len(one.own) % 2 == 0 and one.own[:half] == one.own[half:]


def _ends_if_little_follows(line: str, one: Seen) -> str | None:
    if _WHO.match(line) and _ROLE.search(line[:_ROLE_WITHIN]):
        return "biography"
    if one.short and "copyright" in one.starts and len(one.own) > 2:
        return "copyright"
    return "read also" if "read also" in one.starts and not one.sentence and len(one.own) <= _HEADING_WORDS else None


def trailing(lines: Sequence[str], seen: Sequence[Seen], last: int) -> int:
    """How many of the first `last` lines are left when the buttons and prompts at their end are taken off."""
    kept = last
    for i in range(last - 1, max(-1, last - 1 - _MOST_TRAILING), -1):
        if closes(seen[i]):
            kept = i
        elif not (seen[i].short and not seen[i].sentence):
            break
    return kept if sum(one.prose for one in seen[:kept]) >= FEWEST_PARAGRAPHS else last
