from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from whence.pipeline import Coder

TEXT = "The army bombed a camp near Tamale in Ghana on Thursday. Police arrested ten men in Lomé."


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    from whence.language import LanguageModel

    patch = pytest.MonkeyPatch()
    patch.setattr(Coder, "language", LanguageModel())
    yield
    patch.undo()


def test_read_writes_a_map_and_geojson_beside_its_table(tmp_path: Path) -> None:
    page, points = tmp_path / "m.html", tmp_path / "m.geojson"
    result = run("read", "-", "--map", page, "--geojson", points, input=TEXT)
    assert result.exit_code == 0
    assert "@ Lomé (Togo)" in result.stdout
    places = {feature["properties"]["place"] for feature in json.loads(points.read_text("utf8"))["features"]}
    assert "Lomé" in places
    assert "Lomé (Togo)" in page.read_text("utf8")
    assert sorted(tmp_path.iterdir()) == [points, page]


def test_geojson_can_be_piped_in_place_of_the_table() -> None:
    result = run("read", "-", "--geojson", "-", input=TEXT)
    assert json.loads(result.stdout)["type"] == "FeatureCollection"


def test_json_and_a_file_of_geojson_go_together(tmp_path: Path) -> None:
    points = tmp_path / "m.geojson"
    result = run("read", "-", "--jsonl", "--geojson", points, input=TEXT)
    assert json.loads(result.stdout)["article"]["text"] == TEXT
    assert points.exists()


@pytest.mark.parametrize("arguments", [["--geojson", "-", "--json"], ["--geojson", "-", "--jsonl"], ["--map", "-"]])
def test_two_forms_on_standard_output_are_wrong_usage(arguments: list[str]) -> None:
    result = run("read", "-", *arguments, input=TEXT)
    assert result.exit_code == 2
    assert "name a file" in result.stderr


@pytest.mark.parametrize("option", ["--map", "--geojson"])
def test_a_file_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path, option: str) -> None:
    for path, reason in ((tmp_path, "it is a folder"), (tmp_path / "none" / "x", "there is no folder")):
        result = run("read", "-", option, path, input=TEXT)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert str(path) in result.stderr and reason in result.stderr


def test_a_write_that_fails_late_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("read", "-", "--geojson", tmp_path / "x", input=TEXT)
    assert result.exit_code == 1
    assert "x: cannot be written: No space left on device" in result.stderr
    assert list(tmp_path.iterdir()) == []
