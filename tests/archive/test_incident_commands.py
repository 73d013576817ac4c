from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.incidents.made import MINISTRY, TURKEY, day, killed, told
from whence import Archive
from whence.cli import main
from whence.incident_table import COLUMNS
from whence.records import Mention

TU, SLIP = Mention("Tu-22M3 bombers", (0, 15)), Mention("Tu-23M3 bombers", (0, 15))
A = told("a", chain=(MINISTRY,), instruments=(TU,), counts=(killed(4),))
B = told("b", chain=(MINISTRY,), instruments=(SLIP,), published="2016-08-18", site="b\x1b[31m.example")
ALONE = told("alone", type="PROTEST", mode=None, recipients=(), time=day("2016-09-15"), published="2016-09-16")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.add([A, B, ALONE])
    return path


def run(*arguments: str | Path, status: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == status, result.output
    return result


def test_what_several_articles_tell_is_listed(path: Path) -> None:
    line, counted = run("incidents", "--archive", path).stdout.splitlines()
    assert line.startswith("happened      ASSAULT (aerial)")
    assert "Russian Air Force [RUS MIL] → ISIS [IMG REB]  @ Aleppo (Syria)  on 2016-08-16" in line
    assert "2 tellings in 2 articles of 2 outlets; 1 origin: Russia's Ministry of Defence, a party to it" in counted
    assert counted.endswith("differ in with what (detail)")


def test_conditions_and_forms(path: Path) -> None:
    both = json.loads(run("incidents", "--archive", path, "--articles", "1", "--json").stdout)
    assert [found["type"] for found in both] == ["ASSAULT", "PROTEST"]
    one = run("incidents", "--archive", path, "--party-only", "--jsonl").stdout
    assert [json.loads(row)["id"] for row in one.splitlines()] == [both[0]["id"]]
    rows = list(csv.reader(io.StringIO(run("incidents", "--archive", path, "--csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1][COLUMNS.index("discrepancies")] == "with what: detail"
    empty = run("incidents", "--archive", path, "--contradicted")
    assert (empty.stdout, "no incidents found" in empty.stderr) == ("", True)


def test_an_incident_shows_tellings_origins_and_both_sides_of_a_discrepancy(path: Path) -> None:
    (found,) = json.loads(run("incidents", "--archive", path, "--json").stdout)
    shown = run("show", found["id"], "--archive", path).stdout
    assert "vouched for   by a party to it alone" in shown
    assert "detail: “Tu-22M3 bombers”" in shown
    assert "“Tu-23M3 bombers”" in shown
    assert "\x1b" not in shown
    assert json.loads(run("show", found["id"], "--archive", path, "--json").stdout) == found


def test_a_timeline_is_in_the_order_of_days(path: Path) -> None:
    lines = run("timeline", "--archive", path).stdout.splitlines()
    assert [line for line in lines if line[:4].isdigit()] == ["2016-08-16", "2016-09-15"]
    assert "2016-08-16" not in run("timeline", "--archive", path, "--since", "2016-09-01").stdout


def test_users_part_and_join(path: Path) -> None:
    (found,) = json.loads(run("incidents", "--archive", path, "--json").stdout)
    run("split", found["id"], B.events[0].uid, "--by", "ana", "--archive", path)
    assert run("incidents", "--archive", path).stdout == ""
    run("merge", A.events[0].uid, B.events[0].uid, "--by", "ana", "--archive", path)
    assert len(json.loads(run("incidents", "--archive", path, "--json").stdout)) == 1
    wrong = run("split", "i0", "e0", "--archive", path, status=1)
    assert "no incident 'i0'" in wrong.stderr
    run("merge", "i0", "--archive", path, status=2)


def test_a_country_of_tellings(path: Path) -> None:
    with Archive(path) as archive:
        archive.add([told("c", status="denied", chain=(TURKEY,))])
    assert "denied" in run("show", f"i{A.events[0].uid}", "--archive", path).stdout
    assert "whether (contradiction)" in run("incidents", "--archive", path, "--contradicted").stdout
