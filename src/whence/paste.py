"""What a user pastes into the explorer, coded in a process of its own under the caps on one document.

The process begins with each text and ends with it, which costs two seconds: a server that nobody asks holds no model,
and what one text does to a process, no other one sees.
"""

from __future__ import annotations

from whence.errors import InputError
from whence.pipeline import Failure
from whence.records import Coding, Page
from whence.scale.apart import Apart
from whence.sources import limits
from whence.sources.web import fetch

_NAME = "pasted text"


class Paste:
    """Codes texts and pages, one at a time for each caller. See `whence.web.settings.Paste`."""

    def text(self, text: str, title: str | None, published: str | None) -> Coding:
        """The coding of a text. Raises an `InputError` that says why there is none."""
        data = text.encode("utf8", "replace")
        return _coded(Page(data, _NAME, "text/plain", title=title, published=published))

    def url(self, url: str) -> Coding:
        """The coding of the page behind an `http` or `https` address, with all refusals of `whence.sources.web`.

        Raises an `InputError` that says why there is none.
        """
        return _coded(fetch(url))


def _coded(page: Page) -> Coding:
    with Apart() as apart:
        found = apart.read(page)
    if isinstance(found, Failure):
        error = InputError(_ways_out().get(found.kind, found.message), page.name)
        error.kind = found.kind
        raise error
    return found


def _ways_out() -> dict[str, str]:
    """What to do here about failures whose message names an option of another command, by kind."""
    seconds, megabytes = limits.DOCUMENT_SECONDS, limits.DOCUMENT_MEMORY / 1e6
    return {
        "too slow": f"reading it took longer than {seconds:g} s; paste less of it, or use `whence read`",
        "too much memory": f"reading it wanted more than {megabytes:,.0f} MB; paste less of it, or use `whence read`",
    }
