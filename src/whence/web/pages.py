"""The pages: one frame for all, which a module of the browser's fills from the API, and the files that they want.

No text of an article stands in the frame; modules set it as text, never as HTML.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

from fastapi import APIRouter, HTTPException, Request, Response

from whence.web.replies import reply

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PAGES = {
    "/": ("Search", "search"),
    "/incidents": ("Incidents", "incidents"),
    "/incidents/{id}": ("Incident", "incident"),
    "/articles/{id:path}": ("Article", "article"),
}
"""Of each address its title and the module that fills it."""


def router() -> APIRouter:
    """The addresses of pages and of their files, which are read once."""
    made = APIRouter(include_in_schema=False)
    static = _static()
    frame = Template((files("whence.web") / "static" / "page.html").read_text(encoding="utf8"))
    for path, (title, module) in _PAGES.items():
        _add(made, path, frame.substitute(title=title, module=module).encode())

    @made.get("/static/{name}")
    def file(request: Request, name: str) -> Response:
        if name not in static:
            raise HTTPException(404, f"there is no file {name!r}")
        return reply(request, *static[name])

    return made


def _add(made: APIRouter, path: str, body: bytes) -> None:
    def page(request: Request) -> Response:
        return reply(request, body, "text/html; charset=utf-8")

    made.add_api_route(path, page)


def _static() -> dict[str, tuple[bytes, str]]:
    """The files that browsers fetch, with their media types."""
    folder = files("whence.web") / "static"
    found = {}
    for file in folder.iterdir():
        suffix = file.name[file.name.rfind(".") :]
        if suffix in _TYPES:
            found[file.name] = (file.read_bytes(), _TYPES[suffix])
    return found
