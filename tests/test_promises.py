"""Every promise names its tests, and they are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[list[str]]:
    """The cells of the table's rows."""
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line.startswith("| **")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_promise_has_a_test_and_a_figure() -> None:
    assert len(rows()) > 10
    for promise, tests, measured in rows():
        assert NAMED.findall(tests), promise
        assert NAMED.sub("", tests).strip(" ,") == "", promise  # nothing that only looks like a test
        assert measured, promise


def test_every_named_test_is_there() -> None:
    for promise, tests, _ in rows():
        for path, name in NAMED.findall(tests):
            tree = ast.parse((ROOT / path).read_text(encoding="utf8"))
            defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            assert name in defined, f"{promise}: {path} has no {name}"
