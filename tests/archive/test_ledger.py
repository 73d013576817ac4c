from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.made import article, coded, coding, copied, failed
from whence import Archive
from whence.records import Fate, Outcome

CODINGS = [coding(f"The army shelled Keta {n} times, the mayor said.") for n in range(3)]
NAMES, DIGESTS = st.sampled_from(["a", "b", "c"]), st.sampled_from(["d1", "d2", "d3"])
OUTCOMES = st.one_of(
    st.builds(lambda name, digest, n: coded(CODINGS[n], name, digest), NAMES, DIGESTS, st.integers(0, 2)),
    st.builds(
        lambda name, digest, n, m: copied(article(f"Copy {n}"), CODINGS[m].article.sha256, name, digest),
        NAMES, DIGESTS, st.integers(0, 2), st.integers(0, 2),
    ),
    st.builds(
        lambda name, digest, kind: failed(name, digest, kind),
        NAMES, st.sampled_from(["", "d1", "d2"]), st.sampled_from(["too slow", "missing"]),
    ),
    st.builds(
        lambda name, digest, fate: Outcome(name, digest, fate, kind=fate, message="…"),
        NAMES, DIGESTS, st.sampled_from(["not English", "not an article"]),
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(OUTCOMES, max_size=4), max_size=5))
def test_every_input_ends_exactly_once_and_the_sums_add_up(batches: list[list[Outcome]]) -> None:
    expected: dict[tuple[str, str], Fate] = {}
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db") as archive:
        for batch in batches:
            archive.save(batch)
            for outcome in batch:
                for key in [k for k in expected if k[0] == outcome.name and expected[k] == "failed"]:
                    del expected[key]
                expected[outcome.name, outcome.digest] = outcome.fate
        ledger = archive.ledger()
        assert ledger.inputs == len(expected) == sum(ledger.fates.values())
        assert list(ledger.fates) == list(get_args(Fate))
        assert sum(ledger.failures.values()) == ledger.fates["failed"] == len(archive.failures())
        assert {(o.name, o.digest) for o in archive.failures()} == {
            k for k, fate in expected.items() if fate == "failed"
        }
        texts = [made.article.sha256 for made in archive.codings()]
        assert len(texts) == len(set(texts))


def test_a_failure_gives_way_to_the_next_outcome_of_its_name(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        archive.save([failed("x"), failed("y", "d9", "too slow")])
        assert archive.ledger().failures == {"too slow": 1, "unreadable": 1}
        archive.save([coded(coding(), "x", "d1"), failed("y", "", "missing")])
        assert archive.ledger().failures == {"missing": 1}
        assert archive.ledger().inputs == 2
        (left,) = archive.failures()
        assert left == Outcome("y", "", "failed", None, "missing", "made to fail")


def test_known_are_those_that_ended_under_these_versions(tmp_path: Path) -> None:
    made = coding()
    versions = made.versions
    with Archive(tmp_path / "a.db") as archive:
        archive.save(
            [
                coded(made, "a", "coded"),
                copied(article("Copy"), made.article.sha256, "b", "copy"),
                Outcome("c", "foreign", "not English"),
                Outcome("d", "list", "not an article"),
                failed("e", "slow", "too slow"),
                failed("f", ""),
            ]
        )
        asked = ["coded", "copy", "foreign", "list", "slow", "new", ""] + [str(n) for n in range(1_200)]
        ended = {"copy", "foreign", "list"}
        assert archive.known(asked, versions) == {*ended, "coded", "slow"}
        assert archive.known(asked, versions, retry=True) == {*ended, "coded"}
        assert archive.known(asked, dataclasses.replace(versions, model="m2")) == {*ended, "slow"}
        assert archive.known(["coded"], dataclasses.replace(versions, profiles="p2")) == set()
        assert archive.known(["coded"], dataclasses.replace(versions, profiles=None)) == {"coded"}
        assert archive.known([], versions) == set()
