"""Many documents at once: a pool of processes that can be ended, and the function that they and Spark run."""

from __future__ import annotations

from whence.scale.pool import Pool

__all__ = ["Pool"]
