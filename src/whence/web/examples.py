"""What the API's description shows of answers: their form, and an invented example of each."""

from __future__ import annotations

from typing import Any

Responses = dict[int | str, dict[str, Any]]

_ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["kind", "message"],
            "properties": {"kind": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}


def _json(description: str, schema: dict[str, Any], example: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema, "example": example}}}


def _error(description: str, kind: str, message: str) -> dict[str, Any]:
    return _json(description, _ERROR_SCHEMA, {"error": {"kind": kind, "message": message}})


ERRORS: Responses = {
    304: {"description": "Nothing has changed since the answer whose tag `If-None-Match` names"},
    400: _error("Called by a name that is not this machine's", "host", "call this server by 127.0.0.1 or localhost"),
    404: _error("There is none", "not found", "the archive has no incident 'i0'"),
    422: _error("A condition that there is not, or a value that is none", "query", "since: no day, such as 2016-08-16"),
    503: _error("The archive cannot be read", "archive", "news.db: no such archive"),
}
"""Of every question."""

_EVENT = {
    "article": {
        "id": "harbour",
        "url": None,
        "title": "Harbour of Keta shelled",
        "published": "2020-02-03",
        "site": "The Volta Post",
        "sha256": "5b0c…",
    },
    "id": "e1",
    "uid": "86fd857c2ea826d8",
    "trigger": {"text": "shelled", "at": [9, 16]},
    "type": "ASSAULT",
    "mode": "artillery",
    "status": "happened",
    "chain": ["Radio Keta", "the mayor"],
    "around": ["The army ", " Keta, the mayor told Radio Keta."],
}
_EXAMPLES: dict[str, Any] = {
    "events": _EVENT,
    "articles": {"row": 1, "id": "harbour", "title": "Harbour of Keta shelled", "copies": 2, "events": 1},
    "statements": {"row": 1, "article": "harbour", "form": "indirect", "chain": ["Radio Keta", "the mayor"]},
    "actors": {"row": 1, "name": "army", "label": "Ghana, army", "country": "GHA", "sector": "MIL", "events": 1},
    "places": {"row": 1, "name": "Keta", "grain": "city", "country": "GHA", "lat": 5.92, "lon": 0.99, "events": 1},
    "incidents": {
        "row": 1,
        "id": "i86fd857c2ea826d8",
        "type": "ASSAULT",
        "status": "happened",
        "actors": ["army"],
        "recipients": ["Keta"],
        "articles": 2,
        "origins": ["the mayor"],
        "party_only": False,
        "contradictions": 0,
    },
}
_ROWS = {
    "type": "object",
    "required": ["rows", "next"],
    "properties": {
        "rows": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["integer", "null"], "description": "Give it as `after` for the next page."},
    },
}


def rows(name: str) -> Responses:
    """Of a listing: its rows, and where the next page begins."""
    return {
        200: _json(f"Some of the {name}, in the order of their rows", _ROWS, {"rows": [_EXAMPLES[name]], "next": 1})
    }


CSV: Responses = {
    200: {
        "description": "Records with a header; a `Link` header leads to the next page",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_FACETS = {
    "counted": 2,
    "complete": True,
    "type": [{"value": "ASSAULT", "events": 2}],
    "status": [{"value": "happened", "events": 2}],
    "country": [{"value": "GHA", "events": 2}],
}
SEARCH: Responses = {
    200: _json(
        "Events, and counts of the first thousand",
        _ROWS | {"required": ["rows", "next", "facets"]},
        {"rows": [_EVENT], "next": None, "facets": _FACETS},
    )
}
ARTICLE: Responses = {
    200: _json(
        "The coding as `whence schema` describes it, and `kept`",
        {"type": "object", "required": ["article", "kept"]},
        {
            "article": {"id": "harbour", "text": "The army shelled Keta.", "sha256": "5b0c…"},
            "events": [{"id": "e1", "type": "ASSAULT"}],
            "kept": {"copy_of": None, "copies": 2, "version": 1},
        },
    )
}
INCIDENT: Responses = {
    200: _json(
        "The incident as `whence show --json` prints it, and words `around`",
        {"type": "object", "required": ["id", "tellings", "origins", "discrepancies"]},
        {
            "id": "i86fd857c2ea826d8",
            "type": "ASSAULT",
            "status": "happened",
            "tellings": [{"article": "5b0c…", "event": "86fd857c2ea826d8", "chain": ["Radio Keta", "the mayor"]}],
            "origins": [{"name": "the mayor", "is_party": False, "tellings": 1, "via": ["Radio Keta"]}],
            "discrepancies": [],
        },
    )
}
