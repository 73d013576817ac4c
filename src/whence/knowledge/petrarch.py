"""PETRARCH's and PLOVER's dictionaries: lines of actors and agents with codes, as entries.

An actor is `NAME_ [CODE]`, with synonyms on lines that begin with `+` and codes of certain days on
lines of their own, or several on one line: `[CODE 970811-970821]`, `[CODE <970811]`, `[CODE >970811]`.
A code without days holds on all others. An agent is `NOUN {PLURAL} [~CODE]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from whence.knowledge.own import without
from whence.knowledge.records import SECTORLESS, Country, Entry, Kind
from whence.knowledge.tables import read_yaml

MAX_ALIASES = 200
MAX_CODES = 200
"""Codes of one actor; each is compared with the others."""
_CODE = re.compile(r"\[([^\[\]]{0,80})\]")
_ACRONYM_LETTERS = 3
"""A name of so few letters stays in capitals: "WHO" must not be found in "Who"."""

Complain = Callable[[int, str], None]


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("petrarch.yaml"))


@dataclass(slots=True)
class _Block:
    """An actor as its lines come."""

    line: int
    names: list[str]
    codes: list[str] = field(default_factory=list)


def read(lines: list[str], countries: dict[str, Country], complain: Complain) -> Iterator[Entry]:
    """The entries of a dictionary; what cannot be used is told as (line, reason) and left out."""
    is_plover = any("JRN" in line for line in lines if "[" in line)
    reader = _Reader(countries, complain, "plover" if is_plover else "petrarch")
    for block in _blocks(lines, complain):
        yield from reader.entries(block)


def _blocks(lines: list[str], complain: Complain) -> Iterator[_Block]:
    block: _Block | None = None
    for number, raw in enumerate(lines, 1):
        line = re.split("[#;]", raw, maxsplit=1)[0]
        head = line.split("[", 1)[0].strip()
        if not line.strip() or " = " in line:  # the latter defines what `!PERSON!` stands for
            continue
        if (line[0] == "+" or not head) and block is None:
            complain(number, "a synonym or a code before any name")
            continue
        if line[0] == "+" and block is not None:
            if len(block.names) > MAX_ALIASES:
                complain(number, f"more than {MAX_ALIASES} synonyms")
            else:
                block.names.append(head[1:])
        elif head:
            if block is not None:
                yield block
            block = _Block(number, [head])
        if "[" in line and block is not None:
            codes = _CODE.findall(line)
            if len(codes) != line.count("["):
                complain(number, "a bracket is not closed")
            if len(block.codes) + len(codes) > MAX_CODES:
                complain(number, f"more than {MAX_CODES} codes")
            else:
                block.codes += codes
    if block is not None:
        yield block


class _Reader:
    def __init__(self, countries: dict[str, Country], complain: Complain, dialect: str) -> None:
        self._countries = countries
        self._complain = complain
        self._rules = _rules()
        self._sectors = self._rules["sectors"] | {"MED": self._rules["med"][dialect]}
        self._organisation_words = frozenset(self._rules["organisation_words"])
        self._small = frozenset(self._rules["small_words"])

    def entries(self, block: _Block) -> Iterator[Entry]:
        """One entry for each code and term of the block."""
        if not block.codes:
            self._complain(block.line, f"{block.names[0]}: no code")
            return
        is_agent = block.codes[0].startswith("~")
        names = list(dict.fromkeys(n for name in block.names for n in (_nouns if is_agent else self._names)(name)))
        if not names:
            self._complain(block.line, f"{block.names[0]}: no name in letters")
            return
        dated: list[Entry] = []
        undated: list[Entry] = []
        for text in block.codes:
            try:
                entry = self._entry(names, text, is_agent)
            except ValueError as error:
                self._complain(block.line, f"{names[0]}: {error}")
                continue
            (dated if entry.start or entry.end else undated).append(entry)
        yield from dated
        for entry in undated[:1]:
            yield from without(entry, dated)

    def _entry(self, names: list[str], text: str, is_agent: bool) -> Entry:
        code, _, term = text.strip().partition(" ")
        country, sector = self._coded(code.lstrip("~"))
        start, end = _term(term.strip())
        kind = "group" if is_agent else self._kind(names[0], country, sector)
        return Entry(names[0], tuple(names[1:]), kind, country, sector, start, end, "")

    def _coded(self, code: str) -> tuple[str | None, str | None]:
        parts = [code[i : i + 3] for i in range(0, len(code) - len(code) % 3, 3)]
        if not parts:
            raise ValueError(f"the code {code!r} is empty")
        country = self._country(parts)
        found = [self._sectors[p] for p in parts if p in self._sectors]
        stronger = [s for s in found if s in self._rules["over_government"]]
        sector = stronger[0] if stronger and found[0] == "GOV" else (found[0] if found else None)
        if country in SECTORLESS:
            return country, None
        sector = sector or self._rules["sector_of_stateless"].get(country)
        if sector is None:
            raise ValueError(f"the code {code} names no sector: a country, place or people")
        return country, sector

    def _country(self, parts: list[str]) -> str | None:
        first = self._rules["countries"].get(parts[0], parts[0])
        if first in self._countries:
            return str(first)
        stateless = self._rules["stateless"]
        found = [stateless[code] for code in stateless if code in parts]
        code: str | None = (found or [self._rules["stateless_first"].get(parts[0])])[0]
        return code

    def _names(self, raw: str) -> Iterator[str]:
        """An actor's name and the acronym in brackets behind it, in ordinary case."""
        name, bracket, rest = raw.partition("(")
        for part in (name, rest.partition(")")[0] if bracket else ""):
            words = part.replace("_", " ").split()
            if any(c.isalpha() for word in words for c in word) and not "".join(words).islower():
                yield " ".join(self._cased(word, i, len(words)) for i, word in enumerate(words))

    def _cased(self, word: str, index: int, count: int) -> str:
        if count == 1 and len(word.replace(".", "")) <= _ACRONYM_LETTERS:
            return word
        if index and word.lower() in self._small:
            return word.lower()
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))

    def _kind(self, name: str, country: str | None, sector: str | None) -> Kind:
        words = name.lower().split()
        if not self._organisation_words.isdisjoint(words):
            return "group" if sector in self._rules["group_sectors"] else "organisation"
        if sector in ("GOV", "ELI") and len(words) > 1:
            return "person"
        return "group" if sector in self._rules["group_sectors"] else "organisation"


def _nouns(raw: str) -> Iterator[str]:
    """An agent's noun and its plural, in lower case; `{}` says that it has none."""
    noun, brace, rest = raw.partition("{")
    base = " ".join(noun.replace("!", "_").replace("_", " ").lower().split())
    if base:
        yield base
        plural = " ".join(rest.partition("}")[0].replace("_", " ").lower().split())
        if plural or not brace:
            yield plural or (f"{base[:-1]}ies" if base.endswith("y") else f"{base}s")


def _term(text: str) -> tuple[str, str]:
    """First and last day; raises ValueError for what is none."""
    if not text:
        return "", ""
    if text[0] in "<>":
        day = _day(text[1:].strip())
        return ("", day) if text[0] == "<" else (day, "")
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"{text!r} is no term like 970811-970821")
    first, last = _day(start.strip()), _day(end.strip())
    if first > last:
        raise ValueError(f"the term {text} ends before it begins")
    return first, last


def _day(text: str) -> str:
    """`970811` and `19970811` as days; years of two digits are 1930 to 2029."""
    if len(text) == 6 and text.isdecimal():
        text = ("20" if text < "3" else "19") + text
    if len(text) != 8 or not text.isdecimal() or not text.isascii():
        raise ValueError(f"{text!r} is no day like 970811")
    return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
