"""One URL that the user named: fetched once, with every bound on.

No other part of whence opens a socket. The host is looked up once, every address that it has is checked, and the
connection goes to one of those very addresses, so that a name server that answers differently the second time gains
nothing. Each redirect is checked likewise. The certificate is still that of the name.

Proxies of the environment are not used, for a proxy would look the name up itself. One that the user names in
`WHENCE_PROXY` is asked for a tunnel to the address that was checked here, also for `http`.
"""

from __future__ import annotations

import base64
import io
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Collection
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from whence.errors import FetchFailed, InputError, TooLarge
from whence.records import Page
from whence.sources import limits
from whence.sources.addresses import special
from whence.sources.inflate import decoded
from whence.sources.sniffing import refuse_binary

_PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_DOCUMENTS = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
        "application/json", "application/feed+json", "application/x-ndjson", "application/jsonl",
        "text/csv", "text/tab-separated-values", "application/pdf", "application/rtf", "text/rtf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.apache.parquet", "application/warc", "application/gzip", "application/x-gzip",
        "application/octet-stream",
    }
)  # fmt: skip
"""What has readers beside pages; their first bytes say what they are."""
_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "whence/0.1 (reads one page for its user)",
    "Accept": "text/html, text/plain;q=0.5, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_PROXY = "WHENCE_PROXY"
_SAFE = "!#$%&'()*+,/:;=?@[]~"
"""Characters of a path and query that are left as they are; `%` is one, for most are quoted already."""
_LONGEST_URL = 8_000
_CHUNK = 1 << 16


def fetch(
    url: str, *, allow_private: bool = False, is_page: bool = True, allowed: Collection[tuple[str, int]] = ()
) -> Page:
    """The page behind an `http` or `https` address.

    `allow_private` lets it be on this machine or network; `allowed` lets it be at these addresses and ports alone, and
    nowhere else inside. Without `is_page`, feeds, tables and documents are fetched too, with what the server calls them
    as their media type. Raises `FetchFailed`, `TooLarge` or `UnreadableInput`, named by the URL.
    """
    wanted = _Wanted(url, allow_private, allowed)
    try:
        here = url
        for _ in range(limits.REDIRECTS + 1):
            found = wanted.answer(here, is_page)
            if isinstance(found, Page):
                return found
            here = found
    except InputError:
        raise
    except ssl.SSLCertVerificationError as problem:
        raise FetchFailed(f"its certificate does not hold ({problem.verify_message})", url) from None
    except TimeoutError:
        raise FetchFailed(f"could not be fetched: {wanted.late()}", url) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise FetchFailed(f"could not be fetched ({problem})", url) from None
    raise FetchFailed(f"the server sends us elsewhere more than {limits.REDIRECTS} times", url)


class _Wanted:
    """One page that is wanted, with the time that is left for it."""

    def __init__(self, url: str, allow_private: bool, allowed: Collection[tuple[str, int]]) -> None:
        self._name, self._allow_private, self._allowed = url, allow_private, allowed
        self._end = time.monotonic() + limits.PAGE_SECONDS

    def late(self) -> str:
        """What was waited for too long."""
        if time.monotonic() >= self._end:
            return f"it took more than {limits.PAGE_SECONDS:g} seconds"
        return f"the server was silent for {limits.FETCH_SECONDS:g} seconds"

    def patience(self) -> float:
        """Seconds until the next wait is over. Raises `TimeoutError` where the time for the page is."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, limits.FETCH_SECONDS)

    def answer(self, url: str, is_page: bool) -> Page | str:
        """The page behind an address, or the address to which its server sends us."""
        parts, host, port = self._parts(url)
        addresses = self._checked(host, port)
        with self._connected(addresses, host, port, parts.scheme) as line:
            connection = HTTPConnection(host, port)
            connection.sock = line  # it has what is wanted of a socket
            path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
            shown = f"[{host}]" if ":" in host else host
            at = shown if port == _PORTS[parts.scheme] else f"{shown}:{port}"
            connection.request("GET", path, headers={"Host": at, **_HEADERS})
            answer = connection.getresponse()
            if answer.status in _MOVED and (there := answer.headers.get("Location")):
                return urljoin(url, there.encode("latin1", "replace").decode("utf8", "replace").strip())
            return self._page(answer, url, is_page)

    def _page(self, answer: HTTPResponse, url: str, is_page: bool) -> Page:
        """The page that a server sends. Raises where it is none or too large."""
        if answer.status != 200:
            raise FetchFailed(f"the server answered {answer.status} {answer.reason}", self._name)
        declared = answer.headers.get_content_type()
        kind = _PAGES.get(declared)
        if kind is None and not is_page and declared in _DOCUMENTS:
            kind = declared
        if kind is None:
            raise FetchFailed(f"the server sent {declared}, not a page", self._name)
        most = int(limits.DOCUMENT_BYTES if is_page else limits.EXPORT_BYTES)
        body = answer.read(most + 1)
        if len(body) > most or (answer.length or 0) > most:
            raise TooLarge(f"the page has more than {most:,} bytes", self._name)
        if answer.length:
            raise FetchFailed(f"the page is cut off: {answer.length:,} bytes less than its server said", self._name)
        data = decoded(body, ",".join(answer.headers.get_all("Content-Encoding") or ()), most, self._name)
        if is_page:
            refuse_binary(data, self._name)
        return Page(data, self._name, kind, url=url)

    def _parts(self, url: str) -> tuple[SplitResult, str, int]:
        """A URL taken apart, its host as it is looked up, and its port."""
        try:
            parts = urlsplit(url)
            port = parts.port
            host = parts.hostname or ""
        except ValueError as problem:
            raise FetchFailed(f"{url!r} is no address ({problem})", self._name) from None
        if parts.scheme not in _PORTS or not host:
            raise FetchFailed(f"only http and https addresses are fetched, not {url[:200]!r}", self._name)
        if "@" in parts.netloc:
            raise FetchFailed(
                "an address with a user's name or password in it is not fetched; leave it out", self._name
            )
        if len(url) > _LONGEST_URL:
            raise FetchFailed(f"the address has more than {_LONGEST_URL:,} characters", self._name)
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        return parts, host, _PORTS[parts.scheme] if port is None else port

    def _checked(self, host: str, port: int) -> list[str]:
        """All addresses of a host. Raises where one of them is not public."""
        try:
            found = _looked_up(host, port, self.patience())
        except TimeoutError:
            raise FetchFailed(f"looking up the host {host} took too long", self._name) from None
        except (OSError, UnicodeError) as problem:
            raise FetchFailed(f"the host {host} is not known ({problem})", self._name) from None
        addresses = list(dict.fromkeys(found))
        for address in addresses:
            self._require_public(address, host, port)
        return addresses

    def _require_public(self, address: str, host: str, port: int) -> None:
        if self._allow_private or (address, port) in self._allowed:
            return
        if what := special(address):
            raise FetchFailed(f"{host} is a private address ({address}, {what}), which is not fetched", self._name)

    def _connected(self, addresses: list[str], host: str, port: int, scheme: str) -> _Line:
        """A connection to the first address that answers, encrypted for `https`."""
        problem: OSError = OSError("it has no address")
        for address in addresses:
            try:
                bare = self._tunnel(address, port) or self._direct(address, host, port)
            except OSError as failed:
                problem = failed
                continue
            if scheme == "https":
                bare.settimeout(self.patience())
                bare = ssl.create_default_context().wrap_socket(bare, server_hostname=host)
            return _Line(bare, self)
        raise problem

    def _direct(self, address: str, host: str, port: int) -> socket.socket:
        line = socket.create_connection((address, port), self.patience())
        try:
            self._require_public(str(line.getpeername()[0]), host, port)
        except BaseException:
            line.close()
            raise
        return line

    def _tunnel(self, address: str, port: int) -> socket.socket | None:
        """A line through the proxy that the user named, to an address; None without a proxy."""
        if not (named := os.environ.get(_PROXY)):
            return None
        proxy = urlsplit(named)
        if proxy.scheme != "http" or not proxy.hostname:
            raise FetchFailed(f"{_PROXY} is no address like http://proxy.example:3128", self._name)
        line = socket.create_connection((proxy.hostname, proxy.port or 3128), self.patience())
        try:
            there = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
            secret = f"{unquote(proxy.username or '')}:{unquote(proxy.password or '')}".encode()
            known = f"Proxy-Authorization: Basic {base64.b64encode(secret).decode()}\r\n" if proxy.username else ""
            line.sendall(f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n{known}\r\n".encode())
            answer = HTTPResponse(_Line(line, self), method="CONNECT")  # type: ignore[arg-type]
            answer.begin()
            if answer.status != 200:
                raise FetchFailed(f"the proxy of {_PROXY} does not connect us to {there} ({answer.status})", self._name)
        except BaseException:
            line.close()
            raise
        return line


class _Line:
    """A connection as `http.client` wants it, each wait of which ends with the time for the page.

    A socket's own timeout starts anew with every byte, and a server that sends one now and then would hold us for good.
    """

    def __init__(self, line: socket.socket, wanted: _Wanted) -> None:
        self._line, self._wanted = line, wanted

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def close(self) -> None:
        """Nothing: `http.client` closes a line that is not to be used again before the answer is read from it."""

    def makefile(self, _: str) -> io.BufferedReader:
        """What the answer is read from."""
        return io.BufferedReader(_Ear(self._line, self._wanted), _CHUNK)

    def sendall(self, data: bytes) -> None:
        """Sends all of it. Raises `TimeoutError`."""
        self._line.settimeout(self._wanted.patience())
        self._line.sendall(data)


class _Ear(io.RawIOBase):
    """What comes out of a connection, waited for as long as there is time for the page."""

    def __init__(self, line: socket.socket, wanted: _Wanted) -> None:
        self._line, self._wanted = line, wanted

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next. Raises `TimeoutError`."""
        self._line.settimeout(self._wanted.patience())
        return self._line.recv_into(buffer)


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host. Raises `OSError`, and `TimeoutError` for a resolver that takes its time."""
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look() -> None:
        try:
            found.put([str(at[0]) for *_, at in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except Exception as problem:  # raised below, in the thread that waits
            found.put(problem)

    threading.Thread(target=look, daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer
