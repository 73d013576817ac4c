from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from evaluation import run

RECORDED = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("recorded").glob("*.txt")}
MEASURES = {measure.name: measure for measure in run.read_measures(run.HERE / "figures.toml")}


@pytest.mark.parametrize("name", MEASURES)
def test_every_figure_is_found_in_recorded_lines(name: str) -> None:
    figures = run.read_figures(MEASURES[name], RECORDED[name].splitlines())
    assert set(figures) == {figure.name for figure in MEASURES[name].figures}


def test_values() -> None:
    gold = run.read_figures(MEASURES["gold"], RECORDED["gold"].splitlines())
    assert gold["event F1, gold articles"] == 58.3
    assert gold["statement and chain F1, gold articles"] == 55.2
    assert gold["status right, gold articles"] == 81.2
    assert gold["mean of the three F1, gold articles"] == 48.0
    assert run.read_figures(MEASURES["parse"], RECORDED["parse"].splitlines())["LAS, EWT dev"] == 89.4
    pages = run.read_figures(MEASURES["pages"], RECORDED["pages"].splitlines())
    assert pages["page shingle F1 x 100"] == pytest.approx(95.3)


def test_floors_only_rise(tmp_path: Path) -> None:
    floors = run.raised({"a": 50.0, "b": 50.0, "c": 9.0}, {"a": 60.0, "b": 50.2, "d": 7.34})
    assert floors == {"a": 59.5, "b": 50.0, "c": 9.0, "d": 6.8}
    run.write_floors(tmp_path / "floors.toml", floors)
    assert run.read_floors(tmp_path / "floors.toml") == floors
    assert run.read_floors(tmp_path / "none.toml") == {}


def test_table_names_what_sinks() -> None:
    rows = [run.Row("a", 60.04, 60.0), run.Row("b", 49.9, 50.0), run.Row("c", None, None), run.Row("d", 1.0, None)]
    assert [row.sinks for row in rows] == [False, True, True, False]
    assert [line.split() for line in run.table(rows).splitlines()][1:] == [
        ["a", "60.0", "60.0"],
        ["b", "49.9", "50.0", "SUNK"],
        ["c", "missing", "-", "SUNK"],
        ["d", "1.0", "-"],
    ]


def test_offers() -> None:
    public = SimpleNamespace(Coder=SimpleNamespace(read=1))
    assert run.offers(public, None)
    assert run.offers(public, "Coder.read")
    assert not run.offers(public, "Coder.relation")


def test_says_so_without_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHENCE_DATA", str(tmp_path))
    assert run.main([]) == 0
    assert "nothing measured" in capsys.readouterr().out


def test_runs_holds_and_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "measure").mkdir()
    (tmp_path / "measure" / "where_when.py").write_text(f"print({RECORDED['where_when']!r})", encoding="utf-8")
    monkeypatch.setenv("WHENCE_DATA", str(tmp_path))
    floors = tmp_path / "floors.toml"
    arguments = ["--only", "where_when", "--floors", str(floors)]
    assert run.main([*arguments, "--raise"]) == 0
    assert run.read_floors(floors) == {"places F1, LGL": 50.8, "dates F1, TimeBank and AQUAINT": 80.1}
    run.write_floors(floors, {"places F1, LGL": 51.4})
    assert run.main(arguments) == 1
    assert "SUNK" in capsys.readouterr().out
