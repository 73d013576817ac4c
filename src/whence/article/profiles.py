"""Which lines repeat over the pages of a site, and are therefore no page's own."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappush, heappushpop
from typing import Any
from urllib.parse import urlsplit

from whence.records import Article, ExcludedLine

PAGES = 400
"""Pages of a host that are compared; of more, those whose texts have the lowest hashes, whatever their order."""
LINES = 1_000
"""Lines of a page that are compared. With 400 pages of 40 lines a host takes about 150 kB, at most 3 MB."""
HOSTS = 20_000
"""Hosts that have a profile; of more, those whose names have the lowest hashes."""
REPEATED = 3
"""Pages on which a line has to stand to be the site's. On the labelled lines of 110 pages (32 hosts with 2 to 7 pages
each) 3 left out 0.05 % of the body's lines and 11 % of the sentences after it, 2 left out 1 % and 24 %; with more pages
of a host there is more to find."""
SHARE = 0.01
"""Share of a host's pages on which it has to stand too: a paragraph of background comes back in a few of many."""
COPY = 0.7
"""Share of a page's lines that stand on one other page together, from which the one is a copy of the other."""
MOST = 0.5
"""Share of an article's words that may be its site's; with more it is a copy of a page, and stays whole."""
UNPACKED = 2_000_000_000
"""Bytes of profiles, unpacked."""


@dataclass(frozen=True)
class Profiles:
    """For each host the hashes of the lines that repeat over its pages, with the number of these pages."""

    lines: Mapping[str, Mapping[int, int]]

    @cached_property
    def version(self) -> str:
        """Short hash of what is in it: 12 hexadecimal digits."""
        return hashlib.sha256(self._plain()).hexdigest()[:12]

    def apply(self, article: Article) -> Article:
        """The article without the lines of its site, with the hash of what is left, and its id if that was by the hash.

        Left out lines are numbered in the text that it had. An article of which most would go is left as it is.
        """
        host = host_of(article)
        known = self.lines.get(host, {}) if host else {}
        if not known:
            return article
        lines = article.text.split("\n")
        out = {i: count for i, line in enumerate(lines) if line.strip() and (count := known.get(hashed(line)))}
        if not out or sum(len(lines[i].split()) for i in out) > MOST * len(article.text.split()):
            return article
        text = _without(lines, out)
        digest = hashlib.sha256(text.encode("utf8")).hexdigest()
        gone = (ExcludedLine(lines[i], i + 1, f"site: repeated on {n} pages of {host}") for i, n in out.items())
        return replace(
            article,
            text=text,
            sha256=digest,
            id=digest[:16] if article.id == article.sha256[:16] else article.id,
            excluded=(*article.excluded, *gone),
        )

    def to_bytes(self) -> bytes:
        """For keeping: the same for equal profiles."""
        return zlib.compress(self._plain(), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Profiles:
        """What `to_bytes` gave. Raises `ValueError` for anything else."""
        try:
            plain = zlib.decompressobj().decompress(data, UNPACKED)
            read: dict[str, Any] = json.loads(plain)
            return cls({host: {int(key): int(n) for key, n in lines.items()} for host, lines in read.items()})
        except (zlib.error, AttributeError, TypeError) as error:
            raise ValueError(f"these are no profiles of sites: {error}") from error

    def _plain(self) -> bytes:
        ordered = {host: dict(sorted(self.lines[host].items())) for host in sorted(self.lines)}
        return json.dumps(ordered, separators=(",", ":")).encode("utf8")


class ProfileBuilder:
    """Takes articles in any order, and makes the profiles of their hosts."""

    def __init__(self) -> None:
        self._pages: dict[str, list[tuple[int, frozenset[int]]]] = {}
        """For each host a heap of pages: the hash of the text, negative, and the hashes of the lines."""
        self._hosts: list[tuple[int, str]] = []
        """Heap of the hosts by the hash of their names, negative."""

    def add(self, article: Article) -> None:
        """Counts an article's lines, each once. An article that gives no host counts for nothing."""
        host = host_of(article)
        if not host or not self._takes(host):
            return
        lines = [line for line in article.text.split("\n") if line.strip()][:LINES]
        page = (-int(article.sha256[:16], 16), frozenset(map(hashed, lines)))
        heap = self._pages[host]
        if any(page[0] == number for number, _ in heap):
            return  # the same text again
        if len(heap) < PAGES:
            heappush(heap, page)
        else:
            heappushpop(heap, page)

    def build(self) -> Profiles:
        """The profiles; the order in which articles were added makes no difference."""
        found = {
            host: lines for host, pages in self._pages.items() if (lines := _repeated(sorted(pages, reverse=True)))
        }
        return Profiles(found)

    def _takes(self, host: str) -> bool:
        """Whether a host is among those with the lowest hashes; the one that it displaces is forgotten."""
        if host in self._pages:
            return True
        entry = (-hashed(host), host)
        if len(self._hosts) < HOSTS:
            heappush(self._hosts, entry)
        else:
            displaced = heappushpop(self._hosts, entry)
            if displaced == entry:
                return False
            del self._pages[displaced[1]]
        self._pages[host] = []
        return True


def host_of(article: Article) -> str | None:
    """The host of an article's address, without `www.`, in lower case."""
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def hashed(line: str) -> int:
    """63 bits of a line, whatever its case and spaces."""
    plain = " ".join(line.casefold().split())
    return int.from_bytes(hashlib.blake2b(plain.encode("utf8"), digest_size=8).digest(), "big") >> 1


def _repeated(pages: Iterable[tuple[int, frozenset[int]]]) -> dict[int, int]:
    """Lines that stand on several pages, copies of one page counted once."""
    held: dict[int, list[int]] = {}
    compared = 0
    for number, (_, lines) in enumerate(pages):
        together = Counter(page for line in lines for page in held.get(line, ()))
        if together and max(together.values()) >= COPY * len(lines):
            continue
        compared += 1
        for line in lines:
            held.setdefault(line, []).append(number)
    least = max(REPEATED, SHARE * compared)
    return {line: len(on) for line, on in held.items() if len(on) >= least}


def _without(lines: list[str], out: Mapping[int, int]) -> str:
    """The text without some lines, and without the blank lines that only set these off."""
    kept: list[str] = []
    for i, line in enumerate(lines):
        is_double = i - 1 in out and not line.strip() and not (kept and kept[-1].strip())
        if i not in out and not is_double:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)
