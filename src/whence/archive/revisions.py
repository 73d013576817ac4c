"""Versions of an article: other texts that stood at the same address.

They follow each other by the day of their last change, else of publication; where that is the same by the SHA-256 of
their texts, for an archive does not depend on the order in which they came. A version is superseded by a later one, but
not by one that is its own near-copy: that has no coding, and stands for the same words.
"""

from __future__ import annotations

_ORDER = "(ifnull({0}.modified, ifnull({0}.published, '')), {0}.sha256)"


def earlier(row: str) -> str:
    """SQL on a row of `articles`: how many versions of it came before."""
    return f"""(SELECT count(DISTINCT v.sha256) FROM articles AS v WHERE v.url = {row}.url
                AND {_ORDER.format("v")} < {_ORDER.format(row)})"""


def count(row: str) -> str:
    """SQL on a row of `articles`: how many versions of it there are, itself included."""
    return f"max(1, (SELECT count(DISTINCT v.sha256) FROM articles AS v WHERE v.url = {row}.url))"


def superseding(row: str) -> str:
    """SQL on a row of `articles`: a query for the SHA-256 of the last version that supersedes it."""
    return f"""SELECT v.sha256 FROM articles AS v
               WHERE v.url = {row}.url AND {_ORDER.format("v")} > {_ORDER.format(row)}
                 AND ifnull(v.copy_of, v.sha256) <> ifnull({row}.copy_of, {row}.sha256)
               ORDER BY ifnull(v.modified, ifnull(v.published, '')) DESC, v.sha256 DESC LIMIT 1"""
