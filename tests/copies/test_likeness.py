"""What is a copy and what is not, two texts at a time."""

from __future__ import annotations

import pytest

from benchmarks.copies import Writer
from whence.copies import likeness, sketch


def is_copy(one: str, other: str) -> bool:
    return likeness(sketch(one), sketch(other)).is_copy


@pytest.mark.parametrize("change", ["bylines", "cut", "edited", "teasers", "all_of_it"])
def test_what_papers_do_to_a_wire_story_leaves_a_copy(change: str) -> None:
    writer = Writer(1)
    for _ in range(20):
        story = writer.words(250)
        assert is_copy(story, getattr(writer, change)(story))


def test_two_stories_are_no_copies() -> None:
    writer = Writer(2)
    assert not any(is_copy(writer.words(200), writer.words(200)) for _ in range(20))


def test_one_tail_does_not_make_copies() -> None:
    writer = Writer(3)
    tail = writer.words(80)
    assert not is_copy(f"{writer.words(90)}\n{tail}", f"{writer.words(90)}\n{tail}")


def test_a_statement_quoted_at_length_does_not_make_copies() -> None:
    writer = Writer(4)
    statement = writer.words(100)
    reports = [f"{writer.words(60)} “{statement}” {writer.words(60)}" for _ in range(2)]
    assert not is_copy(*reports)


def test_a_live_blog_that_holds_an_article_is_none() -> None:
    writer = Writer(5)
    article = writer.words(300)
    blog = f"{writer.words(500)}\n{article}\n{writer.words(500)}"
    like = likeness(sketch(article), sketch(blog))
    assert like.containment > 0.9
    assert not like.is_copy


def test_a_form_filled_in_with_other_figures_is_none() -> None:
    form = (
        "The quake of magnitude {}.{} struck at {} in the morning, {} kilometres off the coast and {} kilometres deep, "
        "the survey said. It was felt in the towns along the bay, where people left their houses and waited in the "
        "open for the aftershocks. No damage was reported so far. The region lies where two plates meet and is shaken "
        "several times in every year. The last strong quake there destroyed most of the old harbour, and houses have "
        "been built by stricter rules ever since."
    )
    assert not is_copy(form.format(4, 3, 712, 31, 18), form.format(5, 1, 926, 54, 10))
    assert is_copy(form.format(4, 3, 712, 31, 18), form.format(4, 3, 712, 31, 17))


def test_short_texts_must_agree_almost_wholly() -> None:
    standing = "Follow our page for all that is new, and write to us"
    assert not is_copy(f"Rain is expected in the north. {standing}", f"The match ended in a draw. {standing}")
    assert is_copy(f"Rain is expected in the north. {standing}", f"RAIN is expected in the North! {standing}.")


def test_sizes_are_those_of_the_texts() -> None:
    writer = Writer(6)
    like = likeness(sketch(writer.words(100)), sketch(writer.words(3_000)))
    assert like.sizes[0] == 98
    assert 2_600 < like.sizes[1] < 3_400


def test_texts_without_shingles_are_no_copies() -> None:
    assert not is_copy("", "")
    assert not is_copy("", "three words here")
