"""`whence bench`: what it measures adds up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from whence import bench
from whence.errors import InputError

TEXT = "The army of Chad shelled the town of Abéché on Tuesday, Defence Minister Mariam Okala said.\n"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("articles")
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT * (number + 1), encoding="utf8")
    return [str(folder)]


def test_what_is_measured_adds_up(articles: list[str]) -> None:
    found = bench.bench(articles, seconds=0, starts=False)
    assert found.articles == 3
    assert found.words == len(TEXT.split()) * 6
    assert set(found.stages) == set(bench.STAGES)
    assert all(seconds > 0 for stage, seconds in found.stages.items() if stage != "output")
    assert 0 < found.share < 1
    assert found.processor == pytest.approx(sum(found.stages.values()))


def test_an_input_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        bench.bench([str(tmp_path / "missing.txt")], seconds=0, starts=False)


def test_the_command_prints_a_table_or_json(articles: list[str]) -> None:
    table = run("bench", *articles, "--seconds", "0", "--no-starts")
    assert "inside the encoder" in table.stdout
    assert all(f"\n{stage} " in table.stdout for stage in bench.STAGES)
    found = json.loads(run("bench", "--seconds", "0", "--no-starts", "--json").stdout)
    assert found["articles"] == 1
    assert found["words_per_second"] > found["articles_per_second"] > 0


@pytest.mark.long
def test_cold_starts_are_quick() -> None:
    found = bench.bench(seconds=0)
    assert found.starts["help"] < 0.3
    assert found.starts["first_event"] < 2.0
