"""What events are about, and the CAMEO code that follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from whence import codebook
from whence.coding import wordlists
from whence.pipeline import Coder

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("contexts.yaml").read_text(encoding="utf8")
)
LISTS = wordlists.load("contexts.yaml")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("first", 0.9, 0.95), ("second", 0.74, 0.72)], ids=["made with it", "held back"]
)
def test_events_have_the_contexts_of_their_sentences(coder: Coder, half: str, precision: float, recall: float) -> None:
    """Floors a little below what was measured: 0.93 and 0.99 on the half in view, 0.78 and 0.75 on the other."""
    right = given = wanted = found = 0
    for case in CASES[half]:
        for event in coder.read_text(case["text"]).events:
            if case["trigger"] in event.trigger.text or event.trigger.text in case["trigger"]:
                right += len({*event.contexts} & {*case["contexts"]})
                given += len(event.contexts)
                wanted += len(case["contexts"])
                found += 1
                break
    assert len(CASES[half]) == 75
    assert found >= 65
    assert right / given >= precision
    assert right / wanted >= recall


def test_a_longer_phrase_keeps_its_words_from_telling_more(coder: Coder) -> None:
    (fired,) = (e for e in coder.read_text("Police fired tear gas at the crowd in the square.").events)
    assert "repression" in fired.contexts
    assert "natural_resource" not in fired.contexts


def test_the_lists_speak_of_the_manuals_contexts_types_and_modes_alone() -> None:
    book = codebook.load()
    assert set(LISTS["contexts"]) == set(book.contexts)
    assert len(book.contexts) == 37
    known = {f"{c.type} {m.name}" for c in book.categories.values() for m in c.modes} | set(book.categories)
    for entry in LISTS["contexts"].values():
        assert set(entry.get("modes", ())) <= known
        assert entry["about"] and entry["words"]


def test_what_the_whole_article_speaks_of_belongs_to_its_events(coder: Coder) -> None:
    text = (
        "The clinic in Bo closed its doors. Nurses say that the vaccine ran out. "
        "Patients with cholera were sent to a hospital in Kenema. "
        "The doctors wait for medicine.\n\nThe mayor urged hospitals to stay calm."
    )
    (urged,) = (e for e in coder.read_text(text).events if e.trigger.text == "urged")
    assert "health" in urged.contexts


def test_a_users_contexts_come_first(coder: Coder, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "type: SHELLING\ndefinition: Shells fall.\ncontexts: [health]\n"
        "cues:\n  - {verbs: [shell], actor: [subject], recipient: [object]}\n"
        "examples:\n" + "".join(f"  - {{text: Rebels shelled camp number {n}., trigger: shelled}}\n" for n in range(6)),
        encoding="utf8",
    )
    coding = Coder(codebook=file).read_text("Rebels shelled the army barracks.")
    (event,) = (e for e in coding.events if e.type == "SHELLING")
    assert event.contexts[0] == "health"
    assert "military" in event.contexts
    assert event.cameo is None


@pytest.mark.parametrize(
    ("type_name", "mode", "contexts", "code"),
    [
        ("AGREE", None, [], "030"),
        ("AGREE", None, ["health", "economic", "military"], "0311"),
        ("REQUEST", "assist", ["military"], "1012"),
        ("ACCUSE", "allege", ["corruption"], "1121"),
        ("COERCE", "seize", ["military"], "171"),
        ("REQUEST", "assist", ["health"], "101"),
        ("PROTEST", "hunger", ["rights_freedoms"], "1423"),
        ("ASSAULT", "aerial", ["military"], "190"),
        ("THREATEN", "violence", ["cbrn"], "1385"),
    ],
)
def test_the_code_is_the_most_particular_that_type_mode_and_contexts_lead_to(
    type_name: str, mode: str | None, contexts: list[str], code: str
) -> None:
    assert codebook.load().cameo(type_name, mode, contexts) == code


def test_every_code_by_context_belongs_to_a_type_a_mode_and_a_context_of_the_manual() -> None:
    book = codebook.load()
    for kind, codes in book.cameo_by_context.items():
        type_name, _, mode = kind.partition(" ")
        assert not mode or book.categories[type_name].mode(mode)
        assert set(codes) <= set(book.contexts)
        assert all(code.isdigit() and 3 <= len(code) <= 4 for code in codes.values())


MANUAL: dict[str, tuple[int, float, dict[str, float]]] = {
    "AGREE": (1, 2.5, {}),
    "CONSULT": (1, 2.5, {"visit": 4.0, "third-party": 1.0, "multilateral": 4.0, "phone": 1.5}),
    "SUPPORT": (1, 5.0, {}),
    "CONCEDE": (1, 4.5, {}),
    "COOPERATE": (2, 9.5, {}),
    "AID": (2, 10.0, {}),
    "RETREAT": (
        2,
        6.5,
        {"withdraw": 8.0, "release": 6.5, "disarm": 10.0, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
    ),
    "REQUEST": (3, 0.0, {"assist": 0.5, "change": -1.0, "yield": -1.0, "meet": 0.0}),
    "ACCUSE": (3, -3.0, {"disapprove": -2.0, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (3, -2.0, {"assist": -1.5, "change": -2.0, "yield": -2.0, "meet": -2.0}),
    "THREATEN": (
        3,
        -3.5,
        {"restrict": -3.0, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4.0, "violence": -3.5},
    ),
    "PROTEST": (
        4,
        -5.0,
        {
            "demo": -5.0,
            "riot": -7.0,
            "strike": -5.0,
            "hunger": -4.5,
            "boycott": -4.5,
            "obstruct": -4.5,
            "vandalize": -5.0,
        },
    ),
    "SANCTION": (4, -6.0, {"convict": -6.0, "expel": -5.5, "withdraw": -6.0, "discontinue": -6.0}),
    "MOBILIZE": (4, -5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6.0}),
    "COERCE": (
        4,
        -7.0,
        {
            "seize": -7.0,
            "restrict": -7.0,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7.0,
            "deport": -7.0,
            "withhold": -7.0,
            "misinformation": -6.5,
            "cyber": -7.0,
        },
    ),
    "ASSAULT": (
        4,
        -9.0,
        {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8.0,
            "firearms": -9.0,
            "explosives": -9.0,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10.0,
        },
    ),
}
"""Quad, score and scores of modes as the manual has them, its inconsistencies settled (`plover.yaml`)."""


def test_quads_and_intensities_are_the_manuals() -> None:
    book = codebook.load()
    assert set(MANUAL) == set(book.categories)
    for name, (quad, score, modes) in MANUAL.items():
        category = book.categories[name]
        assert {mode.name for mode in category.modes} == set(modes)
        assert (category.quad, category.intensity) == (quad, score)
        for mode_name, expected in modes.items():
            mode = category.mode(mode_name)
            assert mode is not None
            assert (category.intensity if mode.intensity is None else mode.intensity) == expected
