"""Records as plain values."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any


def to_plain(value: Any) -> Any:
    """A record, or a tuple of them, as plain dicts, lists and scalars; keys are field names in order."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    names = _field_names(kind)
    return {name: to_plain(getattr(value, name)) for name in names} if names else value


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """The fields of a record, in order; none of what is no record."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
