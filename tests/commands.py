"""The command line, run in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from whence.cli import main


def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    """The result of a command; whatever it raises but an exit fails the test."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
