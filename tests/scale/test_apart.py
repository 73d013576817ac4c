"""Articles coded in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from whence import Coder
from whence.errors import CodebookError, WhenceError
from whence.pipeline import Failure
from whence.records import Coding
from whence.scale.apart import Apart
from whence.sources import limits

TEXT = "Police in Lagos arrested two men on Monday, a spokesman said."


def test_it_gives_what_a_coder_gives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf8")
    (tmp_path / "b.txt").write_text("", "utf8")
    targets = [str(tmp_path), str(tmp_path / "missing.txt")]
    with Apart(published="2020-01-07", timezone="Africa/Lagos") as apart:
        found = list(apart.read_all(targets))
    assert found == list(Coder(timezone="Africa/Lagos").read_all(targets, "2020-01-07"))
    assert [type(item) for item in found] == [Coding, Failure, Failure]


def test_a_document_over_a_cap_is_a_failure_and_the_next_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT}\n" * 3_000, "utf8")
    (tmp_path / "b.txt").write_text(TEXT, "utf8")
    with limits.override(document_seconds=1.5), Apart() as apart:
        slow, coded = apart.read_all([str(tmp_path)])
    assert isinstance(slow, Failure)
    assert (slow.name, slow.kind) == (str(tmp_path / "a.txt"), "too slow")
    assert isinstance(coded, Coding)


def test_a_codebook_that_does_not_hold_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with Apart(codebook=str(tmp_path / "none.yaml")) as apart, pytest.raises(WhenceError) as told:
        next(apart.read_all(["missing.txt"]))
    with pytest.raises(CodebookError) as expected:
        _ = Coder(codebook=tmp_path / "none.yaml").codebook
    assert str(told.value) == str(expected.value)


def test_the_pool_loads_nothing_heavy_before_it_is_used() -> None:
    code = "import sys, whence.scale; print(*[m for m in ('numpy', 'pyarrow', 'onnxruntime') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.split() == []
