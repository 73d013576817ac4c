"""The way of an article, joined in one place: page, article, analysis, coding.

sources.pages -> article.from_page -> language.analyse -> coding.code
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence import sources
from whence.article import day, from_page, from_text, require_english
from whence.errors import InputError, UnreadableInput, WhenceError
from whence.records import Analysis, Article, Coding, Page, Versions

if TYPE_CHECKING:
    from whence.codebook import Codebook
    from whence.knowledge import Knowledge
    from whence.language import LanguageModel

_BATCH_ARTICLES = 64
_BATCH_LETTERS = 200_000
"""Articles, and code points of text, that are analysed together: enough to fill the encoder, little enough to hold."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was not coded, and why."""

    id: str | None
    name: str
    kind: str
    """The stable word of the error class, such as `empty` or `not English`."""
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands in a coding's place; an input without an id goes by its name."""
        known = self.id if self.id is not None else self.name
        return {"article": {"id": known}, "error": {"kind": self.kind, "message": self.message}}


@dataclass(frozen=True, slots=True)
class _Item:
    """An input on its way: what messages call it, and its article or why there is none."""

    name: str
    found: Article | Failure


class Coder:
    """Codebook, knowledge and language model, loaded when first needed and then kept."""

    def __init__(self, codebook: str | Path | None = None, model: str | Path | None = None, threads: int = 1) -> None:
        """`codebook` adds a file or folder to the built-in one; `model` replaces the folder of the language model."""
        self._codebook_path = Path(codebook) if codebook is not None else None
        self._model_path = Path(model) if model is not None else None
        self._threads = threads

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
    def versions(self) -> Versions:
        """What makes this coder's codings."""
        return Versions(version("whence"), self.language.version, self.codebook.version, self.knowledge.version)

    def read(self, source: str | Path | bytes | Page | Article) -> Coding:
        """Codes one input: a path, a URL, bytes, a `Page` or an `Article`.

        Raises an `InputError` if it cannot be coded; a file of several articles is for `read_all`.
        """
        if isinstance(source, Article):
            return self.code(source)
        return self.code(article(source))

    def read_text(self, text: str, title: str | None = None, published: str | None = None) -> Coding:
        """Codes a text; `published` is its day, `YYYY-MM-DD`.

        Raises an `InputError` for a text that cannot be coded and for a day that is none.
        """
        if published is not None and day(published) is None:
            raise InputError(f"`published` is a day, YYYY-MM-DD, not {published!r}")
        return self.code(from_text(text, title=title, published=published))

    def code(self, article: Article) -> Coding:
        """Codes an article. Raises `NotEnglish` for one that is known to be in another language."""
        return self._coded(require_english(article), self.language.analyse(article.text))

    def analyse(self, text: str) -> Analysis:
        """The linguistic reading of a text."""
        return self.language.analyse(text)

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Analysis:
        """The linguistic reading of sentences whose words are given."""
        return self.language.analyse_words(sentences)

    def read_all(self, targets: Iterable[str], published: str | None = None) -> Iterator[Coding | Failure]:
        """Codes all articles of paths, URLs and `-`, in their order; one object for each, coding or failure.

        `published` is the day of articles for which nothing else says it. Streams: memory does
        not grow with the number of articles.
        """
        waiting: list[_Item] = []
        letters = 0
        for target in targets:
            for page in _pages(target):
                item = self._item(page, published)
                waiting.append(item)
                letters += len(item.found.text) if isinstance(item.found, Article) else 0
                if len(waiting) >= _BATCH_ARTICLES or letters >= _BATCH_LETTERS:
                    yield from self._code_batch(waiting)
                    waiting, letters = [], 0
        yield from self._code_batch(waiting)

    def _item(self, page: Page | Failure, published: str | None) -> _Item:
        if isinstance(page, Failure):
            return _Item(page.name, page)
        try:
            found = require_english(from_page(page))
        except Exception as error:  # one page, however broken, never stops the others
            return _Item(page.name, _failure(error, page.name, page.id))
        if found.published is None and published is not None:
            found = replace(found, published=published, published_from="given")
        return _Item(page.name, found)

    def _code_batch(self, items: Sequence[_Item]) -> Iterator[Coding | Failure]:
        analyses = iter(self._analyses([item.found.text for item in items if isinstance(item.found, Article)]))
        for item in items:
            if isinstance(item.found, Failure):
                yield item.found
                continue
            analysis = next(analyses)
            try:
                if isinstance(analysis, Exception):
                    raise analysis
                coded = self._coded(item.found, analysis)
            except Exception as error:  # likewise
                yield _failure(error, item.name, item.found.id)
            else:
                yield coded

    def _analyses(self, texts: list[str]) -> list[Analysis | Exception]:
        """Analyses of all texts together; if that fails, one by one, so that only the culprit is lost."""
        if not texts:
            return []
        language = self.language  # a missing model is everybody's failure, and raised
        try:
            return [*language.analyse_many(texts)]
        except Exception:
            return [_attempt(language.analyse, text) for text in texts]

    def _coded(self, article: Article, analysis: Analysis) -> Coding:
        from whence.coding import code

        return replace(code(article, analysis, self.codebook, self.knowledge), versions=self.versions)


def article(source: str | Path | bytes | Page, url: str | None = None) -> Article:
    """The article of one input: HTML or text as bytes or string, a path, a URL, or a `Page`.

    A string that begins with `<` is HTML; any other string is a path or a URL, and an error if
    it is neither: never text. Raises an `InputError` if there is no article in it, or more than one.
    """
    if isinstance(source, str) and source.lstrip().startswith("<"):
        source = source.encode("utf8", "replace")
    if isinstance(source, bytes):
        source = sources.document(source, url or "<bytes>")
    page = source if isinstance(source, Page) else _only_page(str(source))
    return from_page(replace(page, url=page.url or url))


def _only_page(target: str) -> Page:
    """The page of an input that holds a single one."""
    pages = sources.pages(target)
    page = next(pages)
    if isinstance(page, InputError):
        raise page
    if next(pages, None) is not None:
        raise UnreadableInput("there are several articles in it; use Coder.read_all or the command line", target)
    return page


def _pages(target: str) -> Iterator[Page | Failure]:
    """The pages of an input; whatever is wrong with it, foreseen or not, is a failure, and the next input goes on."""
    try:
        for page in sources.pages(target):
            yield _failure(page, page.name, page.id) if isinstance(page, InputError) else page
    except Exception as error:
        yield _failure(error, target, None)


def _attempt(analyse: Callable[[str], Analysis], text: str) -> Analysis | Exception:
    try:
        return analyse(text)
    except Exception as error:
        return error


def _failure(error: Exception, name: str, id: str | None) -> Failure:
    """The failure that an error stands for; what was not foreseen is `internal` and named by its class."""
    if isinstance(error, InputError):
        return Failure(id or error.id, name or error.name, error.kind, error.reason)
    if isinstance(error, WhenceError):
        return Failure(id, name, error.kind, str(error))
    return Failure(id, name, "internal", f"{type(error).__name__}: {error}; please report it")
