"""Fetching from a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whence.errors import FetchFailed, TooLarge
from whence.sources import limits, pages
from whence.sources.web import fetch

PAGE = b"<html><body><p>Rebels left the town.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self._send(200, PAGE, "text/html; charset=utf-8")
        elif self.path == "/picture":
            self._send(200, b"\x89PNG", "image/png")
        elif self.path == "/huge":
            self._send(200, b"x" * (limits.DOCUMENT_BYTES + 2), "text/plain")
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
        else:
            self._send(404, b"no", "text/html")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_a_page_and_where_it_was_found(server: str) -> None:
    page = fetch(f"{server}/moved", allow_private=True)
    assert page.data == PAGE
    assert page.url == f"{server}/page"
    assert page.media_type == "text/html"


@pytest.mark.parametrize(("path", "says"), [("/picture", "image/png"), ("/nothing", "Not Found"), ("/away", "http")])
def test_what_is_no_page_fails_with_the_reason(server: str, path: str, says: str) -> None:
    with pytest.raises(FetchFailed, match=says):
        fetch(server + path, allow_private=True)


def test_a_huge_page_is_cut_off(server: str) -> None:
    with pytest.raises(TooLarge):
        fetch(f"{server}/huge", allow_private=True)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/"]
)
def test_private_addresses_are_refused(url: str) -> None:
    (found,) = pages(url)
    assert isinstance(found, FetchFailed)
    assert "private" in found.reason
    assert found.name == url
