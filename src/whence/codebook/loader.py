"""Reading codebook files: YAML in, `Codebook` out, with every problem named.

The built-in codebook is the folder `plover/`. A user's file or folder adds categories to it,
or replaces those of the same `type`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from whence.codebook.categories import Category, Codebook, Cue
from whence.codebook.reading import Problems, category, codes_by_context, phrase, word_classes
from whence.errors import CodebookError

BUILT_IN = Path(__file__).parent / "plover"
MAX_BYTES = 1_000_000
MAX_FILES = 200
SHARED_KEYS = frozenset(
    {
        *("words", "carriers", "lenders", "blamers", "undergone", "contexts", "settled", "political_per_thousand"),
        "cameo_by_context",
    }
)
"""Top-level keys of a file that is no category but says what is common to all."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML in which only `true` and `false` are booleans, so that "on" and "no" stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def load(path: Path | None = None) -> Codebook:
    """The built-in codebook, with the categories of a YAML file or a folder of them laid over it.

    Raises `CodebookError`, naming file, place, reason and way out, if any file does not hold.
    """
    if path is None:
        return _built_in()
    problems: list[str] = []
    book = _read([BUILT_IN, Path(path)], problems)
    if problems:
        more = f"\n(and {len(problems) - 5} more; `whence codebook check` lists them)" if len(problems) > 5 else ""
        raise CodebookError("\n".join(problems[:5]) + more)
    return book


def check(path: Path | None = None) -> list[str]:
    """The problems of a codebook file or folder (None: the built-in one), a line each; empty if it holds."""
    problems: list[str] = []
    try:
        _read([BUILT_IN] if path is None else [BUILT_IN, Path(path)], problems)
    except CodebookError as error:
        problems.append(str(error))
    return problems


@lru_cache(maxsize=1)
def _built_in() -> Codebook:
    problems: list[str] = []
    book = _read([BUILT_IN], problems)
    if problems:
        raise CodebookError("\n".join(problems))
    return book


def _read(places: Iterable[Path], found: list[str]) -> Codebook:
    """The codebook of several places, later ones over earlier ones; problems are appended to `found`."""
    digest = hashlib.sha256()
    shared: list[tuple[str, dict[str, Any]]] = []
    drafts: list[tuple[int, str, dict[str, Any]]] = []
    for rank, place in enumerate(places):
        for file in _files(place):
            data = _bytes(file)
            digest.update(data)
            for document in _documents(file, data, found):
                if "type" in document:
                    drafts.append((rank, file.name, document))
                else:
                    shared.append((file.name, document))
    classes: dict[str, frozenset[str]] = {}
    supports: dict[str, list[tuple[str, ...]]] = {key: [] for key in ("carriers", "lenders", "blamers", "undergone")}
    contexts: tuple[str, ...] = ()
    cameo: dict[str, dict[str, str]] = {}
    political = 0.0
    for name, document in shared:
        problems = Problems(name, found)
        problems.unknown_keys("", document, SHARED_KEYS)
        classes |= word_classes(document.get("words"), problems)
        for key, found_there in supports.items():
            found_there += [phrase(text)[0] for text in problems.texts(key, document.get(key))]
        share = problems.number("political_per_thousand", document.get("political_per_thousand"), 0, 1000)
        political = political if share is None else share
        contexts += tuple(problems.texts("contexts", document.get("contexts")))
        cameo |= codes_by_context(document.get("cameo_by_context"), problems)
    categories: dict[str, Category] = {}
    ranks: dict[str, int] = {}
    for rank, name, document in drafts:
        read = category(document, classes, contexts, Problems(name, found))
        if read is not None:
            categories[read.type] = read
            ranks[read.type] = rank
    return Codebook(
        version=digest.hexdigest()[:12],
        categories=categories,
        classes=classes,
        carriers=tuple(supports["carriers"]),
        lenders=tuple(supports["lenders"]),
        blamers=tuple(supports["blamers"]),
        undergone=tuple(supports["undergone"]),
        learnt=frozenset(name for name, rank in ranks.items() if rank == 0),
        contexts=contexts,
        cameo_by_context=cameo,
        political_per_thousand=political,
        words=_words(categories.values()).union(*classes.values()),
        by_word=_by_word(categories.values(), ranks),
    )


def _words(categories: Iterable[Category]) -> frozenset[str]:
    """Every single word that a cue or a condition names."""
    cues = [cue for one in categories for cue in one.cues]
    words = {word for cue in cues for word in cue.words}
    return frozenset(words.union(*(test.words for cue in cues for test in (*cue.required, *cue.barred))))


def _by_word(categories: Iterable[Category], ranks: Mapping[str, int]) -> dict[str, tuple[Cue, ...]]:
    """Cues by head word: a user's first, then longer phrases, then those with more conditions."""
    found: defaultdict[str, list[Cue]] = defaultdict(list)
    for one in categories:
        for cue in one.cues:
            found[cue.words[cue.head]].append(cue)

    def order(cue: Cue) -> tuple[int, int, bool, int]:
        return -ranks[cue.category], -len(cue.words), not cue.negated, -len(cue.required)

    return {word: tuple(sorted(cues, key=order)) for word, cues in found.items()}


def _files(place: Path) -> list[Path]:
    """The YAML files of a folder in order of name, or the file itself."""
    if place.is_dir():
        files = sorted(p for p in place.iterdir() if p.suffix in (".yaml", ".yml") and p.is_file())
        if not files:
            raise CodebookError(f"{place}: no .yaml file in this folder; put one category in each file")
        if len(files) > MAX_FILES:
            raise CodebookError(f"{place}: {len(files)} files, and {MAX_FILES} are the most; put several in one file")
        return files
    if not place.exists():
        raise CodebookError(f"{place}: no such file or folder; name a YAML file or a folder of them")
    return [place]


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CodebookError(f"{file}: larger than {MAX_BYTES:,} bytes; split it into several files")
        return file.read_bytes()
    except OSError as error:
        raise CodebookError(f"{file}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _documents(file: Path, data: bytes, found: list[str]) -> list[dict[str, Any]]:
    """The YAML documents of a file that are mappings; the others are problems."""
    try:
        text = data.decode("utf-8")
        if "&" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            found.append(f"{file.name}: has a YAML alias (*name), which codebooks do without; write it out")
            return []
        documents = [d for d in yaml.load_all(text, Loader=_Loader) if d is not None]
    except UnicodeDecodeError:
        found.append(f"{file.name}: is not UTF-8; save it in that encoding")
        return []
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        reason = getattr(error, "problem", None) or "is nested too deeply or malformed"
        found.append(f"{file.name}:{at} not valid YAML ({reason}); mend the syntax there")
        return []
    mappings = [d for d in documents if isinstance(d, dict)]
    if len(mappings) < len(documents) or not documents:
        found.append(f"{file.name}: holds no mapping; start it with `type: NAME`")
    return mappings
