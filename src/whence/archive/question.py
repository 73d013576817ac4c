"""A question to one table: its conditions, and the one among them by which SQLite is to find the rows.

SQLite knows the average number of rows of an index, not that of the value asked for, and a wrong guess costs a
hundred times the right one. So the rows that each condition holds for are counted, up to a cap; the condition with the
fewest finds them, and the others are tested row by row. Where all hold for many rows, the table is read in
order until a page is full.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

_CAP = 50_000
"""Rows up to which a condition's are counted, and so those by which a question is ever driven: sorting 50,000 row
numbers takes 15 ms."""
_WHOLE_CAP = 400_000
"""The same where all rows are wanted and no page: then each condition that is tested row by row is tested on all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a row `t`."""

    test: str
    """SQL expression on `t`; a plus before a column keeps SQLite from taking its index."""
    values: tuple[Any, ...]
    rows: str | None = None
    """SQL query for the numbers of the rows that it holds for; None where none is faster than reading all."""
    row_values: tuple[Any, ...] = ()
    size: int | None = None
    """How many rows it holds for at most, if that is known already."""


@dataclass(slots=True)
class Question:
    """Conditions on the rows of a table, all of which must hold."""

    connection: sqlite3.Connection
    table: str
    alias: str = "t"
    """What its rows are called in conditions."""
    conditions: list[Condition] = field(default_factory=list)

    def require(self, test: str, *values: Any) -> None:
        """Adds a condition that is tested row by row."""
        self.conditions.append(Condition(test, values))

    def require_rows(self, test: str, values: tuple[Any, ...], rows: str, row_values: tuple[Any, ...]) -> None:
        """Adds a condition by which rows can be found."""
        self.conditions.append(Condition(test, values, rows, row_values))

    def column(self, column: str, wanted: Any) -> None:
        """Adds that an indexed column has this value, or one of these."""
        values = [wanted] if isinstance(wanted, (str, int)) else list(wanted)
        marks = ", ".join("?" * len(values))
        self.require_rows(
            f"+{self.alias}.{column} IN ({marks})",
            tuple(values),
            f"SELECT id FROM {self.table} WHERE {column} IN ({marks})",
            tuple(values),
        )

    def rows(self, limit: int | None, after: int | None) -> list[int]:
        """The numbers of the rows that all conditions hold for, in order, at most `limit` of those after `after`."""
        query, values = self.query(limit, after)
        return [row for (row,) in self.connection.execute(query, values)]

    def query(self, limit: int | None, after: int | None) -> tuple[str, tuple[Any, ...]]:
        """The SQL that finds the rows, and its values."""
        driver, _ = self.driver(_WHOLE_CAP if limit is None else _CAP)
        row = f"{self.alias}.id"
        tests, values = [f"{row} > ?"], [after or 0]
        if driver is not None:
            tests.append(f"{row} IN ({driver.rows})")
            values += driver.row_values
        others, more = self.tests(driver)
        where = " AND ".join([*tests, *others])
        sql = f"SELECT {row} FROM {self.table} AS {self.alias} WHERE {where} ORDER BY {row} LIMIT ?"
        return sql, (*values, *more, -1 if limit is None else limit)

    def tests(self, without: Condition | None = None) -> tuple[list[str], list[Any]]:
        """The tests of all conditions but one, and their values."""
        tested = [condition for condition in self.conditions if condition is not without]
        return [condition.test for condition in tested], [value for c in tested for value in c.values]

    def driver(self, most: int = _CAP) -> tuple[Condition | None, int]:
        """The condition that finds the fewest rows, with how many; None where all find as many as `most` or more."""
        best, fewest = None, most
        for condition in self.conditions:
            if condition.rows is None:
                continue
            found = condition.size if condition.size is not None else self._count(condition, fewest)
            if found < fewest:
                best, fewest = condition, found
        return best, fewest

    def _count(self, condition: Condition, most: int) -> int:
        (found,) = self.connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM ({condition.rows}) LIMIT ?)", (*condition.row_values, most)
        ).fetchone()
        return int(found)
