"""Where users' own data lie: lists of actors, a gazetteer of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folder() -> Path:
    """The user's data folder, which need not exist: `WHENCE_HOME` if set, else the platform's usual one."""
    if named := os.environ.get("WHENCE_HOME"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "whence"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "whence"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "whence"
