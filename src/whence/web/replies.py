"""Answers as HTTP has them: JSON or CSV with a tag by which a browser knows that nothing has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from io import SEEK_END, BufferedRandom
from typing import Any

from fastapi import Request, Response
from starlette.responses import StreamingResponse

_JSON = "application/json"
_CSV = "text/csv; charset=utf-8"
_PIECE = 1 << 16
"""Bytes of a file that are sent at once."""


def reply(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The body with its tag; no body where the request says that it has it already."""
    told = {**_tagged(hashlib.sha256(body).hexdigest()), **(headers or {})}
    if _is_known(request, told):
        return Response(status_code=304, headers=told)
    return Response(body, media_type=media_type, headers=told)


def file_reply(request: Request, file: BufferedRandom, media_type: str, name: str) -> Response:
    """The bytes of an open file as one to keep, in pieces, and the file is closed; otherwise as `reply`."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    told = {**_tagged(hashlib.file_digest(file, "sha256").hexdigest()), **_kept_as(name)}
    if _is_known(request, told):
        file.close()
        return Response(status_code=304, headers=told)
    file.seek(0)
    return StreamingResponse(_pieces(file), media_type=media_type, headers={**told, "content-length": str(size)})


def _pieces(file: BufferedRandom) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")


def _tagged(digest: str) -> dict[str, str]:
    return {"etag": f'"{digest[:32]}"', "cache-control": "no-cache"}


def _kept_as(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _is_known(request: Request, told: Mapping[str, str]) -> bool:
    """Whether whoever asks has the answer of that tag already."""
    tags = request.headers.get("if-none-match", "")
    return tags.strip() == "*" or told["etag"] in (part.strip().removeprefix("W/") for part in tags.split(","))


def json_reply(request: Request, value: Any, after: int | None = None) -> Response:
    """The value as JSON; `after` is the row after which the next page begins."""
    return reply(request, dump(value), _JSON, _link(request, after))


def done_reply(value: Any, status: int = 200) -> Response:
    """What came of a request that writes or computes, as JSON that nobody keeps."""
    return Response(dump(value), status, {"cache-control": "no-store"}, _JSON)


def csv_reply(request: Request, records: Iterable[str], name: str, after: int | None) -> Response:
    """Records of a CSV as a file to keep."""
    told = {**_kept_as(f"{name}.csv"), **_link(request, after)}
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
