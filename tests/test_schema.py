from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from whence import errors, schema
from whence.article import from_text
from whence.coding.time_values import with_timex
from whence.pipeline import Coder, Failure
from whence.records import Coding, Event

TEXT = """Russia's defence ministry said on Tuesday, August 16, 2016, that its aircraft had bombed rebels in Aleppo.

The strikes killed at least 40 people, the Syrian Observatory for Human Rights said. "We will answer them," President Hassan Rouhani of Iran told Sputnik.

Iran and Turkey signed a trade agreement in Ankara. Protesters marched in Beirut against the government."""  # noqa: E501
QUIET = "The café on the corner sells good bread, and the people of the street like to buy it in the morning."


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    coder = Coder()
    found = [coder.read_text(TEXT, title="Strikes", published="2016-08-17"), coder.read_text(QUIET)]
    assert found[0].events and found[0].statements and found[0].places and found[0].times
    return found


FAILURES = [
    Failure("x7", "rows.jsonl:7", "empty", "`text` is empty"),
    Failure(None, "a", "internal", "ValueError: b"),
    Failure("7", "a", "not English", "its text is not English", from_text("Die Armee hat die Stadt nicht erreicht.")),
]
VALIDATOR = jsonschema.Draft202012Validator(schema.json_schema())


def is_valid(value: Any) -> bool:
    return bool(VALIDATOR.is_valid(value))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.json_schema())
    json.dumps(schema.json_schema())


def test_real_codings_and_failures_hold(codings: list[Coding]) -> None:
    for coding in codings:
        VALIDATOR.validate(json.loads(json.dumps(coding.to_dict())))
    for failure in FAILURES:
        VALIDATOR.validate(failure.to_dict())


def test_times_may_have_their_timex(codings: list[Coding]) -> None:
    whole = with_timex(codings[0])
    VALIDATOR.validate(json.loads(json.dumps(whole)))
    (told,) = (time for time in whole["times"] if time["text"] == "Tuesday, August 16, 2016")
    assert told["timex"] == {"type": "DATE", "value": "2016-08-16"}
    assert all(event["time"] in whole["times"] for event in whole["events"] if event["time"])
    whole["times"][0]["timex"]["type"] = "EPOCH"
    assert not is_valid(whole)


def test_every_kind_of_error_is_in_the_schema() -> None:
    for kind in (errors.MissingInput.kind, errors.NotEnglish.kind, errors.ModelError.kind, errors.CodebookError.kind):
        assert is_valid(Failure(None, "a", kind, "b").to_dict())
    assert not is_valid(Failure(None, "a", "nonsense", "b").to_dict())
    assert not is_valid({**FAILURES[2].to_dict(), "events": [{}]})
    assert not is_valid({**FAILURES[2].to_dict(), "error": FAILURES[0].to_dict()["error"]})


def test_what_does_not_fit_is_refused(codings: list[Coding]) -> None:
    whole = codings[0].to_dict()
    spoilers: list[Callable[[Any], object]] = [
        lambda d: d["events"][0].pop("type"),
        lambda d: d["events"][0].update(more=1),
        lambda d: d["events"][0].update(status="perhaps"),
        lambda d: d["events"][0]["trigger"].update(at=[1]),
        lambda d: d["events"][0]["trigger"].update(at=[1, 2, 3]),
        lambda d: d["events"][0]["trigger"].update(at=[-1, 2]),
        lambda d: d["article"].update(text=None),
        lambda d: d.update(error={}),
    ]
    for spoil in spoilers:
        broken = copy.deepcopy(whole)
        spoil(broken)
        assert not is_valid(broken)


def test_keys_stand_in_the_order_of_the_output(codings: list[Coding]) -> None:
    definitions = schema.json_schema()["$defs"]
    whole = codings[0].to_dict()
    assert list(definitions["Coding"]["properties"]) == list(whole)
    assert list(definitions["Event"]["properties"]) == list(whole["events"][0])


def test_descriptions_come_from_the_records() -> None:
    definitions = schema.json_schema()["$defs"]
    assert "innermost statement" in definitions["Event"]["properties"]["statement"]["description"]
    assert definitions["Place"]["properties"]["lat"] == {
        "type": ["number", "null"],
        "description": "Degrees north, WGS 84.",
    }
    assert all(definition["description"] for definition in definitions.values())


def test_arrow_rows_keep_the_coding_and_flatten_its_events(codings: list[Coding]) -> None:
    table = schema.to_arrow([*codings, *FAILURES])
    assert table.schema == schema.arrow_schema()
    rows = table.to_pylist()
    assert [json.loads(row["coding"]) if row["coding"] else None for row in rows] == [
        *(coding.to_dict() for coding in codings),
        None,
        None,
        FAILURES[2].to_dict(),
    ]
    assert [row["error_kind"] for row in rows] == [None, None, "empty", "internal", "not English"]
    assert [row["id"] for row in rows[2:]] == ["x7", None, "7"]
    for coding, row in zip(codings, rows, strict=False):
        assert len(row["events"]) == len(coding.events)
        for event, flat in zip(coding.events, row["events"], strict=True):
            same(event, flat)


def same(event: Event, flat: dict[str, Any]) -> None:
    assert (flat["type"], flat["mode"], flat["status"]) == (event.type, event.mode, event.status)
    assert (flat["trigger_text"], flat["trigger_at"]) == (event.trigger.text, list(event.trigger.at))
    assert flat["actors_name"] == [actor.name for actor in event.actors]
    assert flat["actors_at"] == [list(actor.at) for actor in event.actors]
    assert flat["recipients_country"] == [actor.country for actor in event.recipients]
    assert flat["places_lat"] == [place.lat for place in event.places]
    assert flat["time_start"] == (event.time.start if event.time else None)
    assert flat["time_at"] == (list(event.time.at) if event.time else None)
    assert flat["counts_low"] == [count.low for count in event.counts]


def test_events_become_a_table_of_their_own(codings: list[Coding]) -> None:
    table = schema.to_arrow(codings)
    events = pc.list_flatten(table["events"].combine_chunks())
    assert pa.types.is_struct(events.type)
    assert pc.struct_field(events, "type").to_pylist() == [e.type for c in codings for e in c.events]


def test_an_empty_table_has_the_schema_too() -> None:
    assert schema.to_arrow([]).schema == schema.arrow_schema()


def test_parquet_keeps_it(codings: list[Coding], tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table = schema.to_arrow([*codings, *FAILURES])
    pq.write_table(table, tmp_path / "codings.parquet")
    assert pq.read_table(tmp_path / "codings.parquet").to_pylist() == table.to_pylist()


def test_the_arrow_schema_reads_a_column_a_line() -> None:
    text = schema.arrow_text()
    assert "coding: string" in text.split("\n") and "    trigger_text: string" in text.split("\n")
