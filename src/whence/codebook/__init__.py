"""The codebook: kinds of event as YAML that a user can read, edit and add to."""

from __future__ import annotations

from whence.codebook.beginning import begin
from whence.codebook.categories import Category, Codebook, Cue, Example, Mode, Narrowing, Test
from whence.codebook.describe import describe
from whence.codebook.loader import check, load

__all__ = ["Category", "Codebook", "Cue", "Example", "Mode", "Narrowing", "Test", "begin", "check", "describe", "load"]
