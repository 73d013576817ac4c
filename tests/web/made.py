"""What stands in for the parts of the explorer that take long: a paste box without a language model."""

from __future__ import annotations

import threading

from tests.archive.made import coding
from whence.errors import InputError
from whence.records import Coding
from whence.web import access

MARKED = {"content-type": "application/json", access.MARK: "1"}
"""The headers of a request that writes."""


class Pasting:
    """Codes every text alike, once it is let; what begins with `fail` fails."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.let.set()

    def text(self, text: str, title: str | None, published: str | None) -> Coding:
        """A made-up coding of the text."""
        self.let.wait(10)
        if text.startswith("fail"):
            error = InputError("its text is not English", "pasted text")
            error.kind = "not English"
            raise error
        return coding(f"{text} army shelled Keta, the mayor said.", title=title, published=published)

    def url(self, url: str) -> Coding:
        """Likewise, of a page."""
        return self.text("The", url, None)
