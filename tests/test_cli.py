from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from whence import __version__, cli, doctor
from whence.errors import ModelError
from whence.pipeline import Coder
from whence.sources.limits import DOCUMENT_BYTES

WIRE = """ACCRA, May 4, 2018 (Volta Wire) - Ghana's army bombed a rebel camp on Thursday, the defence ministry said.

The rebels kidnapped two teachers from the town of Bawku in April, according to Radio Bolga.

Ghana and Togo signed an agreement on the control of their border in Lomé on Wednesday."""
QUIET = "The café on the corner sells good bread, and the people of the street like to buy it in the morning."
GERMAN = "Die Regierung hat am Montag erklärt, dass sie die Verhandlungen mit den Rebellen nicht fortsetzen wird. " * 3


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """All commands here share one loaded model, for a load takes longer than most tests."""
    from whence.language import LanguageModel

    language = LanguageModel()
    patch = pytest.MonkeyPatch()
    patch.setattr(Coder, "language", language)
    yield
    patch.undo()


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(WIRE, encoding="utf8")
    return path


def test_version_and_help() -> None:
    assert __version__ in run("--version").stdout
    assert "whence read article.html" in run("-h").stdout


def test_read_prints_a_table_that_is_plain_in_a_pipe(wire: Path) -> None:
    result = run("read", wire)
    assert result.exit_code == 0
    assert result.stderr == ""
    heading, *events = result.stdout.splitlines()
    assert heading.startswith("ACCRA, May 4, 2018")
    (assault,) = (line for line in events if "Ghana's army [GHA MIL] → rebel camp" in line)
    assert "ASSAULT" in assault
    assert "on 2018-05-03" in assault
    assert any("AGREE" in line and "Lomé (Togo)" in line for line in events)
    assert "\x1b" not in result.stdout


def test_an_article_without_events_says_so() -> None:
    assert "no political events" in run("read", "-", input=QUIET).stdout


def test_json_is_one_array_of_all_inputs(wire: Path) -> None:
    result = run("read", wire, "-", "--json", input=QUIET)
    first, second = json.loads(result.stdout)
    assert first["article"]["text"] == WIRE
    assert second["article"]["text"] == QUIET
    assert result.stderr == "whence: 2 coded, 0 failed\n"
    for event in first["events"]:
        begin, end = event["trigger"]["at"]
        assert WIRE[begin:end] == event["trigger"]["text"]


def test_jsonl_echoes_ids_in_order_and_failures_in_their_place(tmp_path: Path) -> None:
    rows = [
        {"id": "a/1", "text": WIRE, "title": "Camp bombed", "published": "2018-05-04"},
        {"id": "b", "text": ""},
        {"id": "c", "text": GERMAN},
        {"id": 17, "text": QUIET},
    ]
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    result = run("read", path, "--jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["article"]["id"] for row in found] == ["a/1", "b", "c", "17"]
    assert found[0]["article"]["title"] == "Camp bombed" and found[0]["events"]
    assert all(version for made, version in found[0]["versions"].items() if made != "profiles")
    assert [row.get("error", {}).get("kind") for row in found] == [None, "empty", "not English", None]
    assert found[2]["article"]["text"] == GERMAN and found[2]["statements"] == found[2]["events"] == []
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"whence: {path}:2: `text` is empty",
        f"whence: {path}:3: its text is not English",
        "whence: 2 coded, 2 failed",
    ]


def test_published_is_for_articles_that_do_not_say_it(tmp_path: Path) -> None:
    rows = [{"text": "Ghana bombed a camp on Monday."}, {"text": "Ghana fled.", "published": "2011-01-01"}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows))
    first, second = json.loads(run("read", path, "--json", "--published", "2018-05-04").stdout)
    assert (first["article"]["published"], first["article"]["published_from"]) == ("2018-05-04", "given")
    assert second["article"]["published"] == "2011-01-01"
    assert first["events"][0]["time"]["start"] == "2018-04-30"


def test_the_day_is_that_of_the_zone_where_an_instant_is_given(tmp_path: Path) -> None:
    rows = [
        {"text": "Ghana bombed a camp on Monday.", "published": day} for day in ("2016-08-16T23:30:00Z", "2016-08-16")
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows))
    for zone, days in (((), ["2016-08-16"] * 2), (("--timezone", "Asia/Tehran"), ["2016-08-17", "2016-08-16"])):
        for command in ("read", "quotes"):
            assert run(command, path, "--json", *zone).exit_code == 0
        found = json.loads(run("read", path, "--json", *zone).stdout)
        assert [row["article"]["published"] for row in found] == days
        assert {row["times"][0]["start"] for row in found} == {"2016-08-15"}


@pytest.mark.parametrize(
    ("zone", "way_out"),
    [
        ("asia/teheran", "did you mean Asia/Tehran?"),
        ("moon", "Europe/Kyiv"),
        ("../../etc/passwd", "Europe/Kyiv"),
        ("America", "America/"),
        ("", "Europe/Kyiv"),
    ],
)
def test_a_zone_that_there_is_none_of_is_wrong_usage(wire: Path, zone: str, way_out: str) -> None:
    for command in ("read", "quotes"):
        result = run(command, wire, "--timezone", zone)
        assert result.exit_code == 2
        assert f"there is no time zone {zone!r}" in result.stderr and way_out in result.stderr


def test_timeml_gives_times_their_timex(wire: Path) -> None:
    (plain,) = json.loads(run("read", wire, "--json").stdout)
    (tagged,) = json.loads(run("read", wire, "--json", "--timeml").stdout)
    values = {time["text"]: time.pop("timex") for time in tagged["times"]}
    assert values["Thursday"] == {"type": "DATE", "value": "2018-05-03"}
    assert values["April"] == {"type": "DATE", "value": "2018-04"}
    assert all("timex" in event["time"] for event in tagged["events"] if event["time"])
    for event in tagged["events"]:
        (event["time"] or {}).pop("timex", None)
    assert tagged == plain


def test_timeml_wants_json(wire: Path) -> None:
    result = run("read", wire, "--timeml")
    assert result.exit_code == 2
    assert "--jsonl" in result.stderr


def test_hostile_inputs_fail_by_name_and_the_good_one_is_coded(tmp_path: Path, wire: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n ")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.json").write_text('{"text": "Rebels')
    (tmp_path / "broken.txt.gz").write_bytes(gzip.compress(WIRE.encode())[:90])
    (tmp_path / "folder").mkdir()
    with (tmp_path / "big.html").open("wb") as file:
        file.write(b"<html><body><p>")
        file.truncate(2 * DOCUMENT_BYTES)
    with (tmp_path / "long.html").open("wb") as file:
        file.write(b"<html><body><p>" + b"Rebels left. " * 3_200_000)
    (tmp_path / "nested.html").write_bytes(b"<html><body>" + b"<div>" * 100_000 + WIRE.encode() + b"</div>" * 100_000)
    bad = [*sorted(path for path in tmp_path.iterdir() if path != wire), tmp_path / "missing.txt"]
    result = run("read", *bad[:4], wire, *bad[4:], "--jsonl")
    assert result.exit_code == 1
    *named, total = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in named] == [str(path) for path in bad]
    assert all(len(line) < 300 for line in named)
    assert total == f"whence: 1 coded, {len(bad)} failed"
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == len(bad) + 1
    assert found[4]["events"]
    assert "Traceback" not in result.output


def test_an_error_nobody_foresaw_is_that_article_s_failure(wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("whence.coding.code", fails)
    result = run("read", wire, "--jsonl")
    assert json.loads(result.stdout)["error"]["kind"] == "internal"
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "x.txt", "--published", "2018-02-30"),
        ("read", "x.txt", "--threads", "0"),
        ("read", "x.txt", "--codebook", "there-is-no-such.yaml"),
        ("analyse",),
        ("codebook", "show", "NONSENSE"),
        ("nonsense",),
    ],
)
def test_wrong_usage_has_status_2_and_prints_no_data(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


def test_a_missing_model_is_one_line(wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: Coder) -> None:
        raise ModelError("the language model lacks encoder.onnx")

    monkeypatch.setattr(Coder, "language", property(missing))
    result = run("read", wire)
    assert (result.exit_code, result.stderr) == (1, "whence: the language model lacks encoder.onnx\n")
    found = run("doctor")
    assert found.exit_code == 1
    assert "no  model" in found.stdout


def test_a_codebook_of_one_s_own_adds_categories(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "type: FEED-TROOPS\n"
        "definition: Somebody bakes bread for soldiers.\n"
        "cues:\n"
        "  - {verbs: [bake], actor: [subject], recipient: [object]}\n"
        "examples:\n"
        "  - {text: The town baked bread for the army., trigger: baked}\n"
        "  - {text: The town ate bread., trigger: null}\n"
    )
    assert "no problems" in run("codebook", "check", path).stdout
    assert "FEED-TROOPS" in run("codebook", "show", "--codebook", path).stdout
    text = "The people of Ghana baked bread for the army."
    assert "FEED-TROOPS" in run("read", "-", "--codebook", path, input=text).stdout
    assert "FEED-TROOPS" not in run("read", "-", input=text).stdout


def test_codebook_show_and_check(tmp_path: Path) -> None:
    assert "ASSAULT" in run("codebook", "show").stdout
    assert "Modes" in run("codebook", "show", "assault").stdout
    bad = tmp_path / "bad.yaml"
    bad.write_text("type: 3\n")
    result = run("codebook", "check", bad)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("whence: bad.yaml: ")


def test_analyse_prints_conllu_of_a_text_and_of_given_words(tmp_path: Path, wire: Path) -> None:
    text = run("analyse", wire)
    assert text.exit_code == 0
    assert text.stdout.startswith("# newdoc id = ")
    rows = [line.split("\t") for line in text.stdout.splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 10 for row in rows)
    assert any("NER=B-LOC" in row[9] for row in rows)
    given = tmp_path / "given.conllu"
    given.write_text("1\tGhana-led\t_\n2\trebels\t_\n\n1\tLeave\t_\n2\t!\t_\n\n")
    words = run("analyse", given, "--words")
    blocks = [block for block in words.stdout.split("\n\n") if block]
    forms = [[line.split("\t")[1] for line in b.splitlines() if not line.startswith("#")] for b in blocks]
    assert forms == [["Ghana-led", "rebels"], ["Leave", "!"]]


def test_analyse_names_what_it_cannot_read(tmp_path: Path) -> None:
    result = run("analyse", tmp_path / "none.txt")
    assert (result.exit_code, result.stderr) == (1, f"whence: {tmp_path / 'none.txt'}: no such file\n")
    broken = run("analyse", "-", "--words", input="no number here\n")
    assert broken.exit_code == 1
    assert broken.stderr.startswith("whence: -: line 1 is not CoNLL-U")


def test_schema_prints_both_schemas() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")
    assert "    actors_name: list<" in run("schema", "--arrow").stdout


def test_doctor_says_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_SECONDS", 0.01)
    result = run("doctor", "--threads", "1")
    assert result.exit_code == 0
    for name in ("Python", "onnxruntime", "model", "codebook", "knowledge", "words a second on 1 thread"):
        assert name in result.stdout


def test_a_missing_package_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_SECONDS", 0.01)
    monkeypatch.setattr(doctor, "requires", lambda _: ["click>=8", "not-there-at-all>=2", "torch; extra == 'train'"])
    result = run("doctor")
    assert result.exit_code == 1
    assert "pip install 'not-there-at-all>=2'" in result.stdout
    assert "torch" not in result.stdout


def test_names_of_inputs_cannot_give_orders_to_the_terminal() -> None:
    result = run("read", "no\x1b[31m\nsuch\u202e.txt")
    assert result.stderr == "whence: no [31m such.txt: no such file\n"


def test_a_long_run_shows_its_course_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": QUIET, "id": n}) for n in range(4)))
    assert "articles" not in run("read", path, "--jsonl").stderr
    shown: list[str] = []
    monkeypatch.setattr(cli, "_progress", lambda: _Recorder(shown))
    run("read", path, "--jsonl")
    assert shown == ["3 articles …", "4 articles …"]


class _Recorder:
    def __init__(self, shown: list[str]) -> None:
        self._shown = shown

    def __enter__(self) -> _Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, line: str) -> None:
        self._shown.append(line)


def test_a_reader_that_goes_away_is_no_error_to_report(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": QUIET, "id": n}) for n in range(200)))
    command = [sys.executable, "-c", "from whence.cli import main; main()", "read", str(path), "--jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        problems = process.stderr.read()
        process.wait(60)
    assert problems == b""


def test_a_line_of_jsonl_is_one_line_to_every_reader(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(
        "The army left\u2028the town\x85on Monday.\u2029The rebels said that they had won.", encoding="utf8"
    )
    (line,) = run("read", str(path), "--jsonl").stdout.splitlines()
    assert "\u2028the town\x85on" in json.loads(line)["article"]["text"]
