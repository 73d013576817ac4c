"""Text -> words with their exact offsets, after the conventions of Universal Dependencies for English.

The rules follow what the English Web Treebank and GUM do (releases since 2.12): clitics are
words (`do|n't`, `Iran|'s`), hyphenated compounds three words (`Tehran - based`, `F - 16`) but
prefixed words one (`anti-government`), currency signs, percent signs and units part from their
figure, abbreviations keep their full stop. Lists stand in `words.yaml`.

Every character that is not white space belongs to exactly one word, in order, and words are
never more than stretches of the text: nothing is rewritten.

Matching happens on a *twin* of the text: a string of the same length in a small ASCII alphabet,
where curly quotes are straight, foreign letters are `x` or `X`, and marks, emoji and symbols are
control characters standing for their class. Offsets in the twin are offsets in the text. All
repetitions are possessive or bounded, so that time is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml

_EXTEND = "\x02"  # marks and invisible format characters: they extend the word they follow
_DASH = "\x04"  # dashes longer than an en dash
_DOTS = "\x05"  # the one-character ellipsis
_SYMBOL = "\x06"  # any other punctuation or symbol, a word by itself
_EMOJI = "\x07"
_JOINER = "\x0e"  # zero-width joiner, which makes one emoji of two
_FLAG = "\x0f"  # regional indicators, two of which make a flag

_LONGEST_CACHED = 40
_LONGEST_CLITIC = 3
_MOST_CLITICS = 3
_PARAGRAPH = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_CHUNK = re.compile(r"\S+")

_TWINS = {
    **dict.fromkeys("’ʼ＇′ʹ", "'"),
    **dict.fromkeys("‘‛ʻʿ´", "`"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑–−", "-"),
    **dict.fromkeys("‒—―⸺⸻", _DASH),
    "…": _DOTS,
    "\u200d": _JOINER,
    "ª": "x",
    "º": "x",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, as columns."""

    begin: list[int]
    """Code-point offset of each word's first character."""
    end: list[int]
    """Code-point offset behind each word's last character."""
    paragraphs: list[int]
    """Index of the first word of each paragraph that has any, ascending."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What `words.yaml` says, in the form the splitter asks for it."""

    token: re.Pattern[str]
    clitic: re.Pattern[str]
    contractions: dict[str, tuple[int, ...]]
    """Word -> offsets where its later parts begin."""
    whole: frozenset[str]
    abbreviations: frozenset[str]
    before_any: frozenset[str]
    before_capital: frozenset[str]
    before_digit: frozenset[str]
    units: frozenset[str]
    plain: frozenset[str]
    """Words of letters alone that are nevertheless to be looked at."""


def split(text: str) -> Words:
    """Split a text into words; a line break of any kind ends a paragraph.

    Offsets are code points into `text`. Time and memory are linear in its length.
    """
    begin: list[int] = []
    end: list[int] = []
    paragraphs: list[int] = []
    plain = _rules().plain
    for paragraph in _PARAGRAPH.finditer(text):
        at = paragraph.start()
        line = paragraph.group()
        before = len(begin)
        for found in _CHUNK.finditer(line):
            chunk = found.group()
            first = at + found.start()
            if chunk.isalpha() and chunk.isascii() and chunk.lower() not in plain:
                begin.append(first)
                end.append(first + len(chunk))
                continue
            for b, e in _spans(chunk, _what_follows(line, found.end())):
                begin.append(first + b)
                end.append(first + e)
        if len(begin) > before:
            paragraphs.append(before)
    return Words(begin, end, paragraphs)


def _what_follows(line: str, at: int) -> str:
    """Class of the next character but white space: `A` capital, `0` figure, `a` other, empty at the line's end."""
    for i in range(at, min(at + 8, len(line))):
        char = line[i]
        if not char.isspace():
            return "A" if char.isupper() else "0" if char.isdigit() else "a"
    return ""


def _spans(chunk: str, follows: str) -> tuple[tuple[int, int], ...]:
    """Begin and end of the words in a stretch without white space."""
    return _cut_cached(chunk, follows) if len(chunk) <= _LONGEST_CACHED else _cut(chunk, follows)


@lru_cache(maxsize=1 << 16)
def _cut_cached(chunk: str, follows: str) -> tuple[tuple[int, int], ...]:
    return _cut(chunk, follows)


def _cut(chunk: str, follows: str) -> tuple[tuple[int, int], ...]:
    """Cut a chunk from left to right, a token of the pattern at a time, and part those that hold several words."""
    rules = _rules()
    twin = chunk if chunk.isascii() and chunk.isprintable() else chunk.translate(_CLASSES)
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(twin):
        found = rules.token.match(twin, at)
        assert found is not None, "the pattern's last alternative takes any character"
        kind, end = found.lastgroup, found.end()
        if kind == "number":
            spans.extend(_part_number(found, rules))
        elif kind == "word":
            if _keeps_stop(twin, at, end, follows, rules):
                end += 1
                spans.append((at, end))
            else:
                spans.extend(_part_word(twin, at, end, rules))
        elif kind == "address":
            end = _trim_address(twin, at, end)
            spans.append((at, end))
        else:
            spans.append((at, end))
        at = end
    return tuple(spans)


def _keeps_stop(twin: str, begin: int, end: int, follows: str, rules: _Rules) -> bool:
    """Whether the full stop behind a word makes an abbreviation of it."""
    if end >= len(twin) or twin[end] != ".":
        return False
    after = twin[end + 1 : end + 2]
    if after == ".":
        return False
    word = twin[begin:end].lower()
    if word in rules.abbreviations:
        return True
    ahead = after or follows
    if ahead and word in rules.before_any:
        return True
    if ahead.isdigit():
        return word in rules.before_digit
    if ahead.isupper() and twin[begin].isupper():
        return (end - begin == 1 and word != "i") or word in rules.before_capital
    return False


def _part_word(twin: str, begin: int, end: int, rules: _Rules) -> list[tuple[int, int]]:
    """Part contractions and clitics from a word of letters."""
    word = twin[begin:end].lower()
    if word in rules.whole:
        return [(begin, end)]
    if (cuts := rules.contractions.get(word)) is not None:
        edges = [begin, *(begin + cut for cut in cuts), end]
        return list(pairwise(edges))
    tail: list[tuple[int, int]] = []
    stop = end
    while len(tail) < _MOST_CLITICS and (found := rules.clitic.search(twin, max(begin, stop - _LONGEST_CLITIC), stop)):
        cut = found.start()
        if cut == begin:
            break
        tail.append((cut, stop))
        stop = cut
    return [(begin, stop), *reversed(tail)]


def _part_number(found: re.Match[str], rules: _Rules) -> list[tuple[int, int]]:
    """Part a unit from its figure; ordinals, decades and designations stay whole."""
    begin, end = found.span()
    tail = found.start("tail")
    unit = found.string[tail:end].lower()
    if unit and (unit in rules.units or found.string[begin - 1 : begin] == "$") and unit.isalpha():
        return [(begin, tail), (tail, end)]
    return [(begin, end)]


def _trim_address(twin: str, begin: int, end: int) -> int:
    """End of a web address without the punctuation of the sentence around it."""
    while end > begin + 1 and twin[end - 1] in ".,;:!?'\"`)]}>*" + _DOTS:
        if twin[end - 1] == ")" and twin.count("(", begin, end) >= twin.count(")", begin, end):
            break
        end -= 1
    return end


class _Classes(dict[int, str]):
    """Code point -> character of the twin, worked out on first sight."""

    def __missing__(self, code: int) -> str:
        twin = self[code] = _class_of(chr(code))
        return twin


def _class_of(char: str) -> str:
    if (given := _TWINS.get(char)) is not None:
        return given
    if char.isascii():
        return char if char.isprintable() else _SYMBOL
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return _FLAG
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf" or 0x1F3FB <= code <= 0x1F3FF:
        return _EXTEND
    if category == "Lu":
        return "X"
    if category == "Nd":
        return "0"
    if category[0] in "LN":
        return "x"
    if category == "Sc":
        return "$"
    return _EMOJI if category == "So" else _SYMBOL


_CLASSES = _Classes()


@cache
def _rules() -> _Rules:
    """The rules of `words.yaml`, compiled once."""
    source = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(source)
    contractions: dict[str, tuple[int, ...]] = {}
    for entry in data["contractions"]:
        parts = entry.split("|")
        contractions["".join(parts)] = tuple(sum(map(len, parts[:i])) for i in range(1, len(parts)))
    return _Rules(
        token=_token_pattern(data),
        clitic=re.compile("(?i:" + _any_of(data["clitics"]).replace("'", "['`]") + r")\Z"),
        contractions=contractions,
        whole=frozenset(data["whole"]),
        abbreviations=frozenset(data["abbreviations"]),
        before_any=frozenset(data["before_any"]),
        before_capital=frozenset(data["before_capital"]),
        before_digit=frozenset(data["before_digit"]),
        units=frozenset(data["units"]),
        plain=frozenset(word for word in contractions if word.isalpha()),
    )


def _any_of(entries: list[str]) -> str:
    """Alternation of plain strings, longest first."""
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))


def _token_pattern(data: dict[str, Any]) -> re.Pattern[str]:
    """One token of the twin at a position where no token has begun yet; alternatives in order of precedence."""
    letter, inner = "A-Za-z", r"A-Za-z0-9_\x02\x0e"
    prefixes = _any_of([form for entry in data["prefixes"] for form in (entry, entry.capitalize())])
    # "UN-backed" holds no prefix, "E-2" is a type of aircraft, "e-mail" a word; and "Rio-de-Janeiro" holds no prefix.
    prefix = rf"(?:(?<!-)(?:(?:{prefixes})-(?:(?=[{letter}])|(?<!\b[Ee]-)(?=\d)))++)"
    suffix = f"(?:-(?i:{_any_of(data['suffixes'])})(?![{inner}]))"
    word = f"[{inner}]++(?:['`&][{letter}][{inner}]*+)*+"
    figure = r"\d++(?:[.:]\d++|(?:,\d\d(?!\d)){0,4}+,\d{3}(?!\d))*+"
    day = r"(?:\d{4}-\d\d-\d\d|\d\d?-\d\d?-\d{4}|\d\d?/\d\d?(?:/\d{2,4})?+)(?![\w/-])"
    endings = _any_of(data["domains"])
    patterns = [
        ("address", r"(?:[a-z]{3,6}://|mailto:|www\.)[^\s<>\"]++"),
        ("mail", rf"[{inner}.%+-]{{1,64}}@[{letter}][{inner}-]{{0,62}}(?:\.[{inner}-]{{1,62}}){{0,6}}"),
        (
            "site",
            rf"(?:[{letter}0-9][{inner}-]{{0,62}}\.){{1,6}}(?:{endings}|{endings.upper()})(?![{inner}])(?:/[^\s<>\"(),;]*+)?+",
        ),
        ("tag", rf"[#@][{letter}_][{inner}]++"),
        ("phone", r"(?:\d-)?+\d{3}-(?:\d{3}-)?+\d{4}(?![\w-])"),
        ("day", day),
        ("year", r"'\d\ds?+(?![\w])"),
        ("number", rf"(?:\+(?=\d)|(?<![{inner}])\.(?=\d))?+{figure}(?P<tail>[{inner}]*+)(?:'s(?![{inner}]))?+"),
        ("currency", rf"(?:(?i:{_any_of(data['currencies'])}))?+\$|(?:{_any_of(data['money'])})(?=\d)"),
        ("dotted", rf"(?:[{letter}]\.){{2,12}}[{letter}]?+(?![{inner}])|Ph\.?D\.|(?i:w/o|b/c|n/a)(?![{inner}])"),
        ("elision", rf"(?:(?i:{_any_of(data['elisions'])})|(?i:{_any_of(data['clitics'])}))(?![{inner}'])"),
        ("word", rf"{prefix}?+(?:(?<=-){day}|{word}){suffix}?+"),
        ("stops", r"[.!?\x05]++"),
        ("smile", r"[:;=]-?[)(DP](?![\w)])"),
        ("flag", r"\x0f\x0f?"),
        ("emoji", r"\x07\x02*+(?:\x0e\x07\x02*+)*+"),
        ("run", r"(?P<same>[-=*#<>+~_,\x04])(?P=same)*+|''|``"),
        ("one", r"(?s:.)[\x02\x0e]*+"),
    ]
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns))
