"""What waits between the passes."""

from __future__ import annotations

from pathlib import Path

from whence.scale.spool import Spool


def filled(spool: Spool, inputs: list[tuple[str, str, str, str | None, str, str | None]]) -> None:
    """Inputs of name, digest, text, day, id, address."""
    for name, digest, *_ in inputs:
        spool.add(name, digest, b"{}")
    by_name = {(name, digest): rest for name, digest, *rest in inputs}
    for entry in list(spool.articles()):
        text, day, id, url = by_name[entry.name, entry.digest]
        spool.sort(entry.row, b"{}", text or "", day, id or "", url, (1, 2**63 - 1))


SOME = [
    ("late", "d1", "text1", "2020-01-03", "a", "http://a.example"),
    ("early", "d2", "text1", "2020-01-02", "b", "http://b.example"),
    ("again", "d2", "text1", "2020-01-02", "b", "http://b.example"),
    ("undated", "d3", "text2", None, "c", None),
    ("oddly \udcff named", "d4", "text3", "2020-01-01", "d", None),
]


def test_of_one_text_the_first_article_is_coded_and_the_others_are_copies(tmp_path: Path) -> None:
    for inputs in (SOME, SOME[::-1]):
        with Spool(tmp_path / "news.db") as spool:
            filled(spool, inputs)
            texts = list(spool.texts())
            assert [(text, day) for text, day, _ in texts] == [
                ("text3", "2020-01-01"),
                ("text1", "2020-01-02"),
                ("text2", "9999-99-99"),
            ]
            assert list(texts[0][2]) == [1, 2**63 - 1]
            spool.join({"text1": "text1", "text2": "text1", "text3": "text3"})
            assert {(e.name, e.copy_of) for e in spool.settled()} == {("late", "text1"), ("undated", "text1")}
            opened = {e.name: e for e in spool.open()}
            assert set(opened) == {"again", "oddly \udcff named"}
            assert spool.count_open() == 2
            assert {e.name for e in spool.same(opened["again"].row)} == {"again", "early"}


def test_every_input_is_counted_once(tmp_path: Path) -> None:
    with Spool(tmp_path / "news.db") as spool:
        for _ in range(2):
            spool.fail("missing.txt", "", "failed", "missing", "no such file", None)
            spool.fail("de.txt", "d", "not English", "not English", "its text is not English", "x\udcff")
        assert spool.count() == 2
        assert spool.sums() == {("failed", "missing"): 1, ("not English", "not English"): 1}
        assert [e.name for e in spool.settled()] == ["missing.txt", "de.txt"]


def test_it_holds_more_inputs_than_a_page_of_them_and_leaves_no_file(tmp_path: Path) -> None:
    with Spool(tmp_path / "news.db") as spool:
        filled(spool, [(str(n), str(n), f"t{n:04}", "2020-01-01", str(n), None) for n in range(701)])
        assert [text for text, _, _ in spool.texts()] == [f"t{n:04}" for n in range(701)]
        spool.join({f"t{n:04}": f"t{n:04}" for n in range(701)})
        assert len(list(spool.open())) == 701
    assert list(tmp_path.iterdir()) == []
