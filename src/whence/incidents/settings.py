"""The points of `joining.yaml`, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def settings() -> dict[str, Any]:
    """The file as it stands."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(files("whence.incidents").joinpath("joining.yaml").read_text("utf8"))
    return loaded


@cache
def family(type: str) -> str:
    """What types that can tell of one happening have in common: the first of their group, or the type itself."""
    return next((group[0] for group in settings()["compatible"] if type in group), type)
