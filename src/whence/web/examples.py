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


_TOO_LONG = _error("The question is too long", "too large", "the question is longer than 8,192 bytes")
ERRORS: Responses = {
    304: {"description": "Nothing has changed since the answer whose tag `If-None-Match` names"},
    400: _error("Called by a name that is not this machine's", "host", "call this server by 127.0.0.1 or localhost"),
    404: _error("There is none", "not found", "the archive has no incident 'i0'"),
    414: _TOO_LONG,
    422: _error("A condition that there is not, or a value that is none", "query", "since: no day, such as 2016-08-16"),
    503: _error("The archive cannot be read", "archive", "news.db: no such archive"),
}
"""Of every question."""
WRITING: Responses = {
    400: _error("Called by another name, or a body that is no JSON", "host", "call this server by 127.0.0.1"),
    403: _error("Not allowed, or a stranger's page may have asked", "origin", "the header x-whence: 1 is missing"),
    408: _error("The body took too long to arrive", "too slow", "the body took longer than 20 seconds"),
    413: _error("The body is too long", "too large", "the body is longer than 1,000,000 bytes"),
    414: _TOO_LONG,
    422: _error("A value that is none, or an input that cannot be coded", "not English", "its text is not English"),
    503: ERRORS[503],
}
"""Of every request that writes or computes."""
UNSIGNED: Responses = {401: _error("The token is missing or wrong", "token", "this explorer wants its token")}
"""Of every request to an explorer that wants a token."""
MARKED: dict[str, Any] = {
    "parameters": [
        {
            "name": "x-whence",
            "in": "header",
            "required": True,
            "description": "Says that no stranger's page asks; with a body in `application/json`.",
            "schema": {"type": "string", "enum": ["1"]},
        }
    ]
}
"""Of every request that writes or computes: the header that it has to carry."""
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
        "The coding as `whence schema` describes it, how it is kept, reviews, and the events as they are after them",
        {"type": "object", "required": ["article", "kept"]},
        {
            "article": {"id": "harbour", "text": "The army shelled Keta.", "sha256": "5b0c…"},
            "events": [{"id": "e1", "type": "ASSAULT"}],
            "kept": {"copy_of": None, "copies": 2, "version": 1},
            "reviews": [],
            "reviewed": None,
        },
    )
}


def _counts(description: str, rows: list[dict[str, Any]], **more: Any) -> Responses:
    """Of counts: their rows, and what else is told."""
    schema = {
        "type": "object",
        "required": ["rows", *more],
        "properties": {"rows": {"type": "array", "items": {"type": "object"}}},
    }
    return {200: _json(description, schema, {**more, "rows": rows})}


_REVIEW = {
    "id": "r5b0c86fd857c2ea8",
    "article": "5b0c…",
    "event": "86fd857c2ea826d8",
    "begin": 9,
    "end": 16,
    "type": "ASSAULT",
    "verdict": "correct",
    "slot": "actors",
    "value": [{"text": "The navy", "at": [24, 32]}],
    "who": "Ama",
    "at": "2020-02-04T09:30:00+00:00",
    "note": "see the second line",
    "judged": {"actors": [{"text": "The army", "at": [0, 8]}]},
    "orphaned": False,
    "undone_by": None,
    "undone_at": None,
}
_REVIEW_SCHEMA = {"type": "object", "required": list(_REVIEW)}
REVIEWS = _counts("Reviews that meet all conditions", [_REVIEW])
REVIEWED: Responses = {201: _json("The review as it is kept", _REVIEW_SCHEMA, _REVIEW)}
UNDONE: Responses = {
    200: _json("The review as it stays", _REVIEW_SCHEMA, _REVIEW | {"undone_by": "Ama", "undone_at": "2020-02-05"}),
    404: _error("There is none", "review", "there is no review 'r0'"),
}
CODED: Responses = {
    **ARTICLE,
    429: _error("Too many texts wait to be coded", "busy", "5 texts wait to be coded: try again in a little while"),
}
INCIDENT: Responses = {
    200: _json(
        "The incident as `whence show --json` prints it, words `around`, and the tellings' `reviews`",
        {"type": "object", "required": ["id", "tellings", "origins", "discrepancies"]},
        {
            "id": "i86fd857c2ea826d8",
            "type": "ASSAULT",
            "status": "happened",
            "tellings": [
                {"article": "5b0c…", "event": "86fd857c2ea826d8", "chain": ["Radio Keta", "the mayor"], "reviews": []}
            ],
            "origins": [{"name": "the mayor", "is_party": False, "tellings": 1, "via": ["Radio Keta"]}],
            "discrepancies": [],
        },
    )
}


DAYS = _counts(
    "Events by period and type, status or quad",
    [{"start": "2020-02-03", "end": "2020-02-09", "longer": False, "type": "ASSAULT", "events": 3}],
    per="week",
    by="type",
    events=3,
)
MAP = _counts(
    "Events by place",
    [{"row": 1, "name": "Keta", "grain": "city", "country": "GHA", "lat": 5.92, "lon": 0.99, "events": 3}],
    left_out={"places": 0, "events": 0},
)
_DYAD = {"actor": "Ghana, army", "recipient": "rebels", "quad": 4, "events": 3}
DYADS = _counts("Events by who acts on whom", [_DYAD], by="who")
ACTOR: Responses = {
    200: _json(
        "Names, parts and partners",
        {"type": "object", "required": ["name", "names", "parts", "partners"]},
        {
            "name": "Ghana, army",
            "names": [_EXAMPLES["actors"]],
            "parts": [{"part": "actor", "type": "ASSAULT", "quad": 4, "status": "happened", "events": 3}],
            "partners": [_DYAD],
        },
    )
}


_TEXT = {"type": "string"}
_EXPORTED: dict[str, dict[str, Any]] = {
    "jsonl": {
        "schema": _TEXT,
        "example": '{"article": {"id": "harbour", "text": "The army shelled Keta."}, "events": [{"id": "e1"}]}\n',
    },
    "csv": {
        "schema": _TEXT,
        "example": "article,published,site,id,type\nharbour,2020-02-03,The Volta Post,e1,ASSAULT\n",
    },
    "parquet": {"schema": {"type": "string", "format": "binary"}},
    "geojson": {
        "schema": {"type": "object", "required": ["type", "features", "unplaced"]},
        "example": {"type": "FeatureCollection", "features": [], "unplaced": []},
    },
    "polecat": {"schema": _TEXT, "example": "Event ID\tEvent Date\tEvent Type\n86fd857c\t2020-02-02\tASSAULT\n"},
    "gdelt": {"schema": _TEXT, "example": "EventUID\tPair\tSQLDATE\n86fd857c\t1\t20200202\n"},
    "annotation": {
        "schema": _TEXT,
        "example": '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}\n',
    },
}
"""How the file of each form looks, shortened."""


def export(name: str, media_type: str, what: str) -> Responses:
    """Of a form of export: its file, and what is said where too many are asked for."""
    content = {media_type.partition(";")[0]: _EXPORTED[name]}
    return {
        200: {"description": f"All that meets the conditions: {what}", "content": content},
        429: _error(
            "Too many exports are asked for", "busy", "4 exports are made or wait: try again in a little while"
        ),
    }
