"""The way of an article, joined in one place: page, article, analysis, coding.

sources.pages -> article.from_page -> language.analyse -> coding.code
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence import sources
from whence.article import day, from_page, from_text, require_codable
from whence.errors import InputError, NotEnglish, UnreadableInput, WhenceError
from whence.records import Analysis, Article, Coding, Page, Span, Versions, to_plain
from whence.zones import zone

if TYPE_CHECKING:
    from whence.codebook import Codebook
    from whence.coding.nearness import Nearness
    from whence.knowledge import Knowledge
    from whence.language import LanguageModel


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was not coded, and why."""

    id: str | None
    name: str
    kind: str
    """The stable word of the error class, such as `empty` or `not English`."""
    message: str
    article: Article | None = None
    """What was read, if the input is an article in another language: its own lines, and those left out."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands in a coding's place; an input without an id goes by its name.

        Of an article in another language it is a coding with nothing in it, and the error.
        """
        error = {"kind": self.kind, "message": self.message}
        if self.article is not None:
            nothing: dict[str, Any] = {name: [] for name in ("actors", "places", "times", "statements", "events")}
            return {"article": to_plain(self.article), **nothing, "error": error}
        known = self.id if self.id is not None else self.name
        return {"article": {"id": known}, "error": error}


class Coder:
    """Codebook, knowledge and language model, loaded when first needed and then kept."""

    def __init__(
        self,
        codebook: str | Path | None = None,
        model: str | Path | None = None,
        threads: int = 1,
        timezone: str | None = None,
    ) -> None:
        """`codebook` adds a file or folder to the built-in one; `model` replaces the folder of the language model.

        `timezone` is an IANA name: an article that gives the instant of its publication was published on the day that
        it was there; without it, on the day as written. Raises `WhenceError` for a zone that there is none of.
        """
        self._codebook_path = Path(codebook) if codebook is not None else None
        self._model_path = Path(model) if model is not None else None
        self._threads = threads
        self._zone = zone(timezone) if timezone is not None else None

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook in use."""
        from whence import codebook

        return codebook.load(self._codebook_path)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Actors, countries and places."""
        from whence import knowledge

        return knowledge.load()

    @cached_property
    def language(self) -> LanguageModel:
        """The language model in use."""
        from whence.language import LanguageModel

        return LanguageModel(self._model_path, self._threads)

    @cached_property
    def nearness(self) -> Nearness:
        """What finds a user's categories by likeness to their examples; without such a category it finds nothing."""
        from whence.coding.nearness import Nearness

        return Nearness(self.codebook, self.language.analyse, self.language.meanings)

    @cached_property
    def versions(self) -> Versions:
        """What makes this coder's codings."""
        return Versions(version("whence"), self.language.version, self.codebook.version, self.knowledge.version)

    def read(self, source: str | Path | bytes | Page | Article) -> Coding:
        """Codes one input: a path, a URL, bytes, a `Page` or an `Article`.

        Raises an `InputError` if it cannot be coded; a file of several articles is for `read_all`.
        """
        return self.code(source if isinstance(source, Article) else self.article(_page(source)))

    def read_text(self, text: str, title: str | None = None, published: str | None = None) -> Coding:
        """Codes a text; `published` is its day, `YYYY-MM-DD`, or the instant, such as `2016-08-16T23:30:00Z`.

        Raises an `InputError` for a text that cannot be coded and for a day that is none.
        """
        declared = day(published, self._zone)
        if published is not None and declared is None:
            raise InputError(f"`published` is a day, YYYY-MM-DD, not {published!r}")
        return self.code(from_text(text, title=title, published=declared))

    def code(self, article: Article) -> Coding:
        """Codes an article. Raises `NotEnglish` for one in another language, `TooLarge` for a very long one."""
        from whence import coding

        analysis = self.language.analyse(require_codable(article).text)
        return replace(
            coding.code(article, analysis, self.codebook, self.knowledge, self.nearness), versions=self.versions
        )

    def analyse(self, text: str) -> Analysis:
        """The linguistic reading of a text."""
        return self.language.analyse(text)

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Analysis:
        """The linguistic reading of sentences whose words are given."""
        return self.language.analyse_words(sentences)

    def relation(self, text: str, actor: Span, recipient: Span) -> dict[str, float]:
        """What the one does to the other in a text: the probability of each of PLOVER's sixteen types; they add to 1.

        Spans are begin and end in code points, the end exclusive. Only the lines that hold the pair are read, and of
        long ones what is nearest to it. Words of both spans are the actor's. Raises an `InputError` for an empty text
        and for a span that is empty, blank or outside the text.
        """
        return self.language.relation.probabilities(text, actor, recipient)

    def read_all(
        self, targets: Iterable[str], published: str | None = None, options: sources.Options | None = None
    ) -> Iterator[Coding | Failure]:
        """Codes all articles of paths, URLs and `-`, in their order; one object for each, coding or failure.

        Paths may be folders and patterns; `options` say how they are read.
        `published` is the day of articles for which nothing else says it. Streams: memory does
        not grow with the number of articles.
        """
        for target in targets:
            for page in found_pages(target, options):
                yield page if isinstance(page, Failure) else self._attempt(page, published)

    def article(self, page: Page) -> Article:
        """The article of a page, its day the one in the coder's zone. Raises an `InputError` if there is none."""
        return from_page(page, self._zone)

    def _attempt(self, page: Page, published: str | None) -> Coding | Failure:
        """One page coded, or why not: one page, however broken, never stops the others."""
        found = None
        try:
            found = self.article(page)
            require_codable(found)
        except Exception as error:
            return failure(error, page.name, page.id, found)
        if found.published is None and published is not None:
            found = replace(found, published=published, published_from="given")
        _ = self.versions  # a missing model or a broken codebook is everybody's failure, and raised
        try:
            return self.code(found)
        except Exception as error:
            return failure(error, page.name, found.id)


def article(source: str | Path | bytes | Page, url: str | None = None) -> Article:
    """The article of one input: HTML or text as bytes or string, a path, a URL, or a `Page`.

    A string that begins with `<` is HTML; any other string is a path or a URL, and an error if
    it is neither: never text. Raises an `InputError` if there is no article in it, or more than one.
    """
    return from_page(_page(source, url))


def _page(source: str | Path | bytes | Page, url: str | None = None) -> Page:
    """The page of one input. Raises an `InputError` for a source that holds none, or more than one."""
    if isinstance(source, str) and source.lstrip().startswith("<"):
        source = source.encode("utf8", "replace")
    if isinstance(source, bytes):
        page = _only_page(sources.bytes_pages(source, url or "<bytes>"), url or "<bytes>")
    elif isinstance(source, Page):
        page = source
    else:
        page = _only_page(sources.pages(str(source)), str(source))
    return replace(page, url=page.url or url)


def _only_page(pages: Iterator[Page | InputError], name: str) -> Page:
    """The page of an input that holds a single one."""
    page = next(pages)
    if isinstance(page, InputError):
        raise page
    if next(pages, None) is not None:
        raise UnreadableInput("there are several articles in it; use Coder.read_all or the command line", name)
    return page


def found_pages(target: str, options: sources.Options | None) -> Iterator[Page | Failure]:
    """The pages of an input; whatever is wrong with it, foreseen or not, is a failure, and the next input goes on."""
    try:
        for page in sources.pages(target, options):
            yield failure(page, page.name, page.id) if isinstance(page, InputError) else page
    except Exception as error:
        yield failure(error, target, None)


def failure(error: Exception, name: str, id: str | None, article: Article | None = None) -> Failure:
    """The failure that an error stands for; what was not foreseen is `internal` and named by its class.

    `article` is what had been read by then; it is kept if it is only not English.
    """
    if isinstance(error, NotEnglish):
        return Failure(id or error.id, name or error.name, error.kind, error.reason, article)
    if isinstance(error, InputError):
        return Failure(id or error.id, name or error.name, error.kind, error.reason)
    if isinstance(error, WhenceError):
        return Failure(id, name, error.kind, str(error))
    return Failure(id, name, "internal", f"{type(error).__name__}: {error}; please report it")
