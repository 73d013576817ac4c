from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.archive.made import coding, event
from tests.commands import run
from whence import Archive
from whence.audit import (
    ASKED,
    Sample,
    agreement,
    allocate,
    alpha,
    draw,
    found,
    marked,
    questions,
    report,
    said,
    share,
    wilson,
)
from whence.errors import ArchiveError
from whence.records import Coding

WORDS = ("shelled", "bombed", "praised", "warned", "raided")
TYPES = {"shelled": "ASSAULT", "bombed": "ASSAULT", "praised": "SUPPORT", "warned": "THREATEN", "raided": "ASSAULT"}


def told(n: int) -> Coding:
    """An article with one event, different from all others."""
    word = WORDS[n % 5]
    made = coding(f"The army {word} Keta, the mayor said for the {n}th time.", published=f"2020-02-{n % 28 + 1:02}")
    (old,) = made.events
    own = event(made.article, 1, word, type=TYPES[word])
    kept = ("actors", "recipients", "places", "time", "mode", "statement")
    changes = {name: getattr(old, name) for name in kept}
    return dataclasses.replace(made, events=(dataclasses.replace(own, **changes),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.add([told(n) for n in range(60)])
    return path


# -- drawing ---------------------------------------------------------------------------------------


def test_types_get_their_share_and_none_too_few() -> None:
    drawn = allocate({"A": 10_000, "B": 1_000, "C": 40, "D": 2}, 200)
    assert sum(drawn.values()) == 200
    assert drawn["D"] == 2 and drawn["C"] == 5
    assert drawn["A"] / drawn["B"] == pytest.approx(10, rel=0.05)
    assert allocate({"A": 3, "B": 4}, 200) == {"A": 3, "B": 4}
    assert allocate({"A": 1000, "B": 1000}, 3) in ({"A": 2, "B": 1}, {"A": 1, "B": 2})
    with pytest.raises(ArchiveError, match="cannot have all 2 types: ask for as many at least"):
        allocate({"A": 3, "B": 4}, 1)


def test_a_sample_follows_from_seed_and_content_alone(path: Path, tmp_path: Path) -> None:
    with Archive(tmp_path / "other.db") as other, Archive(path, read_only=True) as archive:
        for n in reversed(range(60)):
            other.add([told(n)])
        sample = draw(archive, 20, 7)
        assert draw(other, 20, 7) == sample
        assert set(sample.uids) <= set(draw(archive, 40, 7).uids)
        assert set(sample.uids) != set(draw(archive, 20, 8).uids)
    assert len(sample.uids) == len(set(sample.uids)) == 20
    assert sample.population == {"ASSAULT": 36, "SUPPORT": 12, "THREATEN": 12}
    assert sample.drawn == {"ASSAULT": 10, "SUPPORT": 5, "THREATEN": 5}


def test_every_event_is_drawn_as_often_as_another(path: Path) -> None:
    counts: Counter[str] = Counter()
    with Archive(path, read_only=True) as archive:
        for seed in range(200):
            counts.update(uid for uid in draw(archive, 20, seed).uids)
        assert len(counts) == 60
        types = {uid: e.type for uid, (_, e) in found(archive, list(counts)).items()}
    assaults = [count for uid, count in counts.items() if types[uid] == "ASSAULT"]
    assert min(assaults) > 30 and max(assaults) < 85  # 200 · 10/36 = 56, give or take four deviations of 6.3


def test_an_empty_archive_is_said_to_be_empty(tmp_path: Path) -> None:
    with Archive(tmp_path / "none.db") as archive:
        with pytest.raises(ArchiveError, match="no events in it; `whence ingest"):
            draw(archive, 20, 0)
        assert found(archive, []) == {}


# -- what was said ---------------------------------------------------------------------------------


def test_only_what_is_there_is_asked_and_shown_in_its_sentence() -> None:
    made = told(0)
    (shelled,) = made.events
    assert questions(shelled) == ("type", "mode", "status", "actors", "recipients", "places", "time")
    long = dataclasses.replace(made.article, text=f"Rain fell. {made.article.text} Nobody came.")
    moved = dataclasses.replace(
        shelled,
        trigger=dataclasses.replace(shelled.trigger, at=(20, 27)),
        actors=tuple(dataclasses.replace(a, at=(15, 19)) for a in shelled.actors),
        recipients=tuple(dataclasses.replace(a, at=(28, 32)) for a in shelled.recipients),
        places=tuple(dataclasses.replace(p, at=(28, 32)) for p in shelled.places),
    )
    shown = marked(dataclasses.replace(made, article=long), moved)
    assert shown == "The [army: actor] [shelled: ASSAULT] [Keta: recipient, place], the mayor said for the 0th time."


def test_what_was_said_in_other_ways_counts_too(path: Path) -> None:
    with Archive(path) as archive:
        made = [told(n) for n in range(5)]
        uids = [one.events[0].uid for one in made]
        archive.review(uids[0], "confirm", "ama")
        archive.review(uids[1], "reject", "ama")
        archive.review(uids[2], "correct", "ama", "status", "denied")
        archive.review(uids[2], "correct", "ama", "places", [{"at": list(made[2].events[0].places[0].at)}])
        archive.review(uids[3], "reject", "ama", "trigger")
        archive.review(uids[4], "confirm", "efua", "type")
        events = found(archive, uids)
        assert said(archive, events, "ama") == {
            uids[0]: dict.fromkeys(questions(made[0].events[0]), True),
            uids[1]: {"type": False},
            uids[2]: {"status": False, "places": True},
            uids[3]: {"type": False},
        }
        # coded anew with another mode: what was said of the old one says nothing
        now = dataclasses.replace(made[0], events=(dataclasses.replace(made[0].events[0], mode="aerial"),))
        archive.add([now])
        again = said(archive, found(archive, uids), "ama")[uids[0]]
        assert "mode" not in again and again["type"]


# -- precision -------------------------------------------------------------------------------------


def test_wilsons_interval_is_the_published_one() -> None:
    # by hand for 8 of 10: centre (.8 + 3.8415/20)/1.38415 = .71674, reach 1.96·√(.016 + 3.8415/400)/1.38415 = .22657
    assert wilson(0.8, 10) == pytest.approx((0.49016, 0.94331), abs=1e-4)
    assert wilson(1.0, 20)[1] == 1.0
    assert wilson(0.0, 20)[0] == 0.0
    assert share([]).precision is None


def test_precision_is_weighted_back_to_the_archive() -> None:
    sample = Sample(tuple("abcdefgh"), {"A": 4, "B": 4}, {"A": 900, "B": 100})
    types = dict(zip("abcdefgh", "AAAABBBB", strict=True))
    right = {"a": True, "b": True, "c": True, "d": False, "e": False, "f": False, "g": False, "h": True}
    made = report(sample, types, {uid: {"type": good} for uid, good in right.items()})
    assert made.slots["type"].precision == pytest.approx(0.9 * 0.75 + 0.1 * 0.25)
    assert (made.slots["type"].judged, made.slots["type"].right) == (8, 4)
    # (Σw)²/Σw² = 1000²/(4·225² + 4·25²) = 4.878
    assert (made.slots["type"].low, made.slots["type"].high) == pytest.approx(wilson(0.7, 4.87805), abs=1e-4)
    assert made.types["A"].share.precision == 0.75
    assert (made.types["B"].events, made.types["B"].drawn, made.covered, made.judged) == (100, 4, 1.0, 8)
    assert made.slots["time"].precision is None


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    random = Random(5)
    population = {f"T{n}": int(20 * 1.8**n) for n in range(8)}
    right = {type: round(count * random.uniform(0.5, 0.97)) for type, count in population.items()}
    drawn = allocate(population, 100)
    types = {f"{type} {n}": type for type, count in drawn.items() for n in range(count)}
    sample = Sample(tuple(types), drawn, population)
    held = 0
    for _ in range(300):
        chosen = {type: iter(random.sample(range(population[type]), count)) for type, count in drawn.items()}
        made = report(sample, types, {uid: {"type": next(chosen[type]) < right[type]} for uid, type in types.items()})
        low, high = made.slots["type"].low, made.slots["type"].high
        assert low is not None and high is not None
        held += low <= sum(right.values()) / sum(population.values()) <= high
    assert held > 0.92 * 300


def test_what_was_not_judged_counts_neither_way() -> None:
    sample = Sample(tuple("abcd"), {"A": 2, "B": 2}, {"A": 30, "B": 10})
    types = {"a": "A", "b": "A", "c": "B", "d": "B"}
    made = report(sample, types, {"a": {"type": True, "status": False}, "b": {"status": True}})
    assert (made.judged, made.covered) == (1, 0.75)
    assert (made.slots["status"].judged, made.slots["status"].precision) == (1, 0.0)
    assert made.types["B"].share.judged == 0
    nothing = report(sample, types, {})
    assert (nothing.judged, nothing.covered, nothing.slots["type"].precision) == (0, 0.0, None)


# -- agreement -------------------------------------------------------------------------------------


def test_alpha_is_the_one_computed_by_hand() -> None:
    # Eight units, six agreements: o(1,1) = 10, o(0,0) = 2, o(0,1) = o(1,0) = 2; n(1) = 12, n(0) = 4, n = 16.
    # Observed 4/16 = .25; expected 2·12·4/(16·15) = .4; alpha = 1 - .25/.4 = .375.
    units = [(1, 1), (1, 1), (1, 1), (1, 1), (1, 0), (0, 0), (0, 1), (1, 1)]
    assert alpha(units) == pytest.approx(0.375)
    assert alpha([*units, (1,), ()]) == pytest.approx(0.375)


def test_alpha_of_three_judges_with_gaps_is_the_one_computed_by_hand() -> None:
    # (a,a,b): o(a,a) = 1, o(a,b) = o(b,a) = 1; (b,b): o(b,b) = 2; (c,c,c): o(c,c) = 3. n(a) = 2, n(b) = 3, n(c) = 3.
    # Σ o over unlike = 2; Σ n(c)n(k) over unlike = 64 - 4 - 9 - 9 = 42; alpha = 1 - 7·2/42 = 2/3.
    assert alpha(["aab", "bb", "ccc", "a"]) == pytest.approx(2 / 3)


def test_alpha_has_its_known_ends() -> None:
    assert alpha([(1, 1), (0, 0)] * 5) == pytest.approx(1)
    assert alpha([(1, 1)] * 5) is None
    assert alpha([]) is None
    worst = alpha([(1, 0)] * 50)
    assert worst is not None and worst < 0


def test_agreement_is_of_what_both_judged() -> None:
    a = {"u1": {"type": True, "status": True}, "u2": {"type": True}, "u3": {"type": False}, "u4": {"type": True}}
    b = {"u1": {"type": True, "status": False}, "u2": {"type": True}, "u3": {"type": False}, "u5": {"type": True}}
    made = agreement(a, b)  # type: ignore[arg-type]
    assert (made["all"].judged, made["all"].agreed) == (4, 3)
    # o(1,1) = 4, o(0,0) = 2, unlike 2; n = 8, n(1) = 5, n(0) = 3; alpha = 1 - 7·2/30
    assert made["all"].alpha == pytest.approx(1 - 14 / 30)
    assert made["type"].alpha == 1.0
    assert (made["status"].judged, made["status"].agreed, made["time"].judged) == (1, 0, 0)
    low, high = made["all"].low, made["all"].high
    assert low is not None and high is not None and low <= 1 - 14 / 30 <= high <= 1
    assert agreement(a, b) == made  # type: ignore[arg-type]


# -- the command -----------------------------------------------------------------------------------


def test_questions_are_asked_once_and_answers_reported(path: Path) -> None:
    first = run("audit", "--archive", path, "--sample", "15", "--who", "ama", input="y\ny\nq\n")
    assert first.exit_code == 0
    assert "1 of 15" in first.stderr and "2 of 15" not in first.stderr
    assert ": actor]" in first.stderr and "right? [y/n/?/q]" in first.stderr
    assert first.stdout.startswith("1 of 15 sampled events judged, of 60 in the archive\n")
    again = run("audit", "--archive", path, "--sample", "15", "--who", "ama", input="n\nwhat\n?\n")
    assert "\n1 of 15" in again.stderr  # some slots of it were open
    rest = run("audit", "--archive", path, "--sample", "15", "--who", "ama", input="y\n" * 200)
    assert rest.stdout.startswith("15 of 15 sampled events judged")
    done = run("audit", "--archive", path, "--sample", "15", "--who", "ama", input="")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == run("audit", "--archive", path, "--sample", "15", "--who", "ama", "--report").stdout
    with Archive(path, read_only=True) as archive:
        verdicts = Counter(review.verdict for review in archive.reviews(who="ama"))
    assert verdicts["reject"] == 1
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("SUPPORT")]
    assert row.split()[:4] == ["SUPPORT", "5", "5", "100.0"] and row.split()[-2:] == ["12", "5"]


def test_of_a_wrong_event_no_slots_are_asked(path: Path) -> None:
    result = run("audit", "--archive", path, "--sample", "15", "--who", "ama", "--json", input="n\n" * 15)
    made = json.loads(result.stdout)
    assert (made["who"], made["judged"], made["covered"]) == ("ama", 15, 1.0)
    assert made["slots"]["type"]["precision"] == 0.0
    assert [made["slots"][slot]["judged"] for slot in ASKED[1:]] == [0] * 8
    assert made["types"]["ASSAULT"]["drawn"] == 5


def test_of_an_event_on_which_nothing_is_said_no_slots_are_asked(path: Path) -> None:
    result = run("audit", "--archive", path, "--sample", "15", "--who", "ama", input="?\n" * 15)
    assert result.stdout.startswith("0 of 15 sampled events judged")
    assert result.stderr.count("right?") == 15
    with Archive(path, read_only=True) as archive:
        assert archive.reviews() == ()


def test_two_reviewers_are_compared(path: Path) -> None:
    for who, answers in (("ama", "y\n" * 200), ("efua", "n\n" * 3 + "y\n" * 200)):
        run("audit", "--archive", path, "--sample", "15", "--who", who, input=answers)
    table = run("audit", "--archive", path, "--agreement", "ama", "efua").stdout.splitlines()
    assert table[0].split() == ["slot", "judged", "agreed", "alpha", "95", "%"]
    assert table[2].split()[:3] == ["type", "15", "12"]
    made = json.loads(run("audit", "--archive", path, "--agreement", "ama", "efua", "--json").stdout)
    assert made["who"] == ["ama", "efua"]
    assert made["slots"]["type"]["alpha"] == pytest.approx(1 - 29 * 6 / (900 - 27**2 - 9))


def test_text_gives_no_orders_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive(path) as archive:
        archive.add([coding("The \x1b[31marmy shelled Keta, the mayor said.", title="Out\x1b[31m")])
    result = run("audit", "--archive", path, "--who", "ama", input="")
    assert result.exit_code == 0 and "\x1b" not in result.stderr + result.stdout


def test_an_archive_without_events_is_named(tmp_path: Path) -> None:
    result = run("audit", "--archive", tmp_path / "none.db", "--report")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no such archive" in result.stderr
