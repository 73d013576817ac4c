"""Keys that too many events share to be a reason for comparing them (`whence.incidents.blocking.MOST_SHARING`).

Whether a key is common depends on the events that an archive holds now, not on the order in which they came. So when a
key becomes common, links go that only it had led to; when it is common no longer, its events are linked anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from whence.incidents import MOST_SHARING

_VALUES = "(SELECT value FROM json_each(?))"


def settle(connection: sqlite3.Connection) -> list[int]:
    """Brings `common_keys` up to date after the keys in `changed_keys` came or went; events that lost a link.

    Events of keys that are common no longer are put into `unjoined`.
    """
    was_common = {key for (key,) in connection.execute("SELECT key FROM changed_keys JOIN common_keys USING (key)")}
    shared = connection.execute(
        """SELECT key FROM changed_keys AS c
           WHERE (SELECT count(*) FROM (SELECT 1 FROM incident_keys AS k WHERE k.key = c.key LIMIT ?1 + 1)) > ?1""",
        (MOST_SHARING,),
    )
    is_common = {key for (key,) in shared}
    lost: list[int] = []
    for key in sorted(was_common - is_common):
        connection.execute("DELETE FROM common_keys WHERE key = ?", (key,))
        connection.execute("INSERT OR IGNORE INTO unjoined SELECT event FROM incident_keys WHERE key = ?", (key,))
    new = sorted(is_common - was_common)
    connection.executemany("INSERT INTO common_keys VALUES (?)", [(key,) for key in new])
    for key in new:
        lost += _unlink(connection, key)
    connection.execute("DELETE FROM changed_keys")
    return lost


def _unlink(connection: sqlite3.Connection, key: int) -> list[int]:
    """Deletes the links of a key that has become common, where nothing else led to them; the events of those."""
    pairs = connection.execute(
        """SELECT l.a, l.b FROM incident_keys AS k JOIN incident_links AS l ON l.a = k.event
           JOIN incident_keys AS o ON o.key = k.key AND o.event = l.b
           WHERE k.key = ?
           AND (SELECT article FROM events WHERE id = l.a) <> (SELECT article FROM events WHERE id = l.b)
           AND NOT EXISTS (
               SELECT 1 FROM incident_keys AS x JOIN incident_keys AS y ON y.key = x.key AND y.event = l.b
               WHERE x.event = l.a AND x.key NOT IN (SELECT key FROM common_keys)
               AND (x.key & 1 = 0 OR EXISTS (
                   SELECT 1 FROM incident_keys WHERE key = x.key - 1 AND event IN (l.a, l.b))))
           AND NOT EXISTS (
               SELECT 1 FROM events AS e JOIN events AS f ON f.id = l.b JOIN rulings AS r
                   ON r.a = min(e.uid, f.uid) AND r.b = max(e.uid, f.uid)
               WHERE e.id = l.a AND r.is_one)""",
        (key,),
    ).fetchall()
    connection.executemany("DELETE FROM incident_links WHERE a = ? AND b = ?", pairs)
    return [row for pair in pairs for row in pair]


def among(connection: sqlite3.Connection, events: Sequence[int]) -> frozenset[int]:
    """The keys of some events that are common."""
    found = connection.execute(
        f"SELECT key FROM incident_keys JOIN common_keys USING (key) WHERE event IN {_VALUES}",
        (json.dumps(list(events)),),
    )
    return frozenset(key for (key,) in found)
