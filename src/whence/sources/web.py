"""One URL that the user named: fetched once, with every bound on.

No other part of whence opens a socket. Private and loopback addresses are refused, also after
a redirect, so that a page or a list of links cannot make whence ask a machine inside.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from whence.errors import FetchFailed, TooLarge
from whence.records import Page
from whence.sources.limits import DOCUMENT_BYTES, FETCH_SECONDS, REDIRECTS
from whence.sources.sniffing import refuse_binary

_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_AGENT = "whence/0.1 (reads one page for its user)"


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """The page behind an `http` or `https` address.

    `allow_private` lets it be on this machine or network. Raises `FetchFailed` or `TooLarge`.
    """
    _refuse_address(url, url, allow_private)
    opener = urllib.request.build_opener(_Redirects(url, allow_private))
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "text/html, text/plain;q=0.5"})
    try:
        with opener.open(request, timeout=FETCH_SECONDS) as answer:
            kind = _TYPES.get(answer.headers.get_content_type())
            if kind is None:
                raise FetchFailed(f"the server sent {answer.headers.get_content_type()}, not a page", url)
            data = answer.read(DOCUMENT_BYTES + 1)
            final = answer.geturl()
    except urllib.error.URLError as problem:
        raise FetchFailed(f"could not be fetched ({problem.reason})", url) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise FetchFailed(f"could not be fetched ({problem})", url) from None
    if len(data) > DOCUMENT_BYTES:
        raise TooLarge(f"the page has more than {DOCUMENT_BYTES:,} bytes", url)
    refuse_binary(data, url)
    return Page(data, url, kind, url=final)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects to public addresses."""

    max_redirections = REDIRECTS

    def __init__(self, first: str, allow_private: bool) -> None:
        self._first, self._allow_private = first, allow_private

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _refuse_address(newurl, self._first, self._allow_private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_address(url: str, name: str, allow_private: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchFailed(f"only http and https addresses are fetched, not {url!r}", name)
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError as problem:
        raise FetchFailed(f"the host {parts.hostname} is not known ({problem})", name) from None
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise FetchFailed(f"{parts.hostname} is a private address ({address[0]}), which is not fetched", name)
