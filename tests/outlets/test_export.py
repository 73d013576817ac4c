from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.archive.made import actor, article, coded, coding, copied, event, place, time
from whence import Archive, outlets
from whence.cli_export import export
from whence.errors import WhenceError
from whence.exporting import tabbed
from whence.records import Coding, Count, Mention, Outcome, Statement

FORMS = ("jsonl", "csv", "parquet", "geojson", "polecat", "gdelt", "annotation")
TABLES = ("events", "statements", "articles", "incidents", "actors", "places", "articles-per-day")
WORDS = re.compile(r"[^\W_]+")


def mention(text: str, words: str) -> Mention:
    begin = text.index(words)
    return Mention(words, (begin, begin + len(words)))


def full(number: int) -> Coding:
    """An article in which every field holds words of the text, long stretches of it among them."""
    text = (
        f"Radio Keta quoted the mayor of the old town as saying that army unit {number} had shelled the harbour wall "
        f"of Keta with two heavy mortars on the first of February and that forty people of the town were hurt.\n"
        f"The rebels of the northern hills denied that any of this had happened there in week {number}."
    )
    source = article(
        text,
        title=text[:70],
        url=f"https://volta.example/{number}/{'-'.join(WORDS.findall(text[:60]))}",
        site=None if number % 3 else "The Volta Post",
        published=f"2020-02-{1 + number % 5:02d}",
    )
    army = actor(text, f"army unit {number}", 1, label="Ghana, army", sector="MIL")
    wall = actor(text, "the harbour wall of Keta", 2, sector="CVL", label="the harbour wall of Keta")
    mayor = actor(text, "the mayor of the old town", 3)
    radio = actor(text, "Radio Keta", 4, sector="JRN")
    keta = replace(place(text, "Keta"), label=None)
    said = Statement(
        "s1", "indirect", "plain", mention(text, "quoted"), mention(text, "the mayor of the old town"),
        (mention(text, text.partition("\n")[0][48:]),), ("Radio Keta", "the mayor of the old town"), ("a4", "a3"), None,
        0.8, f"source “{text[:50]}”",
    )  # fmt: skip
    unused = replace(said, id="s2", content=(mention(text, text.partition("\n")[2]),))
    inner = replace(said, id="s3", within="s1")
    shelled = event(
        source, 1, "shelled", actors=(army, mayor), recipients=(wall,), places=(keta,), statement="s3",
        instruments=(mention(text, "two heavy mortars"),), time=time("2020-02-01", "2020-02-02"),
        counts=(Count("forty people of the town", mention(text, "forty people of the town").at, "wounded", 40, 40),),
        contexts=("military",), cameo="194", mode="heavy-weapons", reason=f"cue “{text[60:120]}”",
    )  # fmt: skip
    denied = event(source, 2, "denied", type="REJECT", quad=3, status="denied", places=(replace(keta, lat=None),))
    again = event(source, 3, "happened", same_as="e1", cameo="140")
    who, said_all = (army, wall, mayor, radio), (said, unused, inner)
    return replace(coding(text), article=source, actors=who, places=(keta,), times=(), statements=said_all,
                   events=(shelled, denied, again))  # fmt: skip


MADE = [full(number) for number in range(12)]
OUTCOMES: list[Outcome] = [
    *(coded(made, f"{n}.html", f"d{n}") for n, made in enumerate(MADE)),
    copied(article("The army shelled Keta, a mayor said.", id="again"), MADE[0].article.sha256, "copy", "d99"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("archive") / "news.db", OUTCOMES)


def filled(path: Path, outcomes: list[Outcome]) -> Path:
    with Archive(path) as archive:
        for begin in range(0, len(outcomes), 4):
            archive.save(outcomes[begin : begin + 4])
    return path


def exported(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(export, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(path: Path, form: str, *options: str) -> str:
    result = exported("--archive", path, "--format", form, *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def rows(path: Path, form: str, *options: str) -> list[dict[str, str]]:
    delimiter = "," if form == "csv" else "\t"
    return list(csv.DictReader(io.StringIO(written(path, form, *options), newline=""), delimiter=delimiter))


def lines(path: Path, form: str, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(path, form, *options).splitlines()]


def everything(path: Path, *options: str) -> dict[str, bytes]:
    """Each form, and each table in both of its forms, as bytes."""
    asked = [(form, "events") for form in FORMS] + [(f, t) for f in ("csv", "parquet") for t in TABLES[1:]]
    found = {}
    for form, table in asked:
        result = exported("--archive", path, "--format", form, "--table", table, *options)
        assert result.exit_code == 0, result.stderr
        found[f"{form} {table}"] = result.stdout_bytes
    return found


@pytest.mark.parametrize("options", [(), ("--without-text",)])
def test_the_same_codings_give_the_same_bytes_whatever_their_order(
    path: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    other = OUTCOMES.copy()
    random.Random(7).shuffle(other)
    again = filled(tmp_path / "other.db", other)
    assert everything(path, *options) == everything(again, *options)
    found = written(path, "csv", "--status", "happened", *options)
    assert found == written(again, "csv", "--status", "happened", *options)


def test_jsonl_holds_whole_codings(path: Path) -> None:
    by_hash = sorted(MADE, key=lambda made: made.article.sha256)
    assert lines(path, "jsonl") == [made.to_dict() for made in by_hash]
    assert lines(path, "jsonl", "--type", "REJECT") == [made.to_dict() for made in by_hash]


def test_conditions_choose_events_and_the_statements_they_stand_in(path: Path) -> None:
    assert {row["type"] for row in rows(path, "csv", "--type", "REJECT")} == {"REJECT"}
    assert len(rows(path, "csv", "--status", "happened", "--published-until", "2020-02-01")) == 2 * 3
    found = rows(path, "csv", "--table", "statements", "--type", "ASSAULT", "--mode", "heavy-weapons")
    assert {row["id"] for row in found} == {"s1", "s3"}
    assert rows(path, "csv", "--table", "statements", "--type", "REJECT") == []
    assert len(rows(path, "csv", "--table", "statements")) == 3 * len(MADE)


def test_words_choose_articles(path: Path) -> None:
    assert [line["article"]["sha256"] for line in lines(path, "jsonl", '"army unit 11"')] == [MADE[11].article.sha256]
    result = exported("mermaids", "--archive", path, "--format", "csv")
    assert (result.exit_code, result.stderr) == (0, "whence: no events found\n")


@pytest.mark.parametrize("form", FORMS)
def test_without_text_no_five_words_of_an_article_stand_in_a_row(path: Path, form: str) -> None:
    runs = set()
    for made in MADE:
        words = WORDS.findall(made.article.text.casefold())
        runs |= set(zip(*(words[i:] for i in range(5)), strict=False))
    for table in TABLES if form in ("csv", "parquet") else TABLES[:1]:
        result = exported("--archive", path, "--format", form, "--table", table, "--without-text")
        text = str(parquet(result.stdout_bytes).to_pydict()) if form == "parquet" else result.stdout
        words = WORDS.findall(text.casefold())
        assert len(words) > 20
        assert not runs.intersection(zip(*(words[i:] for i in range(5)), strict=False)), table
    assert form == "parquet" or "harbour" in written(path, form)


def test_without_text_offsets_codes_and_hashes_stay() -> None:
    made = MADE[0]
    bare = outlets.without_text(made)
    assert (bare.article.text, bare.article.title, bare.article.url) == ("", None, None)
    assert (bare.article.id, bare.article.sha256) == (made.article.id, made.article.sha256)
    event, was = bare.events[0], made.events[0]
    assert (event.trigger, event.uid, event.cameo) == (Mention("", was.trigger.at), was.uid, "194")
    assert event.actors[0].label == "Ghana, army"
    assert event.actors[0].name == "sha256:" + hashlib.sha256(b"army unit 0").hexdigest()[:16]
    assert bare.statements[0].chain[0] == bare.actors[3].name
    assert bare.statements[0].content[0].at == made.statements[0].content[0].at


def test_what_an_article_goes_by_is_hashed_where_it_is_an_address_or_a_sentence() -> None:
    def id_of(id: str) -> str:
        return outlets.without_text(replace(MADE[0], article=replace(MADE[0].article, id=id))).article.id

    for id in ("86fd857c2ea826d8", "123e4567-e89b-12d3-a456-426614174000", "daily/2020/02/03/item-17"):
        assert id_of(id) == id
    for id in ("https://volta.example/1", "the_army_shelled_the_wall"):
        assert id_of(id).startswith("sha256:")


def parquet(data: bytes) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(data))


def table(path: Path, name: str, *options: str) -> Any:
    return parquet(exported("--archive", path, "--format", "parquet", "--table", name, *options).stdout_bytes)


@pytest.mark.parametrize("name", TABLES[:-1])
def test_parquet_has_the_rows_of_the_archive_in_an_order_of_its_own(path: Path, name: str) -> None:
    found = table(path, name)
    with Archive(path, read_only=True) as archive:
        filters = {"copies": True} if name == "articles" else {}
        kept = getattr(archive, name)(**filters).drop_columns(["row"])
    assert found.schema.remove_metadata() == kept.schema
    assert sorted(map(str, found.to_pylist())) == sorted(map(str, kept.to_pylist()))
    assert found.num_rows


def test_parquet_says_what_it_is(path: Path) -> None:
    told = {key.decode(): value.decode() for key, value in table(path, "events").schema.metadata.items()}
    assert (told["whence.table"], told["whence.articles"], told["whence.copies"]) == ("events", "12", "1")
    assert json.loads(told["whence.versions"]) == [
        {"whence": "0.1", "model": "m1", "codebook": "c1", "knowledge": "k1"}
    ]
    assert told["whence.text"] == "yes"
    assert "publishers" in told["whence.licence"]
    bare = table(path, "events", "--without-text", "--type", "ASSAULT").schema.metadata
    assert (bare[b"whence.text"], json.loads(bare[b"whence.conditions"])) == (b"no", {"type": ["ASSAULT"]})


def test_articles_per_day_count_near_copies_and_articles_without_events(path: Path) -> None:
    found = table(path, "articles-per-day").to_pylist()
    assert sum(row["articles"] for row in found) == len(OUTCOMES)
    assert sum(row["copies"] for row in found) == 1
    assert sum(row["events"] for row in found) == 3 * len(MADE)
    assert {row["site"] for row in found} == {"The Volta Post", None}
    days = [row["published"] for row in found]
    assert days == sorted(days)
    assert len({(row["published"], row["site"]) for row in found}) == len(found)


def test_polecat_has_its_forty_columns_and_a_row_a_pair(path: Path) -> None:
    found = rows(path, "polecat")
    assert len(found[0]) == 40
    # two actors, one recipient; what is denied has no row, nor has what tells again of another event
    assert len(found) == 2 * len(MADE)
    first = next(row for row in found if row["Event ID"] == MADE[4].events[0].uid)
    assert (first["Event Date"], first["Event Type"], first["Event Mode"]) == ("2020-02-01", "ASSAULT", "heavy-weapons")
    assert (first["Actor Name"], first["Actor Name Raw"]) == ("Ghana, army", "army unit 4")
    assert (first["Actor Country"], first["Actor COW"], first["Primary Actor Sector"]) == ("GHA", "452", "MIL")
    assert (first["Quad Code"], first["City"], first["Latitude"]) == ("MATERIAL CONFLICT", "Keta", "5.92")
    denied = rows(path, "polecat", "--status", "denied")
    assert {row["Event Date"] for row in denied} == {made.article.published for made in MADE}


def test_gdelt_has_codes_of_cameo_and_what_it_says_of_them(path: Path) -> None:
    found = rows(path, "gdelt")
    first, second, denied, again = (row for row in found if row["ArticleSHA256"] == MADE[4].article.sha256)
    assert (first["EventCode"], first["EventBaseCode"], first["EventRootCode"], first["QuadClass"]) == (
        "194", "194", "19", "4",
    )  # fmt: skip
    assert (first["SQLDATE"], first["DateFrom"], first["MonthYear"], first["Year"]) == (
        "20200201", "text", "202002", "2020",
    )  # fmt: skip
    assert [row["Pair"] for row in (first, second)] == ["1", "2"]
    assert first["Chain"] == "Radio Keta > the mayor of the old town"
    assert (denied["EventCode"], denied["QuadClass"], denied["Status"]) == ("", "", "denied")
    assert (denied["DateFrom"], denied["ActionGeo_Lat"]) == ("published", "")
    # CAMEO counts a protest among words, PLOVER among deeds
    assert (again["QuadClass"], again["PloverQuad"], again["SameAsUID"]) == ("3", "4", first["EventUID"])


def test_geojson_is_that_of_read(path: Path) -> None:
    found = json.loads(written(path, "geojson"))
    assert len(found["features"]) == len(MADE)
    assert len(found["unplaced"]) == 2 * len(MADE)


def test_geojson_in_pieces_is_the_whole() -> None:
    whole = outlets.Collection({"GHA": "Ghana"})
    for made in MADE:
        whole.add(made)
    assert "".join(outlets.geojson_pieces(MADE, {"GHA": "Ghana"})) == outlets.to_geojson(whole)
    assert "".join(outlets.geojson_pieces([], {})) == outlets.to_geojson(outlets.Collection())


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_are_read_in_pages_are_the_same(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(path, "csv", "--table", name)
    monkeypatch.setattr("whence.exporting._ROWS", 3)
    monkeypatch.setattr("whence.outlets.listing._ROWS", 2)
    assert written(path, "csv", "--table", name) == whole
    assert table(path, name).num_rows == len(list(csv.reader(io.StringIO(whole)))) - 1


def test_annotations_select_their_stretch_by_position_and_by_quotation(path: Path) -> None:
    texts = {made.article.sha256: made.article.text for made in MADE}
    roles = set()
    ids = set()
    for found in lines(path, "annotation"):
        target = found["target"]
        text = texts[target["state"]["cached"].removeprefix("urn:sha256:")]
        position, quote = target["selector"]
        begin, end = position["start"], position["end"]
        assert text[begin:end] == quote["exact"]
        assert text[:begin].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert text.startswith(quote["prefix"] + quote["exact"], begin - len(quote["prefix"]))
        roles.add(found["body"][0]["value"])
        ids.add(found["id"])
    assert len(ids) == len(lines(path, "annotation"))
    assert roles == {
        "trigger",
        "actor",
        "recipient",
        "place",
        "instrument",
        "time",
        "count",
        "cue",
        "source",
        "content",
    }
    bare = lines(path, "annotation", "--without-text")
    assert {found["id"] for found in bare} == ids
    assert all([selector["type"] for selector in f["target"]["selector"]] == ["TextPositionSelector"] for f in bare)
    assert all(found["target"]["source"].startswith("urn:sha256:") for found in bare)


def test_a_spreadsheet_computes_nothing_and_a_name_ends_no_line() -> None:
    assert tabbed(["=1+1", "a\tb\nc", -9.5, None, "x\x1by"]) == "'=1+1\ta b c\t-9.5\t\tx y\n"


def test_a_file_is_written_whole_or_not_at_all(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "events.csv"
    assert exported("--archive", path, "--format", "csv", "--output", target).stdout == ""
    kept = target.read_bytes()
    assert kept == exported("--archive", path, "--format", "csv").stdout_bytes

    def broken(_: Coding) -> Coding:
        raise RuntimeError("made to fail")

    monkeypatch.setattr(outlets, "without_text", broken)
    arguments = ["--archive", str(path), "--format", "csv", "-o", str(target), "--without-text"]
    assert isinstance(CliRunner().invoke(export, arguments).exception, RuntimeError)
    assert target.read_bytes() == kept
    assert [found.name for found in tmp_path.iterdir()] == ["events.csv"]


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with (
        pytest.raises(WhenceError, match="cannot be written: No space left"),
        outlets.writing(tmp_path / "a") as stream,
    ):
        stream.write(b"half")
        raise OSError(28, "No space left on device")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["--format", "jsonl", "--table", "actors"], 2, "goes with --format csv or parquet"),
        (
            ["--format", "csv", "--table", "articles", "--type", "AID"],
            2,
            "--type: not a condition on a table of articles",
        ),
        (["--format", "xml"], 2, "is not one of"),
        (["--format", "csv", "--side", "actor"], 2, "--side goes with"),
        (["--format", "csv", "--output", "no/such/folder/a.csv"], 1, "make it first"),
    ],
)
def test_what_cannot_be_is_told(path: Path, options: list[str], status: int, words: str) -> None:
    result = exported("--archive", path, *options)
    assert result.exit_code == status
    assert words in result.stderr


def test_the_archive_is_not_written_over(path: Path, tmp_path: Path) -> None:
    result = exported("--archive", path, "--format", "csv", "--output", path)
    assert (result.exit_code, "names the archive itself" in result.stderr) == (2, True)
    missing = exported("--archive", tmp_path / "none.db", "--format", "csv", "-o", tmp_path / "a.csv")
    assert (missing.exit_code, "no such archive" in missing.stderr) == (1, True)
    assert not (tmp_path / "a.csv").exists()


def test_an_empty_archive_gives_empty_tables(tmp_path: Path) -> None:
    empty = filled(tmp_path / "empty.db", [])
    Archive(empty).close()
    for name in TABLES:
        assert table(empty, name).num_rows == 0
    assert rows(empty, "csv") == rows(empty, "gdelt") == rows(empty, "polecat") == []
