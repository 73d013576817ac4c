"""Time expressions of an article, and the days they mean.

`find` reads every sentence with the grammar (`time_grammar`), leaves out what only looks like a time ("may", "April
O'Neil", "2000 people"), and settles the days (`time_days`) against the day of publication, the tense of the governing
verb, and the days told before. Where an article has no day of publication, a full date of the text or a
weekday that fits one of its years may still settle it; else the days stay open and the rule says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from whence.coding.time_days import Answer, Days, Setting, resolve
from whence.coding.time_expressions import Calendar, Expression, Part, Range, Token, lexicon, may_tell, tokens
from whence.coding.time_grammar import Grammar
from whence.coding.tree import Tree
from whence.records import Time

_TOLD_WITHIN = 3
"""A day told of stays what "the next day" counts from for so many sentences."""
_DATELINE_WORDS = 10
"""Words that may stand before the date of a dateline."""
_DATELINE_END = re.compile(r" ?(?:\([^()\n]{1,60}\) ?)?[-–—:]")
_SPEAKER_DEPTH = 4
"""Edges between the last word of a speaker's name or title and its head."""
_NOT_TIMES = frozenset({"PER", "ORG", "FAC", "LOC", "PRODUCT"})
"""Kinds of name whose inside is no time: "the October 7 Hospital"."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression over words `first` to `last` (inclusive); the ids of `time` and `ends` are left empty."""

    first: int
    last: int
    time: Time
    ends: tuple[Time, ...] = ()
    """The dates that a range or an open stretch names, each by itself: the "Friday" of "until Friday"."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression over words `first` to `last`, before it is settled."""

    first: int
    last: int
    expression: Expression
    ends: tuple[_Found, ...] = ()


def find(tree: Tree, published: str | None) -> list[TimeMention]:
    """All time expressions of the article, in text order, none overlapping another.

    `published` is the day of publication (`YYYY-MM-DD`) or None. `Time.start` and `Time.end` are the first and last
    day meant, None where that end is open or cannot be known; `Time.rule` says how they were found. Raises ValueError
    for a `published` that is no ISO date.
    """
    found = list(_expressions(tree))
    full_dates, years = _dates_of_text(found)
    today = date.fromisoformat(published) if published else _own_day(tree, found)
    mentions: list[TimeMention] = []
    told: tuple[int, Days] | None = None
    for item in found:
        sentence = tree.sentence_of[item.first]
        recent = told[1] if told is not None and sentence - told[0] <= _TOLD_WITHIN else None
        setting = Setting(today, _direction(tree, item), recent, years, full_dates)
        answer = resolve(item.expression, setting)
        if isinstance(answer, Days) and answer.first is not None and answer.last is not None:
            told = sentence, answer
        ends = tuple(_time(tree, end, resolve(end.expression, setting)) for end in item.ends)
        mentions.append(TimeMention(item.first, item.last, _time(tree, item, answer), ends))
    return mentions


def _time(tree: Tree, item: _Found, answer: Answer) -> Time:
    start = end = None
    if isinstance(answer, Days):
        start, end = (day.isoformat() if day else None for day in (answer.first, answer.last))
    mention = tree.mention(item.first, item.last)
    return Time("", mention.text, mention.at, start, end, answer.rule)


# -- finding -------------------------------------------------------------------------------


def _expressions(tree: Tree) -> Iterator[_Found]:
    begins = tree.analysis.begin
    for sentence in tree.analysis.sentences:
        stretch = begins[sentence.first], tree.analysis.end[sentence.last]
        if not may_tell(tree.text, *stretch):
            continue
        row = tokens(tree.text, *stretch)

        def words(first: int, last: int, expression: Expression, row: list[Token] = row) -> _Found:
            inner = (expression.first, expression.last) if isinstance(expression, Range) else ()
            ends = tuple(words(end.first, end.last, end.expression, row) for end in inner if end is not None)
            at = [bisect_right(begins, row[token].begin) - 1 for token in (first, last)]
            return _Found(at[0], at[1], expression, ends)

        for first, last, expression in Grammar(row).expressions():
            item = words(first, last, expression)
            if _is_time(tree, item):
                yield item


def _is_time(tree: Tree, item: _Found) -> bool:
    """Whether the expression is a time here, and not a modal, a person, a number of things."""
    core = item.ends[0] if item.ends else item
    name = tree.name(core.first)
    if name is not None and name.kind in _NOT_TIMES and not (name.kind == "PER" and _is_weekday(core.expression)):
        return False
    if core.first == core.last:
        if tree.upos[core.first] in ("AUX", "VERB"):
            return False
        if tree.form[core.first].isdigit():
            return _is_year(tree, core.first)
    return True


def _is_weekday(expression: Expression) -> bool:
    """Whether it is no more than a day of the week, which no person is called: "President Clinton Saturday vowed"."""
    return isinstance(expression, Calendar) and expression.weekday is not None and expression.month is None


def _is_year(tree: Tree, word: int) -> bool:
    """Whether four figures are a year and not a count: "2000 people", "1945 dollars", "$ 2000"."""
    name = tree.name(word)
    if name is not None and name.kind in ("DATE", "MONEY"):
        return name.kind == "DATE"
    before = tree.form[word - 1].lower() if word else ""
    if tree.relation[word] == "nummod" and tree.xpos[tree.head[word]] in ("NNS", "NNPS"):
        return tree.head[word] != word + 1 and before in lexicon()["year_leads"]
    return before not in ("$", "€", "£", "#")


def _dates_of_text(found: list[_Found]) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """Full dates that the text gives outright, and all years, those of full dates first."""
    full_dates: list[date] = []
    years: list[int] = []
    for fields in (part for item in found for part in _calendars(item.expression)):
        if fields.full:
            answer = resolve(fields, Setting(None))
            if isinstance(answer, Days) and answer.first is not None:
                full_dates.append(answer.first)
        elif fields.year is not None:
            years.append(fields.year)
    return tuple(full_dates), (*(day.year for day in full_dates), *years)


def _calendars(expression: Expression) -> Iterator[Calendar]:
    match expression:
        case Calendar():
            yield expression
        case Part(_, of):
            yield from _calendars(of)
        case Range(first, last):
            for end in (first, last):
                if end is not None:
                    yield from _calendars(end.expression)


def _own_day(tree: Tree, found: list[_Found]) -> date | None:
    """The day that the text calls its own: "today, Friday 22 July 2022", or a full date in its dateline."""
    for item in found:
        if isinstance(item.expression, Calendar) and item.expression.full:
            answer = resolve(item.expression, Setting(None))
            if isinstance(answer, Days) and (_after_today(tree, item) or _in_dateline(tree, item)):
                return answer.first
    return None


def _after_today(tree: Tree, item: _Found) -> bool:
    before = item.first - 1
    if before > 0 and tree.upos[before] == "PUNCT":
        before -= 1
    return before >= 0 and tree.form[before].lower() == "today"


def _in_dateline(tree: Tree, item: _Found) -> bool:
    """Whether only names stand before it in the text, and a dash or colon after it: `NIAMEY, Sept 14, 2017 (AFP) -`."""
    if item.first > _DATELINE_WORDS or any(tree.upos[w] not in ("PROPN", "PUNCT", "X") for w in range(item.first)):
        return False
    return _DATELINE_END.match(tree.text, tree.analysis.end[item.last]) is not None


# -- tense ---------------------------------------------------------------------------------


def _direction(tree: Tree, item: _Found) -> int:
    """-1 where what governs the expression lies in the past, 1 in the future, 0 where it does not say."""
    word = _head(tree, item)
    if tree.form[item.first].lower() in lexicon()["tense"]["behind"]:
        return -1
    if report_before(tree, item.first, item.last) is not None:
        return -1
    direction = _tense(tree, word)
    bounded = isinstance(item.expression, Range) and item.expression.first is None
    if (bounded or tree.case(word) in lexicon()["tense"]["bounds"]) and word > tree.head[word]:
        # "Gave them until Friday", "to be freed by Friday": the bound lies ahead, unless "had left by Friday".
        return -1 if direction < 0 and _is_perfect(tree, tree.head[word]) else 1
    return direction


def report_before(tree: Tree, first: int, last: int) -> int | None:
    """The report that the words date right before them: "… will resume, they said on Saturday", whatever the tree says.

    The speaker may stand between: "…, said the minister on Saturday". In "said Saturday's vote" and "said Saturday
    would be quiet" they begin what is reported.
    """
    before, after = first - 1, last + 1
    while before > 0 and tree.form[before].lower() in lexicon()["tense"]["between"]:
        before -= 1
    if before < 0 or tree.sentence_of[before] != tree.sentence_of[first]:
        return None
    verb = before if _is_report(tree, before) else _inverted(tree, before)
    begins = after < len(tree.form) and (tree.xpos[after] in ("POS", "MD") or tree.upos[after] in ("AUX", "VERB"))
    return None if begins else verb


def _is_report(tree: Tree, word: int) -> bool:
    return tree.xpos[word] == "VBD" and tree.lemma[word] in lexicon()["tense"]["reports"]


def _inverted(tree: Tree, word: int) -> int | None:
    """The report whose subject, standing after it, ends with the word."""
    for node in (word, *islice(tree.ancestors(word), _SPEAKER_DEPTH)):
        above = tree.head[node]
        if tree.relation[node] == "nsubj":
            return above if above < node and _is_report(tree, above) else None
    return None


def _head(tree: Tree, item: _Found) -> int:
    """The word of the expression that the rest of the sentence governs."""
    for word in range(item.first, item.last + 1):
        if tree.is_root(word) or not item.first <= tree.head[word] <= item.last:
            return word
    return item.last


def _is_perfect(tree: Tree, verb: int) -> bool:
    return any(tree.form[child].lower() in ("had", "has", "have") for child in tree.children(verb, "aux"))


def _tense(tree: Tree, word: int) -> int:
    """The first predicate on the way up that has a tense decides; what is planned lies ahead of its planning."""
    below = word
    for node in (word, *tree.ancestors(word)):
        if tree.lemma[node] in lexicon()["tense"]["ahead"] and _lies_ahead(tree, node, below, word):
            return 1
        if (direction := _own_tense(tree, node, word)) is not None:
            return direction
        below = node
    return 0


def _own_tense(tree: Tree, node: int, time: int) -> int | None:
    """-1 or 1 for a past or future predicate, 0 for another finite one, None where the word has no tense of its own."""
    words = lexicon()["tense"]
    helpers = {tree.form[child].lower() for child in tree.children(node, "aux", "cop")}
    if helpers & words["future_auxiliaries"]:
        return -1 if "have" in helpers else 1
    if helpers and tree.xpos[node] == "VB" and any(tree.form[m].lower() == "to" for m in tree.children(node, "mark")):
        return 1  # "is to meet", "were to resume"
    if helpers & words["past_auxiliaries"] or tree.xpos[node] == "VBD":
        return -1
    if helpers:
        # "Is visiting on Friday", "the vote is on Friday" lie ahead; other presents leave it open.
        return 1 if tree.xpos[node] == "VBG" or node == time else 0
    if tree.xpos[node] == "VBN" and node != time:
        return -1
    return 0 if tree.xpos[node] in ("VBZ", "VBP") else None


def _lies_ahead(tree: Tree, planner: int, below: int, time: int) -> bool:
    """Whether the time belongs to what is planned: `planned for Friday`, `agreed to meet on Friday`."""
    if below == planner:
        return False
    present = tree.xpos[planner] in ("VBZ", "VBP", "VBG")
    if below == time:
        passive = any(tree.form[child].lower() in ("is", "are") for child in tree.children(planner, "aux"))
        return present or passive or tree.case(time) == "for" or tree.upos[planner] == "ADJ"
    if tree.relation[below] in ("xcomp", "ccomp", "advcl", "acl"):
        return tree.xpos[below] == "VB" and tree.child(below, "nsubj") is None
    return tree.relation[below] == "obj" and present
