"""What can be seen of each line of a text: its form, its place, its cue words, its likeness to the rest.

A feature is a short name that a line has or has not; `weights.json` has a weight for each name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whence.article.cues import cues, tokens
from whence.article.language import words_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?。][\"'”’»)\]]*$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\"'”’»)\]]*$")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\b(?:19|20)\d{2}\b")
_ADDRESS = re.compile(r"https?://|www\.|(?<!\w)@\w|\w@\w")
_QUOTE = re.compile(r"[\"“”«»]")
_BULLETS = ("•", "-", "*", "–", "·", "▪", "●")
_FUNCTION = words_of("function_words.txt")
_PERSONS = frozenset(["you", "your", "yours", "we", "our", "us"])
_FIRST_PERSON = frozenset(["i", "my", "me", "i'm", "i've", "i'd", "i'll", "mine"])
_BIOGRAPHY = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]+){1,3},? (?:is|was|has been|covers|writes|reports|works) ")
_NAME = re.compile(r"(?:By )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,3}")
_STAMP = re.compile(
    r"(?:\bago\b|\bat \d{1,2}:\d{2}|\d{1,2}:\d{2} ?[ap]\.?m|\bpermalink\b|\bvotes?\b|\blikes?\b|^\d+$)", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_LENGTHS = (1, 3, 6, 10, 16, 26, 51)
"""Words from which a line is of the next length."""
_SHARES = (0.0001, 0.15, 0.3, 0.5)
"""Shares of words from which a line is of the next likeness."""
_PLACES = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)
"""Shares of the text's words from which a line is in the next part."""
_SHORT = 12
"""Words below which a line with a cue is a heading or a button rather than a sentence with that word in it."""
_PROSE = 12
"""Words from which a line that ends as a sentence does is taken for prose."""
_LONGEST = 4_000
"""Characters of a line that are looked at."""
_CROWDED = 0.3
"""Share of prose among a text's lines below which it is crowded,"""
_FEW_LINES = 40
"""if it has more lines than these."""
_NEAR = 6
"""Lines before and after one in which lines with cue words are counted."""
_COUNTS = (1, 2, 3, 5)
"""Numbers of them from which there are more."""
_LONG_KINDS = frozenset(("biography", "newsletter", "copyright", "shop"))
"""Kinds of cue that whole sentences beside an article have."""
_HINTS = frozenset(("platform", "role", "reporters"))
"""Kinds of cue that prose has too, and that count only beside others."""
_REACH = 8
"""Lines that a heading tells of."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the mark-up of a page says of a line."""

    tag: str
    linked: float
    """Share of its characters that are links."""
    names: frozenset[str]
    """What the classes of the elements around it say: `near:promo`, `far:body`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line taken apart, for the features and the reasons."""

    words: tuple[str, ...]
    """In lower case, with the signs that phrases of the cue list have."""
    own: tuple[str, ...]
    """Words of letters as they stand."""
    starts: frozenset[str]
    """Kinds of cue with which it begins."""
    has: frozenset[str]
    """Kinds of cue that it has somewhere."""
    sentence: bool
    """It ends as a sentence does."""

    @property
    def prose(self) -> bool:
        """Whether it looks like a paragraph of an article."""
        return self.sentence and len(self.own) >= _PROSE and not self.starts

    @property
    def short(self) -> bool:
        """Whether it is too short for a paragraph."""
        return len(self.own) < _SHORT


def see(line: str) -> Seen:
    """Takes a line apart."""
    text = line.strip()[:_LONGEST]
    words = tuple(tokens(text))
    bare = words[1:] if words and words[0] == "/" else words
    listed = cues()
    return Seen(
        words,
        tuple(_WORD.findall(text)),
        frozenset(listed.starting(bare)),
        frozenset(listed.inside(words)),
        _ENDS_SENTENCE.search(text[-12:]) is not None and _ELLIPSIS.search(text[-12:]) is None,
    )


def features(
    lines: Sequence[str], seen: Sequence[Seen], title: str | None = None, blocks: Sequence[Block | None] = ()
) -> list[list[str]]:
    """For each line the names of what it has; `blocks` has an entry for each line of a page, none for plain text."""
    prose = [i for i, one in enumerate(seen) if one.prose]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines))
    content = Counter(word for i in prose for word in set(_content(seen[i])))
    times = Counter(line.strip() for line in lines)
    headline = frozenset(tokens(title or ""))
    before, total, done = [], sum(len(one.own) for one in seen) or 1, 0
    for one in seen:
        before.append(done / total)
        done += len(one.own)
    told: dict[str, int] = {}
    closers = _counted_closers(seen, first)
    found = []
    for i, (line, one) in enumerate(zip(lines, seen, strict=True)):
        names = _form(line, one)
        names += _cue_names(one)
        names.append(f"place {bisect_right(_PLACES, before[i])}")
        names.append(f"from start {min(i, 4)}")
        names.append(f"from end {min(len(lines) - 1 - i, 5)}")
        if i < first:
            names.append("before prose")
        elif i > last:
            names.append("after prose")
        names.append(_likeness("topic", _content(one), content, one.prose))
        if times[line.strip()] > 1:
            names.append("repeated")
        if headline and one.words and len(headline & set(one.words)) >= 0.6 * len(headline | set(one.words)):
            names.append("headline")
        for kind, at in told.items():
            if i - at <= _REACH:
                names.append(f"under {kind}")
            names.append(f"after {kind}")
        for kind in sorted(one.starts & cues().headings):
            if one.short and not one.sentence:
                told[kind] = i
        names += closers(i)
        if blocks:
            names += _mark_up(blocks[i])
        found.append(names)
    return found


def _counted_closers(seen: Sequence[Seen], first: int) -> Callable[[int], list[str]]:
    """Names for how many lines with cue words stand before a line (from `first` on), just before and just after."""
    sums = [0]
    for i, one in enumerate(seen):
        sums.append(sums[-1] + (i > first and closes(one)))
    last = len(seen)

    def names(i: int) -> list[str]:
        near = sums[i] - sums[max(0, i - _NEAR)]
        ahead = sums[min(last, i + 1 + _NEAR)] - sums[i + 1]
        return [
            f"closers before {bisect_right(_COUNTS, sums[i])}",
            f"closers near {bisect_right(_COUNTS, near)}",
            f"closers ahead {bisect_right(_COUNTS, ahead)}",
            f"closers near {bisect_right(_COUNTS, near)} ahead {bisect_right(_COUNTS, ahead)}",
        ]

    return names


def closes(one: Seen) -> bool:
    """Whether a line has cue words enough to be none of the article's: a short one, or a long one with several."""
    strong = one.has - _HINTS
    return bool(
        (one.starts - _HINTS and one.short) or (strong and (one.short or len(one.has) > 1 or strong & _LONG_KINDS))
    )


def around(scores: Sequence[float]) -> list[list[str]]:
    """For each line what the first look's scores (log odds) say of its neighbours, as names."""
    best_after: list[float] = []
    best = -9.0
    for score in reversed(scores):
        best_after.append(best)
        best = max(best, score)
    best_after.reverse()
    sums = [0.0]
    for score in scores:
        sums.append(sums[-1] + max(-4.0, min(4.0, score)))
    found = []
    for i, score in enumerate(scores):
        low, high = max(0, i - 3), min(len(scores), i + 4)
        found.append(
            [
                f"own {_level(score)}",
                f"previous {_level(scores[i - 1]) if i else 'none'}",
                f"next {_level(scores[i + 1]) if i + 1 < len(scores) else 'none'}",
                f"three before {_level((sums[i] - sums[low]) / (i - low)) if i > low else 'none'}",
                f"three after {_level((sums[high] - sums[i + 1]) / (high - i - 1)) if high > i + 1 else 'none'}",
                f"best after {_level(best_after[i])}",
            ]
        )
    return found


def crowded(seen: Sequence[Seen]) -> bool:
    """Whether a text is a page's every line, menus and all, rather than a cut of it."""
    return sum(one.prose for one in seen) < _CROWDED * len(seen) and len(seen) > _FEW_LINES


def _level(score: float) -> int:
    return max(-4, min(4, round(score)))


def _form(line: str, one: Seen) -> list[str]:
    text = line.strip()[:_LONGEST]
    own = one.own
    names = ["any", f"length {bisect_right(_LENGTHS, len(own))}"]
    if one.sentence:
        names.append("sentence")
        names.append("prose" if one.prose else "short sentence")
    elif _ELLIPSIS.search(text[-12:]):
        names.append("ellipsis")
    elif text.endswith(":"):
        names.append("colon")
    else:
        names.append(f"no end {bisect_right(_LENGTHS, len(own))}")
    if text.startswith(_BULLETS):
        names.append("bullet")
    if text[:1] in "([":
        names.append("bracket")
    if text[:1].islower():
        names.append("lower start")
    if own:
        capital = sum(w[0].isupper() for w in own) / len(own)
        if capital > 0.65 and len(own) > 2:
            names.append("title case" if not one.sentence else "many capitals")
        if text.isupper() and len(own) > 1:
            names.append("all capitals")
        names.append(f"function {bisect_right(_SHARES, sum(w.lower() in _FUNCTION for w in own) / len(own))}")
        persons = sum(w.lower() in _PERSONS for w in own) / len(own)
        if persons > 0.04:
            names.append("you and we")
        if any(w.lower().replace("’", "'") in _FIRST_PERSON for w in own):
            names.append("first person" if not _QUOTE.search(text) else "first person quoted")
    if _QUOTE.search(text):
        names.append("quotation")
    if text.endswith(("!", "?")):
        names.append("exclamation")
    if _BIOGRAPHY.match(text):
        names.append("biography")
    if len(own) < 6 and _NAME.fullmatch(text):
        names.append("a name")
    if len(own) < _SHORT and _STAMP.search(text):
        names.append("stamp")
    if _NUMBERED.match(text):
        names.append("numbered")
    if len(own) > 3 and len(own) % 2 == 0 and own[: len(own) // 2] == own[len(own) // 2 :]:
        names.append("doubled")
    if _CLOCK.search(text):
        names.append("date or clock" if len(own) < _SHORT else "date in sentence")
    if sum(c.isdigit() for c in text) > 0.2 * len(text):
        names.append("digits")
    if _ADDRESS.search(text):
        names.append("address")
    if "|" in text or "\t" in text:
        names.append("columns")
    return names


def _cue_names(one: Seen) -> list[str]:
    size = "short" if one.short else "long"
    names = [f"starts {kind} {size}" for kind in sorted(one.starts)]
    names += [f"has {kind} {size}" for kind in sorted(one.has)]
    if one.starts or one.has:
        names.append(f"cue {size}")
    if len(one.has) > 1:
        names.append("cues")
    return names


def _content(one: Seen) -> list[str]:
    return [w.lower() for w in one.own if len(w) > 3 and w.lower() not in _FUNCTION]


def _likeness(name: str, words: Sequence[str], rest: Counter[str], counted: bool) -> str:
    """How much of a line's content words the prose of the text has, the line itself aside."""
    if len(words) < 3:
        return f"{name} few"
    floor = 2 if counted else 1
    return f"{name} {bisect_right(_SHARES, sum(rest[w] >= floor for w in words) / len(words))}"


def _mark_up(block: Block | None) -> list[str]:
    if block is None:
        return ["block unknown"]
    return [f"tag {block.tag}", f"linked {bisect_right((0.01, 0.3, 0.6, 0.95), block.linked)}", *sorted(block.names)]
