"""The measures by name: which section of the report each stands in, and what it is a measure of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure says."""

    name: str
    section: str
    is_choice: bool
    """Whether it is the share of right answers on what was found; otherwise precision, recall and F1."""
    means: str


def _found(section: str, name: str, means: str) -> Measure:
    return Measure(name, section, False, means)


def _chosen(section: str, name: str, means: str) -> Measure:
    return Measure(name, section, True, means)


MEASURES = {
    one.name: one
    for one in (
        _found("statements", "statement", "contents share half of their characters"),
        _found("statements", "statement and source", "and the speaker's words are one mention, or nobody speaks"),
        _found("statements", "statement and chain", "and all names of the chain are right, in order"),
        _chosen("of the statements found", "cue", "the words that report are one mention"),
        _chosen("of the statements found", "source", "the speaker's words are one mention"),
        _chosen("of the statements found", "form", "direct, indirect or mixed"),
        _chosen("of the statements found", "originator", "the last name of the chain"),
        _chosen("of the statements found", "chain", "all names of the chain"),
        _chosen("of the statements found", "chain of two or more", "the same, where somebody passes words on"),
        _found("events", "trigger", "triggers are one mention, whatever the type"),
        _found("events", "event", "trigger and type"),
        _found("events", "event, actors and recipients", "and all on both sides are right, and no others"),
        _chosen("of the events found", "mode", "where either has one"),
        _chosen("of the events found", "status", "happened, planned, denied …"),
        _chosen("of the events found", "attributed", "stands in the same statement, or in none"),
        _chosen("of the events found", "originator of event", "whom its statement comes from"),
        _found("of the events found", "actors", "one mention, or one name"),
        _found("of the events found", "recipients", "one mention, or one name"),
        _found("of the events found", "places", "one mention, or one name"),
        _found("of the events found", "time", "first and last day"),
        _found("of the events found", "counts", "of what, and the lower bound"),
        _found("of the events found", "instruments", "one mention"),
        _chosen("of the actors and recipients found", "name", "fullest name in the article"),
        _chosen("of the actors and recipients found", "country", "where either has one"),
        _chosen("of the actors and recipients found", "sector", "where either has one"),
        _chosen("of the events' places found", "place country", "where gold has one"),
        _found("anywhere in the text", "toponym", "overlapping mentions of places"),
        _found("anywhere in the text", "toponym within 161 km", "and the point is no farther off"),
        _found("anywhere in the text", "date", "overlapping date expressions with the same first and last day"),
        _found("types", "type", "trigger and type, of the events of one type"),
        _found("statuses", "status of event", "of the events found those of one status"),
    )
}
"""In the order in which they are reported."""


def measure(name: str) -> Measure:
    """The measure of a name; `type ASSAULT` and `status of event denied` are kinds of one in `MEASURES`."""
    if name in MEASURES:
        return MEASURES[name]
    for kind in ("type", "status of event"):
        if name.startswith(f"{kind} "):
            whole = MEASURES[kind]
            return Measure(name, whole.section, whole.is_choice, whole.means)
    raise KeyError(name)


def order(name: str) -> tuple[int, str]:
    """By what measures are put in order: sections as above, inside a section of kinds by name."""
    found = measure(name)
    sections = [one.section for one in MEASURES.values()]
    names = list(MEASURES)
    return (names.index(name) if name in MEASURES else len(names) + sections.index(found.section)), name
