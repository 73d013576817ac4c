"""What may import what, and what is public: the shape of the program, held by tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import whence
from whence.cli import main

SOURCE = Path(whence.__file__).parent
STAGES: dict[str, dict[str, set[str]]] = {
    "sources": {},
    "article": {"sources": {"limits", "sniffing"}},
    "language": {},
    "codebook": {},
    "knowledge": {},
    "outlets": {"schema": set()},
    "incidents": {},
    "copies": {},
    "scoring": {"sources": {"limits", "compression"}},
    "archive": {"codebook": set(), "copies": set(), "incidents": {"accounts", "keys"}, "schema": set()},
    "web": {
        "archive": set(),
        "cells": set(),
        "exporting": set(),
        "incident_table": set(),
        "reviewing": set(),
        "search": set(),
    },
    "scale": {
        "pipeline": set(),
        "ingest": set(),
        "cli_common": set(),
        "schema": set(),
        "archive": {"documents"},
        "article": {"profiles"},
        "copies": set(),
        "incidents": set(),
        "sources": {"fields", "files", "limits"},
    },
    "coding": {"codebook": {"categories"}, "knowledge": {"agents", "grid", "normal", "records"}},
}
"""For each stage the others it may import, and their modules that it may name: words and records, no workings."""
COMMON = {"records", "errors", "sphere"}
"""What every stage may import: the records, the errors, and plain arithmetic."""
FOREIGN = {"torch", "training", "evaluation", "benchmarks", "tests"}
NETWORK = {"socket", "ssl", "http", "requests", "urllib3", "httpx", "aiohttp"}
PUBLIC = {
    "read", "read_text", "article", "code", "Coder", "Archive", "WhenceError", "__version__",
    "Page", "Article", "Analysis", "Coding", "Mention", "Actor", "Place", "Time", "Statement", "Event", "Count",
    "Versions",
}  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            # `from whence.coding import places` names a module only if there is such a file
            folder = SOURCE.parent / node.module.replace(".", "/")
            for alias in node.names:
                is_module = (folder / f"{alias.name}.py").exists() or (folder / alias.name / "__init__.py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_knows_the_records_and_itself(stage: str) -> None:
    for path in sorted((SOURCE / stage).rglob("*.py")):
        for name in imports(path):
            package, _, rest = name.partition(".")
            if package != "whence":
                continue
            first, _, module = rest.partition(".")
            allowed = first in COMMON or first == stage or first in STAGES[stage]
            assert allowed, f"{path.relative_to(SOURCE)} imports {name}"
            if first in STAGES[stage] and module:
                assert module in STAGES[stage][first], f"{path.relative_to(SOURCE)} imports the workings of {first}"


def test_every_folder_with_code_is_a_stage_with_rules() -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/*.py")}
    assert folders - COMMON == set(STAGES)


def test_the_program_never_imports_what_is_made_for_making_it() -> None:
    for path in modules():
        assert not FOREIGN & {name.partition(".")[0] for name in imports(path)}, path


def test_what_all_stages_share_imports_nothing_of_whence() -> None:
    for path in (path for name in COMMON for path in (*SOURCE.glob(f"{name}.py"), *SOURCE.glob(f"{name}/*.py"))):
        assert not [m for m in imports(path) if m.startswith("whence") and m.split(".")[1] != path.parent.name], path


def test_only_the_reader_of_urls_opens_the_network() -> None:
    for path in modules():
        named = set(imports(path))
        opens = {name for name in named if name.partition(".")[0] in NETWORK or name.startswith("urllib.request")}
        if path == SOURCE / "web" / "server.py":
            assert opens == {"socket"}  # on which it listens
        elif path != SOURCE / "sources" / "web.py":
            assert not opens, f"{path.relative_to(SOURCE)} imports {opens}"


def test_the_public_api_is_the_documented_one() -> None:
    assert set(whence.__all__) == PUBLIC
    assert all(hasattr(whence, name) for name in PUBLIC)


def test_importing_whence_loads_nothing_heavy() -> None:
    heavy = ["numpy", "onnxruntime", "trafilatura", "htmldate", "lxml", "pyarrow", "yaml", "rich", "click"]
    code = f"import sys, whence; print(*[m for m in {heavy!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.split() == []


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, (*path, name))


@pytest.mark.parametrize(("path", "command"), [(" ".join(p), c) for p, c in commands(main)])
def test_every_command_shows_an_example_and_explains_its_options(path: str, command: click.Command) -> None:
    text = CliRunner().invoke(main, [*path.split(), "--help"]).stdout
    assert "Example" in text
    assert f"  whence {path}".rstrip() in text
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.name}"
