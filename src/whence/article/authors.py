"""Who wrote an article, from what the source declares, the page's metadata and the line under the headline.

Every one of these is often wrong, so that only agreement makes sure: an author that a single one names has that one's
confidence, and one that several name the chance that not all of them err.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from whence.article.credits import named
from whence.article.language import words_of
from whence.records import Author

GIVEN = 0.95
"""Confidence of an author that the source of a page declares."""
_TRUST = {"json": 0.8, "meta": 0.7, "rel": 0.6, "line": 0.7}
"""Chance that a name is right which stands in JSON-LD, in a meta element, in a link to its author, in a byline. Not
measured, for no labelled authors are at hand; the order is that of how much else sites put there."""
_TOP = 6
"""Lines at the top among which one may be the byline."""
_MOST = 20
"""Authors of one article."""
_LONGEST = 80
"""Characters of a name."""
_BYLINE = re.compile(r"^(?:by|written by|reported by|story by|text by)[:\s]\s*(?P<who>\S.{1,200})$", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:\||•|·|/| - | – | — |\(|@|\bin [A-Z]|\bfor [A-Z]|\bat \d|\bon (?:\d|[A-Z][a-z]+ \d)|\d).*$")
_BETWEEN = re.compile(r"\s*(?:;|,|&|\band\b|\bwith\b)\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,5}")
_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "dos", "el", "la", "ter", "van", "von"))
"""Small words inside names."""
_SCRIPTS = 50
"""Pieces of JSON-LD that are read."""
_JSON = 500_000
"""Characters of one piece of JSON-LD that is read; real ones have under 50,000."""
_DEPTH = 6
"""Lists and objects inside each other that are looked into."""


def authors(
    given: Iterable[str] = (),
    tree: Any = None,
    lines: Sequence[str] = (),
    site: str | None = None,
) -> tuple[Author, ...]:
    """The authors with the confidence in each, the surest first; of the input's `lines` the first are looked at."""
    declared = [name for words in given for name in names(words, site)]
    if declared:
        return tuple(Author(name, GIVEN) for name in dict.fromkeys(declared))[:_MOST]
    doubt: dict[str, float] = {}
    spelt: dict[str, str] = {}
    for where, words in _named(tree, lines):
        for name in names(words, site):
            key = name.casefold()
            spelt.setdefault(key, name)
            doubt[key] = doubt.get(key, 1.0) * (1 - _TRUST[where])
    found = [Author(spelt[key], round(1 - left, 3)) for key, left in doubt.items()]
    return tuple(sorted(found, key=lambda author: -author.confidence)[:_MOST])


def names(words: str, site: str | None = None) -> list[str]:
    """The names of persons in a byline; none for addresses, handles, desks, agencies and the site itself."""
    bare = " ".join(words.split())
    if found := _BYLINE.match(bare):
        bare = found["who"]
    if "://" in bare or bare.startswith(("@", "www.")):
        return []
    known = []
    for part in _BETWEEN.split(_CUT.sub("", bare[:500])):
        name = part.strip(" .,:'\"")
        if name.isupper():
            name = name.title()
        if (
            len(name) <= _LONGEST
            and _NAME.fullmatch(name)
            and all(word[0].isupper() or word in _PARTICLES for word in name.split())
            and not words_of("desks.txt") & set(name.casefold().split())
            and not (site and name.casefold() in site.casefold())
            and named(name) is None
        ):
            known.append(name)
    return list(dict.fromkeys(known))


def byline(lines: Sequence[str]) -> str | None:
    """The first lines' byline: a line that begins with "By" and has names alone."""
    for bare in islice(filter(None, map(str.strip, lines)), _TOP):
        if len(bare) <= 2 * _LONGEST and _BYLINE.match(bare) and names(bare):
            return bare
    return None


def declared(tree: Any) -> list[str]:
    """What meta elements and JSON-LD name as authors, persons or not."""
    return [words for where, words in _named(tree, ()) if where in ("meta", "json")]


def _named(tree: Any, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Where something stands as an author, with its words; each place says a thing once."""
    if tree is not None:
        said = [("meta", words) for words in _metas(tree)]
        said += [("json", words) for words in _linked_data(tree)]
        said += [("rel", " ".join(link.itertext())[: 2 * _LONGEST]) for link in tree.iterfind(".//a[@rel='author']")]
        yield from dict.fromkeys(said)
    if (line := byline(lines)) is not None:
        yield "line", line


def _metas(tree: Any) -> Iterator[str]:
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name in (
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
        ):
            yield (meta.get("content") or "")[:500]


def _linked_data(tree: Any) -> Iterator[str]:
    for number, script in enumerate(tree.iterfind(".//script[@type='application/ld+json']")):
        text = script.text or ""
        if number >= _SCRIPTS or len(text) > _JSON:
            continue
        try:
            yield from _creators(json.loads(text), _DEPTH)
        except (ValueError, RecursionError):
            continue


def _creators(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value[:100]:
            yield from _creators(item, depth - 1)
    elif isinstance(value, dict):
        for key in ("author", "creator"):
            for one in value[key] if isinstance(value.get(key), list) else [value.get(key)]:
                name = one.get("name") if isinstance(one, dict) else one
                if isinstance(name, str):
                    yield name[:500]
        for key in ("@graph", "mainEntity"):
            yield from _creators(value.get(key), depth - 1)
