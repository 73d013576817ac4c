"""Archives taken into one: what comes out is what one archive of everything would hold, in whichever order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.archive.made import article, coded, coding, copied, failed, under
from tests.commands import run
from tests.test_ingest import LONG, contents
from whence.archive import Archive
from whence.archive.merging import Taken
from whence.article.profiles import Profiles
from whence.errors import ArchiveError
from whence.ingest import Settings, ingest
from whence.records import Outcome

KETA = LONG.format(place="ACCRA", day=4, who="Ghana", n=12)
HO = """LOME, June 7, 2018 - Two ministers of Togo and Benin met in Ho on Monday to sign an agreement on the river.
They promised that fishermen of both countries would be let through without papers until the end of the year.
A boatman who has crossed it for thirty years said that nobody had asked him for any before the dispute began.
The agreement has to be approved by both parliaments, of which one is in recess until the middle of September."""
ROWS = [
    {"id": "first", "text": KETA, "published": "2018-05-04", "url": "http://a.example/1"},
    {"id": "again", "text": KETA, "published": "2018-05-03", "url": "http://b.example/1"},
    {"id": "byline", "text": "By a reporter in the north\n" + KETA, "published": "2018-05-06"},
    {"id": "early", "text": KETA + "\nMore follows in the evening edition.", "published": "2018-05-01"},
    {"id": "river", "text": HO, "published": "2018-06-08"},
    {"id": "river2", "text": "From our desk on the coast\n" + HO, "published": "2018-06-07"},
    {"id": "strike", "text": "Kenyan police arrested nine protesters in Nairobi on Friday, a lawyer said."},
    {"id": "strike2", "text": "Police in Nairobi arrested nine protesters on Friday, a doctor said."},
    {"id": "empty", "text": " "},
]
PARTS = [[0, 2, 5, 6, 8], [1, 3, 4, 7]]
"""In both parts are copies of what is in the other, published earlier and later."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[int]], Path]:
    """Makes an archive of some of the rows, each of them a file."""
    folder = tmp_path_factory.mktemp("rows")
    for row in ROWS:
        (folder / f"{row['id']}.json").write_text(json.dumps(row), "utf8")

    def make(name: str, numbers: list[int]) -> Path:
        path = folder / name
        if not path.exists():
            with Archive(path) as archive:
                ingest([str(folder / f"{ROWS[n]['id']}.json") for n in numbers], archive, Settings())
        return path

    return make


def held(path: Path) -> dict[str, object]:
    """All that an archive says of its inputs and articles, and its incidents."""
    with Archive(path) as archive:
        ids = sorted(archive.incidents().column("id").to_pylist())
        incidents = [archive.incident(id) for id in ids]
    return {**contents(path), "incidents": incidents}


def combined(path: Path, *others: Path) -> list[Taken]:
    with Archive(path) as archive:
        found = []
        for other in others:
            with Archive(other, read_only=True) as opened:
                found.append(archive.combine(opened))
        return found


@pytest.mark.parametrize("order", list(permutations([0, 1])))
def test_it_is_as_if_all_had_been_ingested_into_one(
    order: tuple[int, ...], made: Callable[[str, list[int]], Path], tmp_path: Path
) -> None:
    whole = made("whole.db", list(range(len(ROWS))))
    parts = [made(f"part{n}.db", PARTS[n]) for n in order]
    before = [part.read_bytes() for part in parts]
    path = tmp_path / "news.db"
    first, second = combined(path, *parts)
    assert held(path) == held(whole)
    assert (first.new + second.new, first.inputs + second.inputs) == (8, 9)
    assert [part.read_bytes() for part in parts] == before
    again = combined(path, *parts)
    assert [(taken.new, taken.inputs, taken.rulings) for taken in again] == [(0, 0, 0)] * 2
    assert held(path) == held(whole)


def test_into_one_that_holds_something(made: Callable[[str, list[int]], Path], tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(made("part0.db", PARTS[0]).read_bytes())
    combined(path, made("part1.db", PARTS[1]))
    assert held(path) == held(made("whole.db", list(range(len(ROWS)))))


def test_a_taking_that_was_stopped_goes_on(
    made: Callable[[str, list[int]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whence.archive.merging._BATCH", 1)
    parts = [made(f"part{n}.db", PARTS[n]) for n in (0, 1)]
    path = tmp_path / "news.db"

    def stop(done: int, total: int) -> None:
        assert total in (4, 5)
        raise KeyboardInterrupt

    for part in parts:
        with Archive(path) as archive, Archive(part, read_only=True) as other:
            for _ in range(2):
                with pytest.raises(KeyboardInterrupt):
                    archive.combine(other, stop)
    combined(path, *parts)
    assert held(path) == held(made("whole.db", list(range(len(ROWS)))))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "here.db", tmp_path / "there.db"


def save(path: Path, *outcomes: Outcome) -> None:
    with Archive(path) as archive:
        archive.save(outcomes)


def test_what_both_have_stays_as_it_is_here(two: tuple[Path, Path]) -> None:
    here, there = two
    made = coding()
    save(here, coded(made))
    save(there, coded(under(made, model="m2")), coded(coding("The navy shelled Suva."), "n.html", "d9"))
    (taken,) = combined(here, there)
    assert (taken.articles, taken.new, taken.inputs) == (2, 1, 1)
    with Archive(here) as archive:
        models = archive.articles().select(["sha256", "model"]).to_pylist()
        assert {row["model"] for row in models if row["sha256"] == made.article.sha256} == {"m1"}
        assert len(models) == 2


def test_failures_give_way_to_what_came_of_the_same_input(two: tuple[Path, Path]) -> None:
    here, there = two
    save(here, failed("a.html", "d1", "too slow"), failed("b.html", "d2"), failed("c.html", "d3"))
    save(there, coded(coding()), failed("c.html", "d3"), failed("c.html", "d4"), failed("d.html", ""))
    combined(here, there)
    combined(there, here)
    for path in two:
        with Archive(path) as archive:
            assert archive.ledger().fates["coded"] == 1
            assert [(o.name, o.digest) for o in archive.failures()] == [
                ("b.html", "d2"), ("c.html", "d4"), ("d.html", "")
            ]  # fmt: skip


def test_copies_whose_text_was_never_coded_stay_copies(two: tuple[Path, Path]) -> None:
    here, there = two
    save(there, copied(article("By a reporter. The army shelled Keta."), "0" * 64))
    combined(here, there)
    with Archive(here) as archive:
        assert archive.articles(copies=True).column("copy_of").to_pylist() == ["0" * 64]


def test_the_later_word_of_users_holds(two: tuple[Path, Path]) -> None:
    pairs = {"here": ("a", "b", 1, "ama", "2020-01-01T00:00:00+00:00"), "there": ("a", "b", 0, "efua", "2021-01-01")}
    for path, (_, ruling) in zip(two, pairs.items(), strict=True):
        with Archive(path):
            pass
        connection = sqlite3.connect(path)
        connection.execute("INSERT INTO rulings VALUES (?, ?, ?, ?, ?)", ruling)
        connection.commit()
        connection.close()
    assert combined(two[0], two[1])[0].rulings == 1
    assert combined(two[1], two[0])[0].rulings == 0
    for path in two:
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT is_one, who FROM rulings").fetchall() == [(0, "efua")]
        connection.close()


def test_an_archive_is_not_taken_into_itself(two: tuple[Path, Path]) -> None:
    save(two[0], coded(coding()))
    with pytest.raises(ArchiveError, match="into itself"):
        combined(two[0], two[0])


def test_the_command_takes_several_with_their_profiles(two: tuple[Path, Path], tmp_path: Path) -> None:
    here, there = two
    save(here, coded(coding()))
    save(there, coded(coding("The navy shelled Suva."), "n.html", "d9"))
    with Archive(there) as archive:
        profiles = Profiles({"a.example": {17: 3}})
        archive.set_profiles(profiles.to_bytes(), profiles.version)
    told = run("combine", here, there, "--archive", tmp_path / "both.db")
    assert told.exit_code == 0, told.stderr
    assert told.stderr.splitlines() == [
        f"whence: {here}: 1 articles, 1 of them new; 1 inputs, 0 rulings and 0 reviews new",
        f"whence: {there}: 1 articles, 1 of them new; 1 inputs, 0 rulings and 0 reviews new",
    ]
    with Archive(tmp_path / "both.db") as archive:
        assert archive.profiles() == (profiles.to_bytes(), profiles.version)
        assert archive.ledger().fates["coded"] == 2


def test_what_cannot_be_taken_is_named(two: tuple[Path, Path], tmp_path: Path) -> None:
    told = run("combine", tmp_path / "missing.db", "--archive", two[0])
    assert told.exit_code == 1
    assert "missing.db: no such archive" in told.stderr
    save(two[1], coded(coding()))
    connection = sqlite3.connect(two[1])
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    told = run("combine", two[1], "--archive", two[0])
    assert told.exit_code == 1
    assert "there.db: an archive of an older whence" in told.stderr


def test_reviews_come_along(two: tuple[Path, Path]) -> None:
    here, there = two
    made = coding()
    for path, verdict, who in ((here, "confirm", "ama"), (there, "reject", "efua")):
        save(path, coded(made))
        with Archive(path) as archive:
            archive.review(made.events[0].uid, verdict, who)
    assert combined(here, there)[0].reviews == 1
    assert combined(here, there)[0].reviews == 0
    with Archive(here) as archive:
        assert [review.who for review in archive.reviews()] == ["ama", "efua"]
        archive.remove(made.article.sha256)
        assert [review.who for review in archive.reviews(orphaned=True)] == ["ama", "efua"]
    combined(here, there)
    with Archive(here) as archive:
        assert not archive.reviews(orphaned=True)
