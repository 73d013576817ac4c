"""Names of several words, as capitals show them in running text."""

from __future__ import annotations

import pytest

from whence.incidents.names import apart, proper


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Interior Minister Ayelet Shaked on Tuesday.", ["ayelet shaked"]),
        ("President Tsai spoke at the Foreign Ministry.", ["tsai"]),
        ("The Security Council and the Supreme Court met.", []),
        ("A former head of the National Conference of Synagogue Youth spoke.",
         ["national conference of synagogue youth", "synagogue youth"]),
        ("Ebrahim Raisi of Iran spoke.", ["ebrahim raisi of iran", "ebrahim raisi"]),
        ("Police arrested nobody in Nara on Friday.", []),
    ],
)  # fmt: skip
def test_names_in_running_text(text: str, names: list[str]) -> None:
    assert list(proper(text)) == names


def test_a_name_counts_once_however_it_is_cut() -> None:
    found = {"phyo zeya thaw", "zeya thaw", "kyaw min yu", "jamal khashoggi"}
    assert apart(found, {"jamal khashoggi"}) == ["kyaw min yu", "phyo zeya thaw"]
