"""The pages: one frame for all, which a module of the browser's fills from the API, and the files that they want.

No text of an article stands in the frame; modules set it as text, never as HTML.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

from fastapi import APIRouter, HTTPException, Request, Response

from whence.web.access import SIGN_IN
from whence.web.replies import reply
from whence.web.settings import Settings

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".md": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_PAGES = {
    "/": ("Search", "search"),
    "/incidents": ("Incidents", "incidents"),
    "/incidents/{id}": ("Incident", "incident"),
    "/articles/{id:path}": ("Article", "article"),
    "/map": ("Map", "map"),
    "/timeline": ("Timeline", "timeline"),
    "/actors": ("Actors", "actors"),
    "/actors/{name:path}": ("Actor", "actor"),
}
"""Of each address its title and the module that fills it."""


def router(settings: Settings) -> APIRouter:
    """The addresses of pages and of their files, which are read once."""
    made = APIRouter(include_in_schema=False)
    static = _static()
    frame = Template((files("whence.web") / "static" / "page.html").read_text(encoding="utf8"))
    links = [("/paste", "Paste")] if settings.paste is not None else []
    more = [*links, (f"{SIGN_IN}?out", "Sign out")] if settings.token is not None else links
    told = {
        "links": "".join(f'\n<a href="{path}">{name}</a>' for path, name in more),
        "writes": "no" if settings.read_only else "yes",
    }
    for path, (title, module) in _pages(settings).items():
        _add(made, path, frame.substitute(told, title=title, module=module).encode())

    @made.get("/static/{name:path}")
    def file(request: Request, name: str) -> Response:
        if name not in static:
            raise HTTPException(404, f"there is no file {name!r}")
        return reply(request, *static[name])

    return made


def _pages(settings: Settings) -> dict[str, tuple[str, str]]:
    """The pages of an explorer with these settings."""
    found = dict(_PAGES)
    if settings.paste is not None:
        found["/paste"] = ("Paste", "paste")
    if settings.token is not None:
        found[SIGN_IN] = ("Sign in", "signin")
    return found


def _add(made: APIRouter, path: str, body: bytes) -> None:
    def page(request: Request) -> Response:
        return reply(request, body, "text/html; charset=utf-8")

    made.add_api_route(path, page)


def _static() -> dict[str, tuple[bytes, str]]:
    """The files that browsers fetch, with their media types; those of others are in `vendor/` and `outlines/`."""
    folder = files("whence.web") / "static"
    found = {}
    for below, place in (("", folder), ("vendor/", folder / "vendor"), ("outlines/", files("whence") / "outlines")):
        for file in place.iterdir():
            suffix = file.name[file.name.rfind(".") :]
            if suffix in _TYPES:
                found[below + file.name] = (file.read_bytes(), _TYPES[suffix])
    return found
