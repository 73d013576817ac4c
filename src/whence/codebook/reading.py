"""From a YAML mapping to a `Category`, noting every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, cast, get_args

from whence.codebook.categories import (
    BUILT_IN_CLASSES,
    PREPOSITIONS,
    SIDES,
    SLOTS,
    TEST_SLOTS,
    Category,
    Cue,
    Example,
    Mode,
    Narrowing,
    PartOfSpeech,
    Test,
)
from whence.records import CountOf, Status

_CATEGORY_KEYS = frozenset(
    (
        "type",
        "quad",
        "intensity",
        "cameo",
        "definition",
        "modes",
        "default_mode",
        "contexts",
        "defaults",
        "cues",
        "examples",
    )
)
_FLAGS = ("mutual", "negated", "things", "particular", "political")
_ARGUMENT_KEYS = frozenset(
    {"actor", "recipient", "place", "mode", "if", "unless", "counts", "status", "confidence", *_FLAGS}
)
_WORD_KEYS: dict[str, PartOfSpeech] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_LIST_KEYS = {"actor", "recipient", "place"}
_STATUSES = frozenset(get_args(Status))
_COUNTS = frozenset(get_args(CountOf))
TYPE_NAME = re.compile(r"[A-Z][A-Z0-9_-]{0,39}")
_CLASS = re.compile(r"[A-Z][A-Z_]*")
MIN_EXAMPLES = 2


class Problems:
    """A list of problems of one file, and readers that add to it what does not fit."""

    def __init__(self, file: str, found: list[str]) -> None:
        self.file = file
        self.found = found

    def add(self, place: str, reason: str, way_out: str) -> None:
        """Note a problem: where it is, what is wrong, what to do."""
        self.found.append(f"{self.file}: {place}: {reason}; {way_out}")

    def unknown_keys(self, place: str, mapping: Mapping[str, Any], known: Collection[str]) -> None:
        """Note keys that mean nothing here."""
        for key in mapping:
            if key not in known:
                self.add(f"{place}{key}", "unknown key", f"use one of {', '.join(sorted(known))}")

    def texts(self, place: str, value: Any) -> list[str]:
        """A list of non-empty strings (a single string counts as one)."""
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        good = [item for item in items if isinstance(item, str) and item.strip()]
        if len(good) < len(items):
            self.add(place, "must be a list of words", "put what YAML reads as a number or a mapping in quotes")
        return good

    def number(self, place: str, value: Any, low: float, high: float) -> float | None:
        """A number between `low` and `high`, or None."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self.add(place, f"{value!r} is no number from {low:g} to {high:g}", "mend or leave out")
            return None
        return float(value)

    def choice(self, place: str, value: Any, allowed: Collection[str]) -> str | None:
        """One of the allowed words, or None."""
        if value is None or (isinstance(value, str) and value in allowed):
            return value
        self.add(place, f"{value!r} is not known here", f"use one of {', '.join(sorted(allowed)) or 'none'}")
        return None


def phrase(text: str, pos: PartOfSpeech = "verb") -> tuple[tuple[str, ...], int]:
    """The lower-case words of a cue (hyphens separate too) and the index of its head.

    A verb comes first. A noun phrase's head is its last word, or the one before its first
    preposition; of a predicate such as "under arrest" it is the word after the preposition.
    """
    words = tuple(text.lower().replace("-", " ").split())
    if pos == "verb":
        return words, 0
    if pos == "adjective":
        return words, int(len(words) > 1 and words[0] in PREPOSITIONS)
    for index, word in enumerate(words[1:], 1):
        if word in PREPOSITIONS:
            return words, index - 1
    return words, len(words) - 1


def word_classes(value: Any, problems: Problems) -> dict[str, frozenset[str]]:
    """Word classes by name, from `words: {CLASS: [lemma, …]}`; a class may name others, which it takes in."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        problems.add("words", "must be a mapping", "write `words: {CLASS: [lemma, …]}`")
        return {}
    raw: dict[str, list[str]] = {}
    for name, items in value.items():
        if not isinstance(name, str) or not _CLASS.fullmatch(name):
            problems.add(f"words.{name}", "a class's name is written in capitals", "rename it, such as WEAPON")
            continue
        raw[name] = problems.texts(f"words.{name}", items)
    return {
        name: frozenset(
            word
            for item in items
            for word in (raw[item] if item in raw else [item.lower()])
            if not _CLASS.fullmatch(word)
        )
        for name, items in raw.items()
    }


def codes_by_context(value: Any, problems: Problems) -> dict[str, dict[str, str]]:
    """CAMEO codes by `TYPE` or `TYPE mode`, then by context."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(codes, dict) for codes in value.values()):
        problems.add("cameo_by_context", "must be a mapping of mappings", 'write `{TYPE mode: {context: "1234"}}`')
        return {}
    return {
        str(kind): {
            str(context): code
            for context, given in codes.items()
            if (code := _code(f"cameo_by_context.{kind}.{context}", given, problems)) is not None
        }
        for kind, codes in value.items()
    }


def category(
    document: Mapping[str, Any], classes: Mapping[str, frozenset[str]], contexts: Collection[str], problems: Problems
) -> Category | None:
    """The category of a YAML document, or None if it has no usable `type`."""
    name = document.get("type")
    if not isinstance(name, str) or not TYPE_NAME.fullmatch(name):
        problems.add("type", f"{name!r} is no name for a type", "use capitals, digits, - and _, such as ATTACK-HEALTH")
        return None
    problems.unknown_keys("", document, _CATEGORY_KEYS)
    definition = document.get("definition")
    if not isinstance(definition, str) or not definition.strip():
        problems.add("definition", "is missing", "say in a sentence what the type is")
        definition = ""
    quad = problems.number("quad", document.get("quad"), 1, 4)
    modes = _modes(document.get("modes"), problems)
    names = {mode.name for mode in modes}
    cues = _cues(name, document, names, classes, problems)
    narrowings = _narrowings(document, classes, problems)
    if not cues and not narrowings:
        problems.add("cues", "there are none", "give at least one entry with `verbs:` or `nouns:`")
    return Category(
        type=name,
        quad=None if quad is None else int(quad),
        intensity=problems.number("intensity", document.get("intensity"), -10, 10),
        cameo=_code("cameo", document.get("cameo"), problems),
        definition=" ".join(definition.split()),
        modes=modes,
        default_mode=problems.choice("default_mode", document.get("default_mode"), names),
        contexts=tuple(
            context
            for context in problems.texts("contexts", document.get("contexts"))
            if problems.choice("contexts", context, contexts)
        ),
        cues=cues,
        narrowings=narrowings,
        patterns=_patterns(name, document, classes),
        examples=_examples(document.get("examples"), names, problems),
        source=problems.file,
    )


def _code(place: str, value: Any, problems: Problems) -> str | None:
    if value is None or (isinstance(value, str) and value.isdigit()):
        return value
    problems.add(place, f"{value!r} is no CAMEO code", 'write it in quotes, such as "041"')
    return None


def _modes(value: Any, problems: Problems) -> tuple[Mode, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        problems.add("modes", "must be a mapping", "write `modes: {name: {definition: …}}`")
        return ()
    modes = []
    for name, entry in value.items():
        place = f"modes.{name}"
        if not isinstance(entry, dict) or not isinstance(entry.get("definition"), str):
            problems.add(place, "has no definition", "write `{definition: …}`")
            continue
        problems.unknown_keys(f"{place}.", entry, ("definition", "intensity", "cameo", "hints"))
        modes.append(
            Mode(
                name=str(name),
                definition=" ".join(entry["definition"].split()),
                intensity=problems.number(f"{place}.intensity", entry.get("intensity"), -10, 10),
                cameo=_code(f"{place}.cameo", entry.get("cameo"), problems),
                hints=frozenset(text.lower() for text in problems.texts(f"{place}.hints", entry.get("hints"))),
            )
        )
    return tuple(modes)


def _cues(
    type_name: str,
    document: Mapping[str, Any],
    modes: Collection[str],
    classes: Mapping[str, frozenset[str]],
    problems: Problems,
) -> tuple[Cue, ...]:
    entries = document.get("cues")
    if not isinstance(entries, list):
        problems.add("cues", "must be a list", "start each entry with `- verbs: […]`, `- nouns: […]` or the like")
        return ()
    defaults = document.get("defaults") or {}
    if not isinstance(defaults, dict):
        problems.add("defaults", "must be a mapping", "write `defaults: {verbs: {actor: [subject]}}`")
        defaults = {}
    problems.unknown_keys("defaults.", defaults, _WORD_KEYS)
    cues: list[Cue] = []
    for number, entry in enumerate(entries, 1):
        place = f"cues[{number}]"
        if isinstance(entry, dict) and "acts" in entry:
            continue
        if not isinstance(entry, dict) or not _WORD_KEYS.keys() & entry.keys():
            problems.add(place, "names no words", "give it `verbs:`, `nouns:`, `adjectives:` or `acts:`")
            continue
        problems.unknown_keys(f"{place}.", entry, {*_WORD_KEYS, *_ARGUMENT_KEYS})
        for key, pos in _WORD_KEYS.items():
            words = problems.texts(f"{place}.{key}", entry.get(key))
            if words:
                default = defaults.get(key) if isinstance(defaults.get(key), dict) else {}
                cues += _entry(type_name, pos, words, {**(default or {}), **entry}, place, modes, classes, problems)
    return tuple(cues)


def _narrowings(
    document: Mapping[str, Any], classes: Mapping[str, frozenset[str]], problems: Problems
) -> tuple[Narrowing, ...]:
    """The entries of `cues` that name `acts` of other types."""
    entries = document.get("cues")
    made = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        if not isinstance(entry, dict) or "acts" not in entry:
            continue
        place = f"cues[{number}]"
        problems.unknown_keys(f"{place}.", entry, ("acts", "if", "unless"))
        required = _tests(f"{place}.if", entry.get("if"), classes, problems, SIDES)
        if not required:
            problems.add(place, "takes in whole types", "give it an `if:`, such as `{involved: [clinic]}`")
        barred = _tests(f"{place}.unless", entry.get("unless"), classes, problems, SIDES)
        made.append(Narrowing(frozenset(problems.texts(f"{place}.acts", entry["acts"])), required, barred))
    return tuple(made)


def _patterns(
    type_name: str, document: Mapping[str, Any], classes: Mapping[str, frozenset[str]]
) -> dict[PartOfSpeech, Cue]:
    """The `defaults` as cues of no particular word; what is wrong with them is told with the cues."""
    defaults = document.get("defaults")
    if not isinstance(defaults, dict):
        return {}
    silent = Problems("", [])
    return {
        pos: _entry(type_name, pos, ["*"], default, "defaults", (), classes, silent)[0]
        for key, pos in _WORD_KEYS.items()
        if isinstance(default := defaults.get(key), dict)
    }


def _entry(
    type_name: str,
    pos: PartOfSpeech,
    words: list[str],
    entry: Mapping[str, Any],
    place: str,
    modes: Collection[str],
    classes: Mapping[str, frozenset[str]],
    problems: Problems,
) -> list[Cue]:
    """The cues of one entry for one part of speech."""
    slots: dict[str, Any] = {key: _slots(f"{place}.{key}", entry.get(key), problems) for key in _LIST_KEYS}
    confidence = problems.number(f"{place}.confidence", entry.get("confidence"), 0, 1)
    shared: dict[str, Any] = {
        **{flag: _flag(f"{place}.{flag}", entry.get(flag), problems) for flag in _FLAGS},
        "mode": problems.choice(f"{place}.mode", entry.get("mode"), modes),
        "required": _tests(f"{place}.if", entry.get("if"), classes, problems),
        "barred": _tests(f"{place}.unless", entry.get("unless"), classes, problems),
        "counts": _counts(f"{place}.counts", entry.get("counts"), problems),
        "status": cast("Status | None", problems.choice(f"{place}.status", entry.get("status"), _STATUSES)),
        "confidence": 0.8 if confidence is None else confidence,
    }
    cues = []
    for text in dict.fromkeys(w for item in words for w in (sorted(classes.get(item, ())) or [item])):
        tokens, head = phrase(text, pos)
        cues.append(Cue(category=type_name, pos=pos, words=tokens, head=head, **slots, **shared))
    return cues


def _flag(place: str, value: Any, problems: Problems) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    problems.add(place, f"{value!r} is neither true nor false", "write true or leave it out")
    return False


def _slots(place: str, value: Any, problems: Problems) -> tuple[str, ...]:
    """Names of slots: those of `SLOTS`, or prepositions."""
    names = problems.texts(place, value)
    for name in names:
        problems.choice(place, name, SLOTS | PREPOSITIONS)
    return tuple(names)


def _tests(
    place: str,
    value: Any,
    classes: Mapping[str, frozenset[str]],
    problems: Problems,
    slots: Collection[str] = SLOTS | TEST_SLOTS | PREPOSITIONS,
) -> tuple[Test, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        problems.add(place, "must be a mapping", "write `{slot: [word or CLASS, …]}`")
        return ()
    tests = []
    for slot, wanted in value.items():
        problems.choice(place, slot, slots)
        items = problems.texts(f"{place}.{slot}", wanted)
        named = frozenset(item for item in items if _CLASS.fullmatch(item))
        for name in named - classes.keys() - BUILT_IN_CLASSES:
            problems.add(f"{place}.{slot}", f"no word class {name}", "define it under `words:` or write small letters")
        tests.append(Test(str(slot), frozenset(item.lower() for item in items if item not in named), named))
    return tuple(tests)


def _counts(place: str, value: Any, problems: Problems) -> tuple[tuple[Any, Any], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        problems.add(place, "must be a mapping", "write `{recipient: killed}`")
        return ()
    problems.unknown_keys(f"{place}.", value, {"actor", "recipient"} | SLOTS)
    return tuple((role, what) for role, what in value.items() if problems.choice(f"{place}.{role}", what, _COUNTS))


def _examples(value: Any, modes: Collection[str], problems: Problems) -> tuple[Example, ...]:
    entries = value if isinstance(value, list) else []
    if len(entries) < MIN_EXAMPLES:
        problems.add("examples", f"fewer than {MIN_EXAMPLES}", "add sentences: `- {text: …, trigger: …}`")
    examples = []
    for number, entry in enumerate(entries, 1):
        place = f"examples[{number}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            problems.add(place, "has no text", "write `- {text: …, trigger: …}`")
            continue
        problems.unknown_keys(f"{place}.", entry, ("text", "trigger", "mode", "status"))
        trigger = entry.get("trigger")
        if trigger is not None and (not isinstance(trigger, str) or trigger not in entry["text"]):
            problems.add(place, f"the trigger {trigger!r} does not stand in the text", "copy it from the sentence")
            continue
        examples.append(
            Example(
                text=entry["text"],
                trigger=trigger,
                mode=problems.choice(f"{place}.mode", entry.get("mode"), modes),
                status=cast("Status | None", problems.choice(f"{place}.status", entry.get("status"), _STATUSES)),
            )
        )
    return tuple(examples)
