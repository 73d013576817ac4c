"""Who may ask, and from which page: the token, and the marks of a request that no stranger's page can send."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

SIGN_IN = "/sign-in"
"""The page on which a browser gives the token."""
MARK = "x-whence"
"""A header that every request has to carry that writes or computes. A form cannot send it, and a script of another
site only after asking (CORS), which is never granted."""
_OPEN = ("/static/",)
_OPEN_EXACTLY = frozenset({SIGN_IN, "/api/sign-in"})
"""What can be had without a token: the page that asks for it, and its files, which are the package's."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Headers = dict[str, str]


class Token:
    """A token, and the cookie that a browser gets for it.

    The cookie is not the token, but what only its owner can compute from it: whoever finds it in a browser's files
    learns no token. It holds as long as the token does.
    """

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._cookie = hmac.new(self._token, b"cookie of whence", hashlib.sha256).hexdigest()
        self.name = "whence-" + hashlib.sha256(self._cookie.encode()).hexdigest()[:8]
        """The cookie's name; explorers at several ports of one machine share a jar."""

    def is_known(self, headers: Headers) -> bool:
        """Whether a request carries the token, or the cookie. Takes the same time whatever it carries."""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        has_token = self.is_right(given.strip()) and scheme.lower() == "bearer"
        pairs = (pair.strip().partition("=") for pair in headers.get("cookie", "").split(";"))
        cookie = next((value for name, _, value in pairs if name == self.name), "")
        return hmac.compare_digest(cookie.encode(), self._cookie.encode()) or has_token

    def is_right(self, token: str) -> bool:
        """Whether it is the token."""
        return hmac.compare_digest(token.encode("utf8", "replace"), self._token)

    def cookie(self) -> str:
        """The value of the header that gives a browser the cookie: for this site alone, and for no script."""
        return f"{self.name}={self._cookie}; Path=/; HttpOnly; SameSite=Strict"

    def no_cookie(self) -> str:
        """The value of the header that takes it away."""
        return f"{self.name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"


def is_open(path: str) -> bool:
    """Whether an address can be had without a token."""
    return path in _OPEN_EXACTLY or path.startswith(_OPEN)


def is_safe(method: str) -> bool:
    """Whether a method only reads."""
    return method in _SAFE


def strange(headers: Headers) -> str | None:
    """Why a request that is not safe may come from a stranger's page; None if it cannot."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return "the body has to be application/json"
    if headers.get(MARK) != "1":
        return f"the header {MARK}: 1 is missing"
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "it comes from a page of another site"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        return "it comes from a page of another site"
    return None
