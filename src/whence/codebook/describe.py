"""A codebook as a person reads it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from whence.codebook.categories import Category, Codebook, Cue, Test
from whence.errors import CodebookError

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_WIDTH = 100


def describe(codebook: Codebook, type_name: str | None = None) -> str:
    """All categories, a line each, or one category in full.

    Raises `CodebookError` if there is no category of that name.
    """
    if type_name is None:
        lines = [f"codebook {codebook.version}: {len(codebook.categories)} types"]
        lines += [_summary(category) for category in codebook.categories.values()]
        return "\n".join(lines)
    category = codebook.categories.get(type_name.upper())
    if category is None:
        raise CodebookError(f"no type {type_name!r} in the codebook; it has {', '.join(codebook.categories)}")
    return _full(category)


def _summary(category: Category) -> str:
    first = textwrap.shorten(category.definition, 70, placeholder=" …")
    return f"{category.type:<10} {len(category.cues):>4} cues  {first}"


def _full(category: Category) -> str:
    quad = f", {QUADS[category.quad]}" if category.quad in QUADS else ""
    score = "" if category.intensity is None else f", intensity {category.intensity:g}"
    lines = [f"{category.type} ({category.source}{quad}{score})", *textwrap.wrap(category.definition, _WIDTH)]
    if category.modes:
        lines += ["", "Modes"]
        for mode in category.modes:
            lines += _item(f"{mode.name}: {mode.definition}")
    lines += ["", "Cues"]
    grouped: dict[str, list[str]] = {}
    for cue in category.cues:
        grouped.setdefault(pattern(cue), []).append(cue.text)
    for told, words in grouped.items():
        lines += textwrap.wrap(", ".join(words), _WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += [f"      {told}"]
    for narrowing in category.narrowings:
        tests = _tests(narrowing.required, narrowing.barred)
        lines += [f"  {', '.join(sorted(narrowing.types))}, however found", f"      {'; '.join(tests)}"]
    if category.examples:
        lines += ["", "Examples"]
        for example in category.examples:
            found = f" [{example.trigger}]" if example.trigger else " [nothing]"
            lines += _item(example.text + found)
    return "\n".join(lines)


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _tests(required: Iterable[Test], barred: Iterable[Test]) -> list[str]:
    """Conditions as a person reads them."""
    return [
        f"{word} {test.slot} is {'|'.join(sorted(test.classes) + sorted(test.words))}"
        for word, tests in (("if", required), ("unless", barred))
        for test in tests
    ]


def pattern(cue: Cue) -> str:
    """Where the cue looks for whom, on what conditions it counts, and what it fixes."""
    parts: list[str] = [cue.pos]
    if cue.mode:
        parts.append(f"mode {cue.mode}")
    sides = [("actor", cue.actor), ("recipient", cue.recipient), ("place", cue.place)]
    parts += [f"{name} {'|'.join(slots)}" for name, slots in sides if slots]
    if cue.mutual:
        parts.append("both sides act")
    parts += _tests(cue.required, cue.barred)
    flags = {
        "under a negation": cue.negated,
        "recipients may be things": cue.things,
        "only of somebody or something particular": cue.particular,
        "only in political articles": cue.political,
    }
    parts += [told for told, holds in flags.items() if holds]
    parts += [f"the number of {slot} counts as {what}" for slot, what in cue.counts]
    if cue.status:
        parts.append(f"always {cue.status}")
    return "; ".join(parts)
