from __future__ import annotations

import csv
import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from whence import quotes
from whence.cli import main
from whence.pipeline import Coder
from whence.quotes import Selection
from whence.records import Article, Coding, Form, Mention, Statement

WIRE = """ACCRA, May 4, 2018 (Volta Wire) - Ghana's army bombed a rebel camp on Thursday, the defence ministry said.

"We will rebuild the camp," rebel leader Kofi Ansong told Radio Bolga. The governor denied that anybody had died."""
QUIET = "The café on the corner sells good bread, and the people of the street like to buy it in the morning."
TEXT = "Ama Boateng, quoted by Radio Keta, said “no” on Monday, “and again no”."
ALL = Selection()


def mention(words: str) -> Mention:
    begin = TEXT.index(words)
    return Mention(words, (begin, begin + len(words)))


def statement(*chain: str, form: Form = "direct", **fields: Any) -> Statement:
    made = Statement(
        "s1",
        form,
        "plain",
        mention("said"),
        mention("Ama Boateng"),
        (mention("no"), mention("and again no")),
        chain,
        (),
        None,
        0.9,
        "cue 'said'",
    )
    return dataclasses.replace(made, **fields)


def coding(*statements: Statement, text: str = TEXT) -> Coding:
    article = Article("a/1", "https://paper.example/1", "No, she said", "2020-02-03", None, None, "en", text, "")
    return Coding(article, (), (), (), statements, ())


def rows(*statements: Statement, selection: Selection = ALL) -> list[dict[str, str]]:
    records = "".join(quotes.csv_records([coding(*statements)], selection))
    return list(csv.DictReader(io.StringIO(records, newline=""), strict=True))


def shown(*statements: Statement, selection: Selection = ALL, **console: Any) -> list[str]:
    made = Console(file=io.StringIO(), **console)
    return [line.plain for line in quotes.lines(coding(*statements), selection, made)]


def test_a_line_tells_form_commitment_chain_cue_and_words() -> None:
    one = statement("Radio Keta", "Ama Boateng")
    assert shown(one) == [
        "No, she said  (2020-02-03)",
        "  direct    plain       Ama Boateng, via Radio Keta  said: “no … and again no”",
    ]
    other = statement(form="indirect", cue=None, commitment="unverified")
    assert shown(other)[1] == "  indirect  unverified  somebody not named: no … and again no"


def test_a_terminal_gets_lines_of_its_width_and_a_pipe_whole_ones() -> None:
    long = statement("Ama Boateng", content=(Mention("and a word, " * 30, (0, 360)),))
    folded = shown(long, force_terminal=True, width=70)[1:]
    assert len(folded) > 5
    assert all(len(line) <= 70 for line in folded)
    assert all(line[:24].isspace() and line[24:26].strip() for line in folded[1:])
    assert " ".join(" ".join(folded).split()) == " ".join(shown(long)[1].split())
    assert len(shown(long, force_terminal=True, width=30)) == 2
    assert len(shown(long, width=70)) == 2


def test_text_gives_no_orders_to_the_terminal() -> None:
    evil = statement("[bold]A\x1b[31m\u202e", cue=Mention("sa\x07id", (0, 5)), content=(Mention("a\x9b\nb", (0, 4)),))
    assert shown(evil)[1].endswith("[bold]A [31m  sa id: “a b”")


def test_conditions_choose_statements_by_form_and_by_any_name_of_the_chain() -> None:
    spoken, written = statement("Radio Keta", "Ama Boateng"), statement("Kwesi Owusu", form="mixed")
    assert Selection().is_open
    assert Selection(by="  radio   KETA").of(coding(spoken, written)) == [spoken]
    assert Selection(by="owusu").of(coding(spoken, written)) == [written]
    assert Selection(frozenset({"direct", "indirect"})).of(coding(spoken, written)) == [spoken]
    assert Selection(frozenset({"direct"}), "owusu").of(coding(spoken, written)) == []
    assert shown() == ["No, she said  (2020-02-03)", "  no statements found in it"]
    assert shown(spoken, selection=Selection(by="owusu")) == []


def test_a_row_has_the_article_the_chain_and_every_mention_with_its_offsets() -> None:
    (row,) = rows(statement("Radio Keta", "Ama Boateng", within="s0"))
    assert tuple(row) == quotes.COLUMNS
    assert row == {
        "article": "a/1",
        "url": "https://paper.example/1",
        "title": "No, she said",
        "published": "2020-02-03",
        "statement": "s1",
        "form": "direct",
        "commitment": "plain",
        "originator": "Ama Boateng",
        "chain": "Radio Keta > Ama Boateng",
        "source": "Ama Boateng",
        "source_begin": "0",
        "source_end": "11",
        "cue": "said",
        "cue_begin": "35",
        "cue_end": "39",
        "content": "no … and again no",
        "content_begin": "41 … 57",
        "content_end": "43 … 69",
        "within": "s0",
        "confidence": "0.9",
        "reason": "cue 'said'",
    }


def test_what_is_not_there_is_an_empty_cell() -> None:
    (row,) = rows(statement(cue=None, source=None))
    empty = {"originator", "chain", "source", "source_begin", "source_end", "cue", "cue_begin", "cue_end", "within"}
    assert {column for column, cell in row.items() if not cell} == empty


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_spreadsheet_computes_no_cell(words: str) -> None:
    (row,) = rows(statement(words, content=(Mention(words, (0, 1)),)))
    assert row["content"] == row["originator"] == row["chain"] == "'" + words


def test_csv_is_quoted_by_the_standard_and_holds_no_control_characters() -> None:
    words = 'He said: "no",\nand\x1b[31m left.'
    record = list(quotes.csv_records([coding(statement("A", content=(Mention(words, (0, 3)),)))], ALL))[1]
    assert '"He said: ""no"",\nand [31m left."' in record
    assert record.endswith("\r\n")


def test_an_object_is_the_coding_s_own_with_its_article() -> None:
    one = statement("Ama Boateng")
    (found,) = quotes.objects(coding(one), ALL)
    told = found.pop("article")
    assert told == {
        "id": "a/1",
        "url": "https://paper.example/1",
        "title": "No, she said",
        "published": "2020-02-03",
    }
    assert found == coding(one).to_dict()["statements"][0]


@pytest.fixture(scope="module")
def one_model() -> Iterator[None]:
    """The commands here share one loaded model, for a load takes longer than most tests."""
    from whence.language import LanguageModel

    patch = pytest.MonkeyPatch()
    patch.setattr(Coder, "language", LanguageModel())
    yield
    patch.undo()


@pytest.fixture
def wire(tmp_path: Path, one_model: None) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(WIRE, encoding="utf8")
    return path


def run(*arguments: str | Path, input: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["quotes", *map(str, arguments)], input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_command_prints_a_table_that_is_plain_in_a_pipe(wire: Path) -> None:
    result = run(wire)
    assert (result.exit_code, result.stderr) == (0, "")
    heading, *found = result.stdout.splitlines()
    assert heading.startswith("ACCRA, May 4, 2018")
    assert any(line.startswith("  direct") and "We will rebuild the camp" in line for line in found)
    assert any("denied" in line and "governor" in line for line in found)
    assert "\x1b" not in result.stdout


def test_all_forms_tell_of_the_same_statements_and_their_offsets_hold(wire: Path) -> None:
    found = json.loads(run(wire, "-", "--json", input=QUIET).stdout)
    assert [json.loads(line) for line in run(wire, "--jsonl").stdout.splitlines()] == found
    table = list(csv.DictReader(io.StringIO(run(wire, "--csv").stdout, newline="")))
    assert [row["statement"] for row in table] == [item["id"] for item in found]
    assert len(found) >= 2
    for item in found:
        for piece in [item["source"], item["cue"], *item["content"]]:
            begin, end = piece["at"]
            assert WIRE[begin:end] == piece["text"]


def test_conditions_on_the_command_line(wire: Path) -> None:
    assert {item["form"] for item in json.loads(run(wire, "--json", "--only", "direct").stdout)} == {"direct"}
    by = json.loads(run(wire, "--json", "--by", "KOFI").stdout)
    assert by and all(any("Kofi" in name for name in item["chain"]) for item in by)
    assert run(wire, "--by", "nobody at all").stdout == ""
    assert json.loads(run(wire, "--json", "--by", "nobody at all").stdout) == []
    assert run(wire, "--only", "loud").exit_code == 2


def test_inputs_that_fail_are_named_and_leave_no_trace_in_the_data(wire: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    for form in ("--json", "--jsonl", "--csv"):
        result = run(missing, wire, form)
        assert result.exit_code == 1
        assert result.stderr == f"whence: {missing}: no such file\nwhence: 1 coded, 1 failed\n"
        assert result.stdout == run(wire, form).stdout
    assert run(missing, "--json").stdout == "[]\n"
    assert run(missing, "--csv").stdout.strip() == ",".join(quotes.COLUMNS)


@pytest.mark.parametrize("form", [(), ("--csv",)])
def test_a_reader_that_goes_away_is_no_error_to_report(form: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": WIRE, "id": n}) for n in range(200)))
    command = [sys.executable, "-c", "from whence.cli import main; main()", "quotes", str(path), *form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        problems = process.stderr.read()
        process.wait(60)
    assert problems == b""
