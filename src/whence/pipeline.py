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
from whence.errors import InputError, WhenceError
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
        """Codes a text; `published` is its day, `YYYY-MM-DD`."""
        from whence.article import from_text

        return self.code(from_text(text, title=title, published=published))

    def code(self, article: Article) -> Coding:
        """Codes an article."""
        return self._coded(article, self.language.analyse(article.text))

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
        waiting: list[Article | Failure] = []
        letters = 0
        for target in targets:
            for page in sources.pages(target):
                item = self._article(page, published)
                waiting.append(item)
                letters += len(item.text) if isinstance(item, Article) else 0
                if len(waiting) >= _BATCH_ARTICLES or letters >= _BATCH_LETTERS:
                    yield from self._code_batch(waiting)
                    waiting, letters = [], 0
        yield from self._code_batch(waiting)

    def _article(self, page: Page | InputError, published: str | None) -> Article | Failure:
        from whence.article import from_page

        if isinstance(page, InputError):
            return _failure(page, page.name, page.id)
        try:
            found = from_page(page)
        except Exception as error:  # one page, however broken, never stops the others
            return _failure(error, page.name, page.id)
        if found.published is None and published is not None:
            return replace(found, published=published, published_from="given")
        return found

    def _code_batch(self, items: Sequence[Article | Failure]) -> Iterator[Coding | Failure]:
        articles = [item for item in items if isinstance(item, Article)]
        analyses: Iterator[Analysis | Exception] = iter(self._analyses([a.text for a in articles]))
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            analysis = next(analyses)
            try:
                if isinstance(analysis, Exception):
                    raise analysis
                coded = self._coded(item, analysis)
            except Exception as error:  # likewise
                yield _failure(error, item.url or item.id, item.id)
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
            found: list[Analysis | Exception] = []
            for text in texts:
                try:
                    found.append(language.analyse(text))
                except Exception as error:
                    found.append(error)
            return found

    def _coded(self, article: Article, analysis: Analysis) -> Coding:
        from whence.coding import code

        return replace(code(article, analysis, self.codebook, self.knowledge), versions=self.versions)


def article(source: str | Path | bytes | Page, url: str | None = None) -> Article:
    """The article of one input: HTML or text as bytes or string, a path, a URL, or a `Page`.

    A string that begins with `<` is HTML; any other string is a path or a URL, and an error if
    it is neither: never text. Raises an `InputError` if there is no article in it.
    """
    from whence.article import from_page

    if isinstance(source, str) and source.lstrip().startswith("<"):
        source = source.encode("utf8", "replace")
    if isinstance(source, bytes):
        source = sources.document(source, url or "<bytes>")
    if isinstance(source, Page):
        return from_page(replace(source, url=source.url or url))
    page = next(sources.pages(str(source)))
    if isinstance(page, InputError):
        raise page
    return from_page(replace(page, url=page.url or url))


def _failure(error: Exception, name: str, id: str | None) -> Failure:
    """The failure that an error stands for; what was not foreseen is `internal` and named by its class."""
    if isinstance(error, InputError):
        return Failure(id or error.id, name or error.name, error.kind, error.reason)
    if isinstance(error, WhenceError):
        return Failure(id, name, error.kind, str(error))
    return Failure(id, name, "internal", f"{type(error).__name__}: {error}; please report it")
