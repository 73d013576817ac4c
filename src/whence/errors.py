"""Every error that whence raises on purpose.

    WhenceError
     ├─ InputError            this input cannot be coded; the others can
     │   ├─ MissingInput      no such file
     │   ├─ UnreadableInput   a directory, no permission, broken JSON, a binary, wrong encoding
     │   ├─ EmptyInput        no text in it
     │   ├─ TooLarge          more bytes, nesting or lines than the caps allow
     │   ├─ FetchFailed       the URL did not give a page
     │   ├─ TooSlow           its reading took longer than a document may
     │   ├─ TooMuchMemory     its reading wanted more memory than a document may have
     │   ├─ Crashed           the process that read it ended, twice
     │   ├─ NotAnArticle      a page without an article's text
     │   └─ NotEnglish        an article in another language
     ├─ CodebookError         a codebook file does not hold; names file, place and way out
     ├─ KnowledgeError        likewise for actors, countries and places
     ├─ ArchiveError          the archive cannot be opened, read or written
     └─ ModelError            the model's files are missing or do not fit

`kind` is the stable word that the JSON output carries; the message names the input, the
reason and, where there is one, the way out.
"""

from __future__ import annotations


class WhenceError(Exception):
    """Root of the tree."""

    kind = "error"


class InputError(WhenceError):
    """One input cannot be coded: why, and the way out if there is one.

    `name` is what messages call the input (a path, a URL, `rows.jsonl:17`), `id` the one it
    came with, if any.
    """

    kind = "input"

    def __init__(self, reason: str, name: str = "", id: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.name, self.id = reason, name, id

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" if self.name else self.reason


class MissingInput(InputError):
    """The path does not exist."""

    kind = "missing"


class UnreadableInput(InputError):
    """The input is there but is not text that can be read."""

    kind = "unreadable"


class EmptyInput(InputError):
    """The input holds no text."""

    kind = "empty"


class TooLarge(InputError):
    """The input exceeds a cap on bytes, nesting or lines."""

    kind = "too large"


class FetchFailed(InputError):
    """A URL that the user named did not give a page."""

    kind = "fetch"


class TooSlow(InputError):
    """Reading the input took longer than a document may."""

    kind = "too slow"


class TooMuchMemory(InputError):
    """Reading the input wanted more memory than a document may have."""

    kind = "too much memory"


class Crashed(InputError):
    """The process that read the input ended before it was done, and so did the one that tried again."""

    kind = "crashed"


class NotAnArticle(InputError):
    """The page holds no article."""

    kind = "not an article"


class NotEnglish(InputError):
    """The article is in another language than English."""

    kind = "not English"


class CodebookError(WhenceError):
    """A codebook does not hold."""

    kind = "codebook"


class KnowledgeError(WhenceError):
    """A knowledge file does not hold."""

    kind = "knowledge"


class ArchiveError(WhenceError):
    """An archive cannot be opened, read or written; names the file, the reason and the way out."""

    kind = "archive"


class ModelError(WhenceError):
    """The model's files are missing or do not fit each other."""

    kind = "model"
