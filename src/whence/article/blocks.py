"""What a page's mark-up says of its lines: which element holds a line, how much is links, what its classes say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from whence.article.features import Block

_TAGS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "td", "dt", "dd", "pre"])
"""Elements that are told apart; all others count as `div`."""
_PARTS = frozenset(
    ["section", "article", "aside", "header", "footer", "nav", "main", "body", "form", "figure", "details"]
)
_FRAMES = frozenset(["div", "ul", "ol", "table", "tr", "th", "br", "address", "summary"])
_LINES = _TAGS | _PARTS | _FRAMES
"""Elements that begin a line of their own."""
_SILENT = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "head", "select", "button"])
"""Elements whose text is no line."""
_NEAR = 3
"""Elements round a line whose classes are near."""
_SAYS = {
    "promo": re.compile(r"relat|recirc|promo|teaser|read-?more|recommend|trending|popular|most-|outbrain|taboola|also"),
    "newsletter": re.compile(r"newsletter|subscri|sign-?up|paywall|regist|inline-?form|donat"),
    "caption": re.compile(r"caption|credit|photo|image|gallery|video|media|figure|embed"),
    "author": re.compile(r"author|byline|\bbio\b|contributor|writer"),
    "comment": re.compile(r"comment|disqus|discuss|repl(?:y|ies)"),
    "furniture": re.compile(
        r"share|social|foot|sidebar|aside|widget|breadcrumb|nav|menu|\bad|sponsor|tag|toolbar|copyright"
    ),
    "top": re.compile(r"headline|title|subtitle|\bdek|header|date|time|meta|summary|standfirst|deck"),
    "body": re.compile(
        r"article-?_?body|story-?_?body|entry-?_?content|post-?_?content|article-?_?content|body-?_?text"
    ),
}
"""What words in an element's class, id or itemprop say of what it holds."""
_KEY = 80
"""Letters and digits by which a line is found again."""
_CLASS = 300
"""Characters of a class list that are looked at."""
_SPACES = re.compile(r"\W+")


@dataclass(slots=True)
class _Line:
    depth: int
    """Elements that were open where it began."""
    tag: str = "div"
    names: frozenset[str] = frozenset()
    text: list[str] = field(default_factory=list)
    linked: int = 0


def blocks(tree: Any) -> Mapping[str, Block]:
    """For each line of text in a page, by its `key`, what holds it; of equal lines the first. Linear in the page."""
    from lxml.etree import iterwalk

    found: dict[str, Block] = {}
    around: list[tuple[str, frozenset[str]]] = []
    line = _Line(0)
    links = silent = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"  # comments and instructions
        if event == "start":
            around.append((tag, _said(element)))
            silent += tag in _SILENT
            links += tag == "a"
            if tag in _LINES:
                _end(line, found)
                line = _Line(len(around))
            if not silent:
                _add(line, element.text, links, around)
        else:
            silent -= tag in _SILENT
            links -= tag == "a"
            around.pop()
            if tag in _LINES:
                _end(line, found)
                line = _Line(len(around))
            if not silent:
                _add(line, element.tail, links, around)
    _end(line, found)
    return found


def key(line: str) -> str:
    """By what a line is found: its first letters and digits, in lower case."""
    return _SPACES.sub("", line[: 4 * _KEY].lower())[:_KEY]


def _place(line: _Line, around: list[tuple[str, frozenset[str]]]) -> None:
    """Notes which elements a line stands in; only for lines that have text, which few have."""
    tag = next((t for t, _ in reversed(around) if t in _LINES and t != "br"), "div")
    near = {f"near {says}" for _, said in around[-_NEAR:] for says in said}
    far = {f"far {says}" for _, said in around[3:-_NEAR] for says in said}
    held = {f"in {t}" for t, _ in around if t in ("article", "aside", "footer", "figure", "header", "nav", "form")}
    line.tag, line.names = tag if tag in _TAGS else "div", frozenset(near | far | held)


def _add(line: _Line, text: str | None, links: int, around: list[tuple[str, frozenset[str]]]) -> None:
    if text and (bare := text.strip()):
        if not line.text:
            _place(line, around[: line.depth])
        line.text.append(bare)
        if links:
            line.linked += len(bare)


def _end(line: _Line, found: dict[str, Block]) -> None:
    if line.text and (name := key(" ".join(line.text))):
        length = sum(map(len, line.text))
        found.setdefault(name, Block(line.tag, line.linked / length, line.names))


def _said(element: Any) -> frozenset[str]:
    if not isinstance(element.tag, str):
        return frozenset()
    found: list[str] = [value for name in ("class", "id", "itemprop") if (value := element.get(name))]
    return _of_words(" ".join(found)[:_CLASS].lower()) if found else frozenset()


@lru_cache(maxsize=2_000)
def _of_words(words: str) -> frozenset[str]:
    """What a list of classes says; a page has the same ones over and over."""
    return frozenset(says for says, pattern in _SAYS.items() if pattern.search(words))
