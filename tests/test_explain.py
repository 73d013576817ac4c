from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from whence import codebook
from whence.pipeline import Coder

ARTICLE = """KABO, May 4, 2018 (Lake Wire) - Rebels have bombed a school in Mora, the education ministry said.

The army denied on Friday that it had attacked the school."""


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    from whence.language import LanguageModel

    language = LanguageModel()
    patch = pytest.MonkeyPatch()
    patch.setattr(Coder, "language", language)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("codebook") / "schools.yaml"
    file.write_text(codebook.begin("schools"), encoding="utf-8")
    return file


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(ARTICLE, encoding="utf8")
    return path


def codings(wire: Path, schools: Path) -> tuple[str, str, str]:
    """The line of JSON, and id and uid of the school's bombing."""
    line = run("read", wire, "--codebook", schools, "--jsonl").stdout
    event = next(e for e in json.loads(line)["events"] if e["type"] == "SCHOOLS" and e["trigger"]["text"] == "bombed")
    return line, event["id"], event["uid"]


def test_an_explanation_has_all_that_decided(wire: Path, schools: Path) -> None:
    _, known, uid = codings(wire, schools)
    result = run("codebook", "explain", known, wire, "--codebook", schools)
    assert result.exit_code == 0
    told = result.stdout
    assert uid in told and "\x1b" not in told
    assert "Rebels have [bombed] a school" in told
    assert "cue         bomb (schools.yaml): verb; mode attack" in told
    assert "object here: school" in told
    assert "SCHOOLS: Armed groups or authorities" in told
    assert "in the slot `subject`" in told and "in the slot `object`" in told
    assert "statement   s" in told and "chain education ministry" in told
    assert "intensity   -7, of the type" in told
    assert "quad        4, material conflict" in told


def test_codings_are_explained_by_the_article_in_them(wire: Path, schools: Path, tmp_path: Path) -> None:
    line, known, uid = codings(wire, schools)
    plain = run("codebook", "explain", known, wire, "--codebook", schools).stdout
    assert run("codebook", "explain", known, "--codebook", schools, input=line).stdout == plain
    array = tmp_path / "codings.json"
    array.write_text(f"[{line}]", encoding="utf8")
    assert run("codebook", "explain", uid, array, "--codebook", schools).stdout == plain
    packed = tmp_path / "codings.jsonl.gz"
    packed.write_bytes(gzip.compress(line.encode()))
    assert run("codebook", "explain", uid, packed, "--codebook", schools).stdout == plain


def test_articles_in_json_are_explained_too(schools: Path) -> None:
    rows = json.dumps({"id": "a", "text": ARTICLE}) + "\n"
    result = run("codebook", "explain", "e1", "-", "--codebook", schools, input=rows)
    assert result.exit_code == 0 and result.stdout.startswith("e1  ")


def test_what_is_not_there_is_told_with_what_is(wire: Path, schools: Path) -> None:
    result = run("codebook", "explain", "e99", wire)
    assert result.exit_code == 1
    assert "there is no event 'e99'" in result.stderr and "e1" in result.stderr
    assert "no such file" in run("codebook", "explain", "e1", wire.with_name("absent.txt")).stderr
    assert run("codebook", "explain", "e1", wire, "--codebook", wire.with_name("absent.yaml")).exit_code == 2


def test_an_id_of_several_articles_asks_for_the_uid(wire: Path, schools: Path) -> None:
    line, known, uid = codings(wire, schools)

    result = run("codebook", "explain", known, "--codebook", schools, input=line + line)
    assert result.exit_code == 1
    assert uid in result.stderr and "several articles" in result.stderr


@pytest.mark.parametrize("broken", ['{"article": {"id": "x"}}', '{"article": {"text": 7}}', "[[[", "{}", "[1]"])
def test_broken_codings_are_errors_of_one_line(broken: str) -> None:
    result = run("codebook", "explain", "e1", input=broken)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_new_writes_a_file_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert run("codebook", "new", "SCHOOLS", "--output", file).exit_code == 0
    written = file.read_text(encoding="utf-8")
    assert run("codebook", "new", "SCHOOLS").stdout == written
    file.write_text("mine", encoding="utf-8")
    again = run("codebook", "new", "SCHOOLS", "--output", file)
    assert again.exit_code == 1 and "is there already" in again.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("codebook", "new", "no name").exit_code == 2
    assert run("codebook", "new", "X", "--output", tmp_path / "no" / "folder.yaml").exit_code == 1


def test_check_tells_problems_from_warnings(tmp_path: Path, schools: Path) -> None:
    whole = run("codebook", "check", schools)
    assert whole.exit_code == 0 and "SCHOOLS (schools.yaml)" in whole.stdout
    text = schools.read_text(encoding="utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace("mode: attack, status: denied", "mode: attack, status: planned"), encoding="utf-8")
    wrong = run("codebook", "check", file)
    assert wrong.exit_code == 0
    assert "warning: mine.yaml: 'The army denied" in wrong.stderr and "should be planned" in wrong.stderr
    file.write_text(text.replace("quad: 4", "quad: 9"), encoding="utf-8")
    broken = run("codebook", "check", file)
    assert broken.exit_code == 1 and "quad" in broken.stderr and broken.stdout == ""
