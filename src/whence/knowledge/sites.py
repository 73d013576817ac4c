"""In which country a news site is at home: by its top-level domain, by its outlet, by a country in its name."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from whence.knowledge.normal import key
from whence.knowledge.store import Knowledge
from whence.knowledge.tables import read_table

_SHORTEST = 5
"""Letters of the shortest name, adjective or capital of a country that is read in a name of a site."""
_LABELS = 2
"""Labels behind a site's name at most: "co.uk"."""
_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac", "edu", "or", "go"})
_SOLD_WIDELY = frozenset({"tv", "co", "io", "me", "ai", "fm", "cc", "ws", "to", "ly", "la", "am", "gg", "sh", "eu"})
"""Top-level domains of countries that sites of anywhere use."""


def home_country(knowledge: Knowledge, url: str | None) -> str | None:
    """The country (alpha-3) where the site of an address is at home; None without address, or where nothing tells."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return country_of(knowledge, host) if host else None


@lru_cache(maxsize=4096)
def country_of(knowledge: Knowledge, host: str) -> str | None:
    """The country (alpha-3) where the site of a host name (`www.tehrantimes.com`) is at home; None if nothing tells."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) < _LABELS:
        return None
    top = labels.pop()
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    if top not in _SOLD_WIDELY and top in _domains():
        return _domains()[top]
    name = key(labels[-1])
    written = (name.title(), name.upper(), name.removeprefix("the").title())
    outlets = {e.country for form in written for e in knowledge.actors(form) if e.sector == "JRN"}
    if len(outlets) == 1:
        return outlets.pop()
    bare = name.removeprefix("the")
    return next((code for word, code in _words(knowledge) if bare.startswith(word) or bare.endswith(word)), None)


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Names, adjectives and capitals of countries as keys with the country, the longest first."""
    found: dict[str, str] = {}
    for country in knowledge.countries.values():
        for word in (country.name, *country.aliases, *country.adjectives, *country.capitals):
            if len(written := key(word)) >= _SHORTEST:
                found.setdefault(written, country.code)
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _domains() -> dict[str, str]:
    """The country of each top-level domain of two letters."""
    rows = read_table(Path(__file__).with_name("gazetteer_countries.tsv"), "alpha2 alpha3")
    return {"uk": "GBR"} | {row.text("alpha2").lower(): row.text("alpha3") for row in rows}
