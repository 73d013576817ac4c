"""Puts whence beside other ways of finding statements, on the same articles and in one run, as tables in Markdown.

`python -m evaluation.baselines [--only NAME]`: the articles are those of `WHENCE_DATA` (`../shared` by default). The
others are a rules baseline of our own, and textacy's direct quotations where the extra `compare` is installed; all of
them go by the trees that whence reads. Exit status 0, also where there is no evaluation data.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from importlib.util import module_from_spec, spec_from_file_location
from operator import add
from pathlib import Path
from platform import python_version
from typing import Any

from evaluation import statement_rules
from evaluation.statement_scores import Found, Scores, compare, interval
from whence import Coder
from whence.article import from_text
from whence.errors import InputError
from whence.records import Analysis, Coding, Mention, Span

COLUMNS = {
    "cue": "cue",
    "source": "source",
    "content": "content",
    "statement": "statement",
    "attributed": "statement with its source",
    "direct": "direct quotation",
    "direct attributed": "direct quotation with its speaker",
}
"""The scores in the table's order, and their headings."""
_HEADLINE = "attributed"
"""The score whose interval is told."""

NOTES = (
    "F1: cue, source, content exact; statements with half of their content right (in brackets: nine in ten resamplings"
    " of the articles); direct quotations are the contents that stand in quotation marks, alone on both sides."
)
System = Callable[[Analysis], list[Found]]
Back = Callable[[dict[str, Any], str], Callable[[Span], Span | None]]
"""From a coding and its source text: from a place in the coding's text to the one in the source."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article of a gold set and the statements marked in it."""

    id: str
    title: str | None
    published: str | None
    text: str
    statements: tuple[Found, ...]


def attributions(path: Path) -> Iterator[Annotated]:
    """Articles of rows `{"id", "text", "attributions": [{"source", "cue", "content": [[begin, end], …]}]}`."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            found = tuple(
                Found(_pairs(a["cue"]), _pairs(a["source"]), _pairs(a["content"])) for a in row["attributions"]
            )
            yield Annotated(str(row["id"]), None, None, row["text"], found)


def gold(folder: Path) -> Iterator[Annotated]:
    """The articles of a folder that are annotated after the guide, one a file."""
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf8"))
        found = tuple(Found(_places(s["cue"]), _places(s["source"]), _places(*s["content"])) for s in row["statements"])
        yield Annotated(str(row["id"]), row.get("title"), row.get("published"), row["text"], found)


def _pairs(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((begin, end) for begin, end in spans)


def _places(*mentions: dict[str, Any] | None) -> tuple[Span, ...]:
    """Where mentions stand; nowhere where there is none."""
    return _pairs(mention["at"] for mention in mentions if mention is not None)


SETS: dict[str, tuple[str, str, Callable[[Path], Iterator[Annotated]]]] = {
    "polnear": ("PolNeAR, development part", "data/attribution/polnear.dev.jsonl.gz", attributions),
    "gold": ("Gold articles", "gold", gold),
}
"""Sets of articles: title, place in the evaluation data, reader."""


def of_coding(coding: Coding) -> list[Found]:
    """The statements that whence found."""
    return [Found(_at(s.cue), _at(s.source), tuple(m.at for m in s.content)) for s in coding.statements]


def _at(mention: Mention | None) -> tuple[Span, ...]:
    return (mention.at,) if mention is not None else ()


def measure(
    articles: Iterable[Annotated], coder: Coder, others: dict[str, System], back: Back
) -> dict[str, list[Scores]]:
    """The scores of each system on each article; `back` finds the places of an article's own lines in its source."""
    each: dict[str, list[Scores]] = {}
    for annotated in articles:
        found = {"whence": list[Found](), **{name: list[Found]() for name in others}}
        try:
            article = from_text(annotated.text, title=annotated.title, published=annotated.published)
            found["whence"] = of_coding(coder.code(article))
        except InputError as error:
            print(f"{annotated.id}: {error.reason}", file=sys.stderr)  # nobody finds anything in it
        else:
            analysis = coder.analyse(article.text)
            found |= {name: system(analysis) for name, system in others.items()}
            move = back({"article": {"text": article.text}}, annotated.text)
            found = {name: [_moved(statement, move) for statement in some] for name, some in found.items()}
        for name, some in found.items():
            each.setdefault(name, []).append(compare(annotated.statements, some, annotated.text))
    return each


def _moved(found: Found, move: Callable[[Span], Span | None]) -> Found:
    """A statement at its places in the source text."""

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(place for span in spans if (place := move(span)) is not None)

    return Found(moved(found.cue), moved(found.source), moved(found.content))


def table(each: dict[str, list[Scores]]) -> str:
    """The systems' F1 over all articles, a row a system, in Markdown."""
    rows = [["", *COLUMNS.values()], ["---"] * (len(COLUMNS) + 1)]
    for name, scores in each.items():
        total = reduce(add, scores)
        cells = {key: f"{total.f1(key):.1f}" for key in COLUMNS}
        low, high = interval(scores, _HEADLINE)
        cells[_HEADLINE] += f" ({low:.1f} to {high:.1f})"
        rows.append([name, *cells.values()])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def section(title: str, articles: Sequence[Annotated], coder: Coder, textacy: Any, back: Back) -> str:
    """What is printed of one set of articles: heading, table, notes. `textacy` is the module that calls it, or None."""
    others: dict[str, System] = {"rules baseline": statement_rules.find}
    notes = NOTES
    if textacy is not None:
        whole, parts = textacy.Textacy(), textacy.Textacy()
        others |= {"textacy, whole articles": whole.of_article, "textacy, paragraph by paragraph": parts.of_paragraphs}
    each = measure(articles, coder, others, back)
    if textacy is not None:
        notes += f" textacy refused {whole.refused} articles and {parts.refused} paragraphs for odd quotation marks."
    count = sum(len(annotated.statements) for annotated in articles)
    return f"### {title}: {len(articles)} articles, {count:,} statements\n\n{table(each)}\n\n{notes}\n"


def versions(coder: Coder, textacy: Any) -> str:
    """What is compared, with its versions."""
    made = coder.versions
    own = f"whence {made.whence} (model {made.model}, codebook {made.codebook}, knowledge {made.knowledge})"
    return f"{own}; {textacy.VERSIONS if textacy is not None else 'without textacy'}; Python {python_version()}."


def _installed_textacy() -> Any:
    """The module that calls textacy, or None, with a line on standard error, where that is not installed."""
    try:
        return importlib.import_module("evaluation.statement_textacy")
    except ModuleNotFoundError as error:
        print(f"not compared: textacy ({error}); pip install '.[compare]'", file=sys.stderr)
        return None


def _back(path: Path) -> Back:
    """The function of the measures that finds a coding's places in its source text again."""
    spec = spec_from_file_location("common", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    back: Back = module.back
    return back


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of `python -m evaluation.baselines`; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.baselines", description="Compares finders of statements."
    )
    parser.add_argument("--only", choices=SETS, help="this set of articles alone")
    options = parser.parse_args(argv)
    data = Path(os.environ.get("WHENCE_DATA", Path(__file__).resolve().parent.parent.parent / "shared"))
    if not (data / "measure" / "common.py").is_file():
        print(f"nothing compared: no folder {data}/measure. Set WHENCE_DATA to the evaluation data (training/DATA.md).")
        return 0
    back = _back(data / "measure" / "common.py")
    coder, textacy = Coder(threads=os.cpu_count() or 1), _installed_textacy()
    print(versions(coder, textacy) + "\n")
    for name in [options.only] if options.only else SETS:
        title, place, read = SETS[name]
        print(section(title, list(read(data / place)), coder, textacy, back))
    return 0


if __name__ == "__main__":
    sys.exit(main())
