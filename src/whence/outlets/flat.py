"""Events and statements as flat rows: the columns of `Archive.events` and `Archive.statements`, without `row`.

A record inside another becomes a column for each of its fields (`trigger_text`), several of them a list for each
(`actors_name`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whence.records import Article, Coding, to_plain
from whence.schema import flat

Row = dict[str, Any]


def event_rows(coding: Coding) -> Iterator[Row]:
    """A row an event, in their order, with its article and the chain of the statement that it stands in."""
    statements = {statement.id: statement for statement in coding.statements}
    for event in coding.events:
        said: Row = {"chain": [], "commitment": None}
        if (statement := statements.get(event.statement or "")) is not None:
            said = {"chain": list(statement.chain), "commitment": statement.commitment}
        yield _identity(coding.article) | said | flat(to_plain(event))


def statement_rows(coding: Coding) -> Iterator[Row]:
    """A row a statement, in their order, with its article."""
    for statement in coding.statements:
        yield _identity(coding.article) | flat(to_plain(statement))


def _identity(article: Article) -> Row:
    told = {name: getattr(article, name) for name in ("sha256", "url", "title", "published", "site")}
    return {"article": article.id} | told
