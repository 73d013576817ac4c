"""No way leads from a stranger's URL to a machine inside: real servers on this machine, and resolvers that lie."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from whence.errors import FetchFailed, InputError, TooLarge
from whence.sources import limits
from whence.sources.addresses import special
from whence.sources.web import fetch

PAGE = b"<html><body><p>Rebels left the town.</p></body></html>"
REDIRECTS = {
    "/to-loopback": "http://127.0.0.1:9/",
    "/to-metadata": "http://169.254.169.254/latest/meta-data",
    "/to-v6": "http://[::1]/",
    "/to-rebinding": "http://rebinding.example/",
    "/to-decimal": "http://2130706433/",
    "/to-octal": "http://0177.0.0.1/",
    "/to-hex": "http://0x7f.1/",
    "/to-zero": "http://0.0.0.0/",
    "/to-mapped": "http://[::ffff:10.0.0.1]/",
    "/to-user": "http://me:secret@news.example/",
    "/to-file": "file:///etc/passwd",
    "/round": "/round",
}

SPECIAL = """
0.0.0.0 10.1.2.3 100.64.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1
198.18.0.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1
64:ff9b:1::808:808 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1
ff02::1
"""


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.server.asked.append(self.headers["Host"])  # type: ignore[attr-defined]
        if there := REDIRECTS.get(self.path):
            self.send_response(302)
            self.send_header("Location", there)
            self.end_headers()
        elif self.path == "/bomb":
            self._send(gzip.compress(bytes(3_000_000)), **{"Content-Encoding": "gzip"})
        elif self.path == "/packed":
            self._send(gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        elif self.path == "/cut":
            self._send(PAGE, **{"Content-Length": "1000"})
        elif self.path == "/slow":
            self._send(b"")
            try:
                for _ in range(100):
                    self.wfile.write(b"<p>")
                    time.sleep(0.05)
            except OSError:
                pass  # the other side has given up, as it should
        elif self.path == "/feed":
            self._send(b"<rss></rss>", **{"Content-Type": "application/rss+xml"})
        else:
            self._send(PAGE)

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        self.do_GET_inside()

    def do_GET_inside(self) -> None:
        self.raw_requestline = self.rfile.readline()
        self.parse_request()
        self.do_GET()
        self.close_connection = True

    def _send(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def get(server: ThreadingHTTPServer) -> Callable[..., Any]:
    """Fetches from the server, and lets it alone be reached of all that is inside."""
    at = ("127.0.0.1", server.server_port)
    return lambda path: fetch(f"http://127.0.0.1:{at[1]}{path}", allowed=[at])


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Lets names of `.example` have these addresses, one list after the other; the hosts asked for."""
    asked: list[str] = []
    left = list(answers)
    real = socket.getaddrinfo

    def lie(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if not str(host).endswith(".example"):
            return real(host, port, *more, **named)
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", lie)
    return asked


@pytest.mark.parametrize("path", ["loopback", "metadata", "v6", "decimal", "octal", "hex", "zero", "mapped"])
def test_a_redirect_inside_is_refused(get: Callable[..., Any], path: str) -> None:
    with pytest.raises(FetchFailed, match="private address"):
        get(f"/to-{path}")


@pytest.mark.parametrize(
    ("path", "says"), [("/to-user", "password"), ("/to-file", "only http"), ("/round", "more than 5 times")]
)
def test_other_redirects_that_are_refused(get: Callable[..., Any], path: str, says: str) -> None:
    with pytest.raises(FetchFailed, match=says):
        get(path)


def test_a_name_that_answers_differently_the_second_time(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolver(monkeypatch, ["192.88.98.1"], ["127.0.0.1"])
    reached: list[Any] = []

    def connect(at: Any, *_: Any, **__: Any) -> Any:
        reached.append(at)
        raise ConnectionRefusedError("nobody there")

    with monkeypatch.context() as only:
        only.setattr(socket, "create_connection", connect)
        with pytest.raises(FetchFailed, match="nobody there"):
            fetch("http://rebinding.example/")
    assert asked == ["rebinding.example"]
    assert reached == [("192.88.98.1", 80)]
    with pytest.raises(FetchFailed, match=r"private address \(127\.0\.0\.1, loopback\)"):
        get("/to-rebinding")


def test_one_private_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver(monkeypatch, ["192.88.98.1", "10.0.0.1"])
    with pytest.raises(FetchFailed, match=r"10\.0\.0\.1"):
        fetch("http://news.example/")


def test_who_answers_is_looked_at_too(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose network leads a public address inside."""
    resolver(monkeypatch, ["192.88.98.1"])
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda at, *more: real(("127.0.0.1", server.server_port), *more))
    with pytest.raises(FetchFailed, match="loopback"):
        fetch("http://news.example/")


def test_proxies_of_the_environment_are_not_used(
    server: ThreadingHTTPServer, get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert get("/page").data == PAGE


def test_a_named_proxy_is_given_the_checked_address(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHENCE_PROXY", f"http://127.0.0.1:{server.server_port}")
    resolver(monkeypatch, ["192.88.98.1"], ["127.0.0.1"])
    server.asked.clear()  # type: ignore[attr-defined]
    assert fetch("http://news.example/page").data == PAGE
    assert server.asked == ["192.88.98.1:80", "news.example"]  # type: ignore[attr-defined]
    with pytest.raises(FetchFailed, match="private"):
        fetch("http://inside.example/")


def test_a_packed_page(get: Callable[..., Any]) -> None:
    assert get("/packed").data == PAGE


def test_a_bomb_and_a_page_that_is_cut_off(get: Callable[..., Any]) -> None:
    with limits.override(document_bytes=1_000_000), pytest.raises(TooLarge, match="unfolds"):
        get("/bomb")
    with pytest.raises(FetchFailed, match="cut off"):
        get("/cut")


def test_a_server_that_drips(get: Callable[..., Any]) -> None:
    began = time.monotonic()
    with limits.override(page_seconds=0.3), pytest.raises(FetchFailed, match=r"more than 0\.3 seconds"):
        get("/slow")
    assert time.monotonic() - began < 2


def test_a_feed_only_where_one_is_wanted(server: ThreadingHTTPServer) -> None:
    url, at = f"http://127.0.0.1:{server.server_port}/feed", [("127.0.0.1", server.server_port)]
    with pytest.raises(FetchFailed, match=r"rss\+xml"):
        fetch(url, allowed=at)
    assert fetch(url, allowed=at, is_page=False).media_type == "application/rss+xml"


@pytest.mark.parametrize(
    "url",
    ["http://[::1", "http://a:b@news.example/", "http://news.example:99999/", "http:///x", "http://x" + "y" * 9000],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(InputError):
        fetch(url)


@pytest.mark.parametrize("address", SPECIAL.split())
def test_special_addresses(address: str) -> None:
    assert special(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_public_addresses(address: str) -> None:
    assert special(address) is None
