from __future__ import annotations

import pytest

from whence.language.datelines import end_of_dateline


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("KABUL: A convoy left.", "A convoy left."),
        ("HARARE — A photographer was deported.", "A photographer was deported."),
        ("BISHKEK, March 15 (Ala-Too News) — Soldiers met.", "Soldiers met."),
        ("MUSCAT - Oman opened an exercise.", "Oman opened an exercise."),
        ("Colombo – Sri Lanka has handed over two men.", "Sri Lanka has handed over two men."),
        ("New Delhi, 3 June (PTI) -- “Nobody left,” he said.", "“Nobody left,” he said."),
        ("MOGADISHU, Nov 5 (agencies) - Gunmen left.", "Gunmen left."),
        ("(Baku/Yerevan, 5 October 2020) Both armies must stop.", "Both armies must stop."),
    ],
)
def test_the_first_sentence_begins_behind_the_dateline(text: str, rest: str) -> None:
    end = end_of_dateline(text, 0, len(text))
    assert end is not None
    assert text[end:] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Kofi Annan: Nobody will leave.",
        "Tehran – which denies it – has left.",
        "The army – Russia said – has left.",
        "A well-known General - Smith - has left.",
        "Al-Zaman reported it.",
        "In March 2003 the army left.",
        "A" * 5000 + " - B",
        "(Reuters) They left.",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert end_of_dateline(text, 0, len(text)) is None
