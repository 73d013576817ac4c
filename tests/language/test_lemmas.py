from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.language import lemmas


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("said", "say", "l|2|y"),
        ("Airstrikes", "airstrike", "l|1|"),
        ("Moscow", "Moscow", "t|0|"),
        ("NATO", "NATO", "s|0|"),
        ("was", "be", "l|3|be"),
        ("went", "go", "l|4|go"),
    ],
)
def test_rules_make_their_lemma(form: str, lemma: str, rule: str) -> None:
    assert lemmas.rule(form, lemma) == rule
    assert lemmas.apply(form, rule) == lemma


def test_a_lemma_without_a_shared_stem_has_no_rule() -> None:
    assert lemmas.rule("better-known", "well-known") is None


def test_a_rule_too_long_for_a_form_leaves_it() -> None:
    assert lemmas.apply("Be", "l|4|go") == "be"


@given(st.text("abcAB", min_size=1, max_size=6), st.text("abcAB", min_size=1, max_size=6))
def test_every_rule_that_is_given_makes_the_lemma(form: str, lemma: str) -> None:
    made = lemmas.rule(form, lemma)
    assert made is None or lemmas.apply(form, made) == lemma
