"""Two readings of one article compared: what pairs, what is right, and what was never marked."""

from __future__ import annotations

import random
from typing import Any

import pytest

from whence.errors import TooLarge, UnreadableInput
from whence.scoring import MEASURES, NOTHING, Tally, figures, mean_of_statuses, mover, read_marks, tally
from whence.scoring.naming import same_name
from whence.scoring.spans import likeness, neighbours, pairs, same_mention, union

TEXT = (
    "The mayor of Keta said on Radio Volta that the army had shelled the port and killed nine people on Monday.\n"
    "Ghana’s president rejected the report. Togo may send food to Keta."
)


def mention(words: str) -> dict[str, Any]:
    begin = TEXT.index(words)
    return {"text": words, "at": [begin, begin + len(words)]}


def statement(id: str = "s1", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "form": "indirect",
        "cue": mention("said"),
        "source": mention("The mayor of Keta"),
        "content": [mention("that the army had shelled the port and killed nine people on Monday")],
        "chain": ["Radio Volta", "mayor of Keta"],
        **more,
    }


def event(trigger: str = "shelled", type: str = "ASSAULT", **more: Any) -> dict[str, Any]:
    return {
        "trigger": mention(trigger),
        "type": type,
        "mode": "heavy-weapons",
        "status": "happened",
        "actors": [{**mention("the army"), "name": "Ghana's army", "country": "GHA", "sector": "MIL"}],
        "recipients": [{**mention("the port"), "name": "the port", "country": "GHA", "sector": None}],
        "places": [{**mention("Keta"), "name": "Keta", "country": "GHA", "grain": "city"}],
        "time": {**mention("Monday"), "start": "2020-02-03", "end": "2020-02-03"},
        "counts": [{**mention("nine people"), "what": "killed", "low": 9, "high": 9}],
        "instruments": [],
        "statement": "s1",
        **more,
    }


def counts(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return tally(read_marks(gold, TEXT, "gold"), read_marks(found, TEXT, "found")).counts


def test_a_reading_agrees_with_itself_in_everything() -> None:
    place = {**mention("Keta"), "name": "Keta", "country": "GHA", "lat": 5.92, "lon": 0.99}
    time = {**mention("Monday"), "start": "2020-02-03", "end": "2020-02-03"}
    marked = {"statements": [statement()], "events": [event()], "places": [place], "times": [time]}
    found = counts(marked, marked)
    assert all(right == gold == told for right, gold, told in found.values())
    kinds = {name for name in found if not name.startswith(("type ", "status of event "))}
    assert kinds == {name for name in MEASURES if name not in ("type", "status of event", "instruments")}


def test_statements_pair_where_half_of_their_contents_is_shared() -> None:
    short = statement(content=[mention("killed nine people on Monday")])
    assert counts({"statements": [statement()]}, {"statements": [short]})["statement"] == (0, 1, 1)
    more = statement(
        content=[mention("the army had shelled the port and killed nine people")], cue=None, chain=["Togo"]
    )
    found = counts({"statements": [statement()]}, {"statements": [more]})
    assert found["statement"] == (1, 1, 1)
    assert (found["cue"], found["source"], found["chain"]) == ((0, 1, 1), (1, 1, 1), (0, 1, 1))
    assert found["statement and chain"] == (0, 1, 1)


def test_an_event_wants_trigger_and_type() -> None:
    found = counts({"events": [event()]}, {"events": [event(type="COERCE"), event("rejected", "REJECT")]})
    assert found["trigger"] == (1, 1, 2)
    assert found["event"] == (0, 1, 2)
    assert found["type ASSAULT"] == (0, 1, 0)
    assert found["type REJECT"] == (0, 0, 1)
    assert "status" not in found


def test_slots_are_counted_of_the_events_found() -> None:
    other = event(
        mode=None,
        status="denied",
        actors=[{**mention("army"), "name": "Togo's army", "country": "TGO", "sector": "MIL"}],
        recipients=[],
        time={**mention("Monday"), "start": "2020-02-03", "end": None},
        counts=[],
    )
    found = counts({"events": [event()]}, {"events": [other]})
    assert found["event"] == (1, 1, 1)
    assert (found["mode"], found["status"]) == ((0, 1, 1), (0, 1, 1))
    assert found["status of event happened"] == (0, 1, 0)
    assert found["status of event denied"] == (0, 0, 1)
    assert (found["actors"], found["recipients"]) == ((1, 1, 1), (0, 1, 0))
    assert (found["country"], found["sector"], found["name"]) == ((0, 1, 1), (1, 1, 1), (0, 1, 1))
    assert (found["time"], found["counts"], found["places"]) == ((0, 1, 1), (0, 1, 0), (1, 1, 1))
    assert found["event, actors and recipients"] == (0, 1, 1)


def test_an_event_is_attributed_by_its_statement() -> None:
    gold = {"statements": [statement()], "events": [event()]}
    assert counts(gold, gold)["originator of event"] == (1, 1, 1)
    bare = {"statements": [], "events": [event(statement=None)]}
    found = counts(gold, bare)
    assert (found["attributed"], found["originator of event"]) == ((0, 1, 1), (0, 1, 1))
    assert "originator of event" not in counts(bare, gold)


def test_what_is_not_marked_is_not_counted() -> None:
    assert counts({}, {"statements": [statement()], "events": [event()]}) == {}
    assert "event" not in counts({"statements": []}, {"events": [event()]})
    partly = {"trigger": mention("shelled"), "type": "ASSAULT", "actors": event()["actors"]}
    found = counts({"events": [partly]}, {"events": [event()]})
    assert found["actors"] == (1, 1, 1)
    assert not {"recipients", "status", "mode", "time", "places", "attributed"} & found.keys()
    assert "event, actors and recipients" not in found
    half = event(actors=[mention("the army")], recipients=[])
    assert not {"country", "sector", "name"} & counts({"events": [half]}, {"events": [event(recipients=[])]}).keys()


def test_nothing_found_is_all_missed() -> None:
    gold = read_marks({"statements": [statement()], "events": [event()]}, TEXT, "gold")
    found = tally(gold, NOTHING).counts
    assert found["event"] == (0, 1, 0)
    assert found["statement and chain"] == (0, 1, 0)


def test_toponyms_count_with_their_points() -> None:
    def spot(words: str, lat: float | None, lon: float | None) -> dict[str, Any]:
        return {**mention(words), "name": words, "country": None, "lat": lat, "lon": lon}

    gold = {"places": [spot("Keta", 5.92, 0.99), spot("Togo", None, None), spot("Ghana", 8.0, -1.0)]}
    found = {"places": [spot("Keta", 6.5, 0.99), spot("Togo", 8.0, 1.0), spot("Ghana", 20.0, -1.0)]}
    got = counts(gold, found)
    assert got["toponym"] == (3, 3, 3)
    assert got["toponym within 161 km"] == (1, 2, 2)


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ({"events": [{"type": "ASSAULT"}]}, "events[0]: an event has a `trigger`"),
        ({"events": {"a": 1}}, "events: a list is wanted"),
        ({"statements": ["x"]}, "statements[0]: an object is wanted"),
        ({"events": [event(actors=[{"text": "army", "at": [0, 4]}])]}, "events[0].actors[0]: there stands 'The '"),
        ({"places": [{"at": [5, 9_999]}]}, "no stretch of a text"),
        ({"places": [{"at": [True, 4]}]}, "[begin, end] in code points"),
        ({"times": [{"at": [0, 1], "start": 2020}]}, "times[0].start: a string or null is wanted"),
        ({"statements": [statement(chain=[None])]}, "chain[0]: a name is wanted"),
        ({"places": [{"lat": "north"}]}, "places[0].lat: a number or null"),
        ({"places": [{}] * 10_001}, "10,000 are the most"),
        ({"statements": [statement(chain=["x"] * 101)]}, "100 are the most"),
    ],
)
def test_marks_that_do_not_hold_are_named(marked: dict[str, Any], says: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_marks(marked, TEXT, "gold.jsonl:3")
    assert says in str(caught.value)
    assert str(caught.value).startswith("gold.jsonl:3: ")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ministry of Defence", "Russia's Ministry of Defence", True),
        ("President Adwoa Boateng", "Boateng", True),
        ("Boateng", "Adwoa", False),
        ("VLA", "Volta Liberation Army", True),
        ("the official", "The official", True),
        ("the official", "a spokesman", False),
        ("Keta (town)", "Keta", True),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same is same_name(b, a)


def test_mentions_may_differ_by_their_modifiers_alone() -> None:
    assert same_mention((10, 14), (0, 14))
    assert not same_mention((10, 14), (0, 40))
    assert not same_mention((0, 4), (4, 8))
    assert not same_mention(None, (0, 4))


def test_likeness_is_that_of_the_characters() -> None:
    chance = random.Random(4)
    for _ in range(300):
        sides = [
            [(b, b + chance.randint(1, 9)) for b in (chance.randint(0, 40) for _ in range(chance.randint(0, 5)))]
            for _ in range(2)
        ]
        a, b = ({n for begin, end in side for n in range(begin, end)} for side in sides)
        wanted = len(a & b) / len(a | b) if a | b else 0.0
        assert likeness(union(sides[0]), union(sides[1])) == pytest.approx(wanted)


def test_neighbours_miss_no_overlap() -> None:
    chance = random.Random(5)
    spans = [[(b, b + chance.randint(1, 200))] for b in (chance.randint(0, 2_000) for _ in range(60))]
    near = set(neighbours(spans[:30], spans[30:]))
    overlapping = {(i, j) for i in range(30) for j in range(30) if likeness(union(spans[i]), union(spans[30 + j])) > 0}
    assert overlapping <= near


def test_marks_that_all_overlap_are_refused() -> None:
    with pytest.raises(TooLarge, match="overlap"):
        list(neighbours([[(0, 9)]] * 1_001, [[(5, 12)]] * 1_001))


def test_the_best_pair_first_and_each_once() -> None:
    assert pairs([1.0, 2.0], [1.9, 1.2], lambda a, b: 3 - abs(a - b), 0.0) == [(2.0, 1.9), (1.0, 1.2)]
    assert pairs([1.0], [5.0], lambda a, b: -abs(a - b), 0.0) == []


def test_spans_move_to_the_same_lines_of_another_text() -> None:
    source = "Advertisement\n  First line.\n\nSecond line.\nFirst line.\n"
    move = mover("First line.\nSecond line.\nShared on\nFirst line.", source)
    assert move((0, 5)) == (16, 21)
    assert move((12, 18)) == (29, 35)
    assert move((24, 34)) is None
    assert move((35, 40)) == (42, 47)
    assert move((6, 18)) == (22, 35)
    assert mover(source, source)((3, 9)) == (3, 9)


def test_figures_sum_up_and_resample() -> None:
    tallies = [
        Tally({"event": (n % 3, 3, 2), "status": (1, 2, 2), "status of event denied": (1, 1, 2)}) for n in range(20)
    ]
    event, status, denied = figures(tallies)
    assert (event.right, event.gold, event.found) == (19, 60, 40)
    assert (event.precision, event.recall) == (19 / 40, 19 / 60)
    assert event.value == pytest.approx(2 * 19 / 100)
    assert event.interval is not None
    assert event.interval[0] < event.value < event.interval[1]
    assert status.to_dict()["share"] == status.value == 0.5
    assert status.interval == (0.5, 0.5)
    assert mean_of_statuses([denied]) == pytest.approx(2 / 3)
    assert figures(tallies) == figures(tallies)
    assert figures(tallies[:1])[0].interval is None
    assert figures([]) == ()
