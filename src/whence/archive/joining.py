"""Incidents of an archive, kept true to its events: after each change those that it can touch are made anew.

New events are compared with all that share a key with them; pairs with points enough are kept as links. Events
that links do not connect cannot be of one incident, so what hangs together by links is joined anew, and nothing
else. The incidents are those that all codings at once would give, whatever the order in which they came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from whence.archive import common, documents
from whence.incidents import Account, Link, Rulings, accounts, join, keys, links, sought, summarise
from whence.records import Incident

_BATCH = 500
"""New events that are compared at once."""
_RECENT = 1_000
"""Articles whose accounts are kept in memory, from batch to batch too: news is compared with news of that week.
Of 13 events each they take 60 MB."""
_VALUES = "(SELECT value FROM json_each(?))"


def update(connection: sqlite3.Connection) -> None:
    """Makes the incidents anew that the events in `unjoined` touch. Belongs to the transaction that changed them."""
    book = _Accounts(connection)
    for some in _slices(_unjoined(connection)):
        _enter_keys(connection, book, some)
    parted = common.settle(connection)
    waiting = _unjoined(connection)
    for some in _slices(waiting):
        _link(connection, book, some)
    for closure in _closures(connection, [*waiting, *parted]):
        _rejoin(connection, book, closure)
    connection.execute("DELETE FROM unjoined")


def _unjoined(connection: sqlite3.Connection) -> list[int]:
    return [row for (row,) in connection.execute("SELECT event FROM unjoined ORDER BY event")]


def _slices(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """The rows in slices of a batch."""
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


class _Accounts:
    """Accounts of events by their rows, read from the documents of their articles."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys: dict[str, frozenset[int]] = {}

    def of(self, rows: Iterable[int]) -> dict[int, Account]:
        """The accounts of events; by article, so that each document is read once."""
        found = self._connection.execute(
            f"SELECT id, article, uid FROM events WHERE id IN {_VALUES} ORDER BY article, id", (_listed(rows),)
        ).fetchall()
        read = {article: self._of_article(article) for article in dict.fromkeys(article for _, article, _ in found)}
        return {row: read[article][uid][0] for row, article, uid in found}

    def keys(self, account: Account) -> frozenset[int]:
        """The keys of an account that was read here."""
        return self._keys[account.uid]

    def _of_article(self, article: int) -> _Keyed:
        (packed,) = self._connection.execute("SELECT json FROM documents WHERE article = ?", (article,)).fetchone()
        keyed = _keyed(bytes(packed))
        self._keys.update((uid, its) for uid, (_, its) in keyed.items())
        return keyed


_Keyed = Mapping[str, tuple[Account, frozenset[int]]]
"""The accounts of an article by uid, each with its keys."""


@lru_cache(maxsize=_RECENT)
def _keyed(packed: bytes) -> _Keyed:
    """The accounts of a document; they follow from its bytes alone."""
    return {a.uid: (a, keys(a)) for a in accounts(documents.coding(documents.unpack(packed)))}


def _enter_keys(connection: sqlite3.Connection, book: _Accounts, fresh: Sequence[int]) -> None:
    """Writes the keys of some events anew."""
    own = book.of(fresh)
    connection.execute(f"DELETE FROM incident_keys WHERE event IN {_VALUES}", (_listed(fresh),))
    connection.executemany(
        "INSERT OR IGNORE INTO incident_keys VALUES (?, ?)",
        [(key, row) for row, account in own.items() for key in sorted(book.keys(account))],
    )


def _link(connection: sqlite3.Connection, book: _Accounts, fresh: Sequence[int]) -> None:
    """Finds the links of some events anew: to those that share a key, to those of their articles, to those ruled on."""
    own = book.of(fresh)
    for column in ("a", "b"):
        connection.execute(f"DELETE FROM incident_links WHERE {column} IN {_VALUES}", (_listed(fresh),))
    shared = common.among(connection, fresh)
    asked = {key for account in own.values() for key in sought(book.keys(account), shared)}
    near = connection.execute(
        f"""SELECT event FROM incident_keys WHERE key IN {_VALUES}
            UNION SELECT id FROM events WHERE article IN (SELECT article FROM events WHERE id IN {_VALUES})""",
        (_listed(asked), _listed(fresh)),
    ).fetchall()
    ruled = _ruled(connection, [account.uid for account in own.values()])
    rows = {row for (row,) in near} | set(fresh) | set(_rows_of(connection, ruled))
    around = book.of(rows)
    row_of = {account.uid: row for row, account in around.items()}
    new = {account.uid for account in own.values()}
    found = links(around.values(), _rulings(connection, row_of), new, shared, book.keys)
    pairs = [(*sorted((row_of[link.a], row_of[link.b])), link.points) for link in found]
    connection.executemany("INSERT OR REPLACE INTO incident_links VALUES (?, ?, ?)", pairs)


def _closures(connection: sqlite3.Connection, rows: Sequence[int]) -> Iterator[list[int]]:
    """All events that hang together with some of `rows` by links, slice by slice; each once."""
    seen: set[int] = set()
    for some in _slices(rows):
        edge = [row for row in dict.fromkeys(some) if row not in seen]
        closure = set(edge)
        while edge:
            found = connection.execute(
                f"""SELECT b FROM incident_links WHERE a IN {_VALUES}
                    UNION SELECT a FROM incident_links WHERE b IN {_VALUES}
                    UNION SELECT other.event FROM tellings AS mine JOIN tellings AS other USING (incident)
                          WHERE mine.event IN {_VALUES}""",
                (_listed(edge),) * 3,
            )
            edge = [row for (row,) in found if row not in closure]
            closure.update(edge)
        seen |= closure
        if closure:
            yield sorted(closure)


def _rejoin(connection: sqlite3.Connection, book: _Accounts, closure: Sequence[int]) -> None:
    """Makes the incidents anew of events that hang together, with all that do."""
    connection.execute(
        f"DELETE FROM incidents WHERE id IN (SELECT incident FROM tellings WHERE event IN {_VALUES})",
        (_listed(closure),),
    )
    around = book.of(closure)
    uid_of = {row: account.uid for row, account in around.items()}
    row_of = {uid: row for row, uid in uid_of.items()}
    found = connection.execute(
        f"SELECT a, b, points FROM incident_links WHERE a IN {_VALUES}", (_listed(closure),)
    ).fetchall()
    known = [Link(min(uid_of[a], uid_of[b]), max(uid_of[a], uid_of[b]), points) for a, b, points in found]
    outlets = _outlets(connection, {account.article.sha256 for account in around.values()})
    for group in join(around.values(), known, _rulings(connection, row_of)):
        _put(connection, summarise(group, outlets), [row_of[account.uid] for account in group.accounts])


def _put(connection: sqlite3.Connection, incident: Incident, rows: Iterable[int]) -> None:
    packed = documents.pack(json.dumps(incident.to_dict(), ensure_ascii=False).encode("utf8", "surrogatepass"))
    window = incident.time
    (row,) = connection.execute(
        """INSERT INTO incidents (name, type, status, first_day, last_day, tellings, articles, outlets, origins,
                                  party_only, discrepancies, contradictions, json)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        (
            incident.id,
            incident.type,
            incident.status,
            window.start if window else None,
            window.end if window else None,
            len(incident.tellings),
            incident.articles,
            len(incident.outlets),
            len(incident.origins),
            incident.party_only,
            len(incident.discrepancies),
            sum(d.grade == "contradiction" for d in incident.discrepancies),
            packed,
        ),
    ).fetchone()
    connection.executemany("INSERT INTO tellings (event, incident) VALUES (?, ?)", [(event, row) for event in rows])


def _outlets(connection: sqlite3.Connection, texts: set[str]) -> dict[str, tuple[str, ...]]:
    """The sites of the near-copies of some texts."""
    found: dict[str, tuple[str, ...]] = {}
    for sha256, site in connection.execute(
        f"SELECT copy_of, site FROM articles WHERE copy_of IN {_VALUES} AND site IS NOT NULL ORDER BY site",
        (json.dumps(sorted(texts)),),
    ):
        found[sha256] = (*found.get(sha256, ()), site)
    return found


# -- what users ruled ----------------------------------------------------------------------


def rule(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]], is_one: bool, who: str, at: str) -> None:
    """Keeps a user's word on pairs of events, by uid, and has their incidents made anew."""
    ordered = [(min(pair), max(pair)) for pair in pairs]
    connection.executemany(
        "INSERT OR REPLACE INTO rulings VALUES (?, ?, ?, ?, ?)", [(*pair, is_one, who, at) for pair in ordered]
    )
    uids = sorted({uid for pair in ordered for uid in pair})
    connection.executemany("INSERT OR IGNORE INTO unjoined VALUES (?)", [(r,) for r in _rows_of(connection, uids)])


def _ruled(connection: sqlite3.Connection, uids: Iterable[str]) -> list[str]:
    """The events that users ruled on together with some."""
    listed = json.dumps(list(uids))
    found = connection.execute(
        f"SELECT b FROM rulings WHERE a IN {_VALUES} UNION SELECT a FROM rulings WHERE b IN {_VALUES}",
        (listed, listed),
    )
    return [uid for (uid,) in found]


def _rulings(connection: sqlite3.Connection, among: Iterable[str]) -> Rulings:
    """What users ruled on pairs of these events."""
    known = set(among)
    listed = json.dumps(sorted(known))
    sides: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    for a, b, is_one in connection.execute(f"SELECT a, b, is_one FROM rulings WHERE a IN {_VALUES}", (listed,)):
        if b in known:
            sides[is_one].add((a, b))
    return Rulings(one=frozenset(sides[1]), two=frozenset(sides[0]))


def _rows_of(connection: sqlite3.Connection, uids: Sequence[str]) -> list[int]:
    found = connection.execute(f"SELECT id FROM events WHERE uid IN {_VALUES}", (json.dumps(list(uids)),))
    return [row for (row,) in found]


def _listed(rows: Iterable[Any]) -> str:
    return json.dumps(sorted(rows))
