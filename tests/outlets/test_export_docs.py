"""The examples of docs/exports.md, run on an export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.outlets.test_export import OUTCOMES, exported, filled

DOCUMENT = Path(__file__).parents[2] / "docs" / "exports.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    archive = filled(folder / "news.db", OUTCOMES)
    for table, name in (("events", "events"), ("articles-per-day", "days")):
        written = exported(
            "--archive", archive, "--format", "parquet", "--table", table, "-o", folder / f"{name}.parquet"
        )
        assert written.exit_code == 0, written.stderr
    return folder


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_runs(
    example: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (engine,) = re.findall(r"^import (\w+)", example, re.MULTILINE)
    pytest.importorskip(engine)
    monkeypatch.chdir(folder)
    exec(compile(example, "exports.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) >= 1


def test_duckdb_reads_the_metadata_and_the_rows(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = str(folder / "events.parquet")
    assert duckdb.execute("SELECT count(*) FROM read_parquet(?)", [file]).fetchone() == (3 * (len(OUTCOMES) - 1),)
    told = duckdb.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [file]).fetchall()
    assert ("whence.table", "events") in told


def test_the_examples_are_of_every_engine() -> None:
    found = {name for example in EXAMPLES for name in re.findall(r"^import (\w+)", example, re.MULTILINE)}
    assert found == {"duckdb", "pandas", "polars", "pyarrow"}
