"""Answers as HTTP has them: JSON or CSV with a tag by which a browser knows that nothing has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request, Response

_JSON = "application/json"
_CSV = "text/csv; charset=utf-8"


def reply(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The body with its tag; no body where the request says that it has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {"etag": tag, "cache-control": "no-cache", **(headers or {})}
    if _is_known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=told)
    return Response(body, media_type=media_type, headers=told)


def _is_known(tags: str, tag: str) -> bool:
    return tags.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in tags.split(","))


def json_reply(request: Request, value: Any, after: int | None = None) -> Response:
    """The value as JSON; `after` is the row after which the next page begins."""
    return reply(request, dump(value), _JSON, _link(request, after))


def done_reply(value: Any, status: int = 200) -> Response:
    """What came of a request that writes or computes, as JSON that nobody keeps."""
    return Response(dump(value), status, {"cache-control": "no-store"}, _JSON)


def csv_reply(request: Request, records: Iterable[str], name: str, after: int | None) -> Response:
    """Records of a CSV as a file to keep."""
    told = {"content-disposition": f'attachment; filename="{name}.csv"', **_link(request, after)}
    return reply(request, "".join(records).encode("utf8", "replace"), _CSV, told)


def error_reply(status: int, kind: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong: a stable word and a sentence."""
    body = dump({"error": {"kind": kind, "message": message}})
    return Response(body, status, {"cache-control": "no-store", **(headers or {})}, _JSON)


def dump(value: Any) -> bytes:
    """The value as JSON in UTF-8, with question marks for lone surrogates."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace")


def _link(request: Request, after: int | None) -> dict[str, str]:
    """The address of the next page as a header (RFC 8288), relative, so that no Host header gets into it."""
    if after is None:
        return {}
    url = request.url.include_query_params(after=after)
    return {"link": f'<{url.path}?{url.query}>; rel="next"'}
