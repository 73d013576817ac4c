"""The incidents of codings of any number, by Spark's shuffle: those that the local archive has.

Accounts meet by the keys of `incidents.blocking`; pairs with points enough are links; what hangs together by links is
joined where it has been brought together. No account comes to the driver.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from whence import incidents
from whence.archive.documents import from_plain
from whence.incidents import Account, Link
from whence.records import Coding
from whence.scale.spark_graph import components
from whence.scale.spark_rows import Row, grouped, mapped

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


class _Every:
    """Holds every key: with it, accounts are compared for no other reason than that their article tells one again."""

    def __contains__(self, key: object) -> bool:
        return True


def gathered(codings: DataFrame, sites: DataFrame, folder: str) -> DataFrame:
    """The incidents (`id`, and the `incident` as JSON) of `coding`s as JSON.

    `sites` has the `outlets` of the near-copies of each `text`; `folder` is for what is found on the way.
    """
    from pyspark.sql import functions as f

    accounts = mapped(codings.select("coding"), _accounts, _account_schema())
    accounts.write.mode("overwrite").parquet(f"{folder}/accounts")
    accounts = codings.sparkSession.read.parquet(f"{folder}/accounts")
    links = _links(accounts)
    links.write.mode("overwrite").parquet(f"{folder}/links")
    links = codings.sparkSession.read.parquet(f"{folder}/links")
    labels = components(links.select("a", "b"), folder).withColumnRenamed("node", "uid")
    nothing = f.lit(None)
    members = (
        accounts.join(labels, "uid", "left")
        .join(sites, "text", "left")
        .select(
            f.coalesce("label", "uid").alias("label"), "uid", "account", "text", "outlets",
            nothing.cast("string").alias("b"), nothing.cast("double").alias("points"),
        )
    )  # fmt: skip
    joints = links.join(labels.withColumnRenamed("uid", "a"), "a").select(
        "label", f.col("a").alias("uid"), nothing.cast("binary").alias("account"), nothing.cast("string").alias("text"),
        nothing.cast("array<string>").alias("outlets"), "b", "points",
    )  # fmt: skip
    return grouped(members.unionAll(joints), "label", ["uid", "b"], _joined, _incident_schema())


def _links(accounts: DataFrame) -> DataFrame:
    """The pairs of accounts with points enough."""
    from pyspark.sql import functions as f

    by_key = accounts.select("uid", f.explode("keys").alias("key"))
    sharing = by_key.groupBy("key").count().where(f"count > 1 and count <= {incidents.MOST_SHARING}").select("key")
    met = by_key.join(sharing, "key").join(accounts.select("uid", "account"), "uid")
    of_keys = grouped(met, "key", ["uid"], _linked, _link_schema())
    told = grouped(accounts.select("text", "uid", "account"), "text", ["uid"], _retold, _link_schema())
    return of_keys.unionAll(told).dropDuplicates(["a", "b"])


def _accounts(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        coding = from_plain(Coding, json.loads(row["coding"]))
        for account in incidents.accounts(coding):
            slim = replace(account, article=replace(account.article, text="", excluded=()))  # read, and wanted no more
            keys = sorted(incidents.keys(account))
            yield {"uid": account.uid, "text": coding.article.sha256, "keys": keys, "account": pickle.dumps(slim)}


def _linked(key: int, rows: Iterator[Row]) -> Iterator[Row]:
    """The links among all accounts that share a key, for no other reason than it."""

    def held(account: Account) -> frozenset[int]:
        return incidents.keys(account) & {key, key - 1} if key & 1 else frozenset({key})

    yield from _rows(incidents.links(map(_account, rows), common=frozenset(), keys_of=held))


def _retold(_: Any, rows: Iterator[Row]) -> Iterator[Row]:
    """The links among the accounts of one article."""
    yield from _rows(incidents.links(map(_account, rows), common=_Every()))


def _rows(links: list[Link]) -> Iterator[Row]:
    return ({"a": link.a, "b": link.b, "points": link.points} for link in links)


def _account(row: Row) -> Account:
    made: Account = pickle.loads(row["account"])  # of this very run: what Spark shuffles of it, `_accounts` has made
    return made


def _joined(_: Any, rows: Iterator[Row]) -> Iterator[Row]:
    """The incidents of accounts and links that hang together."""
    accounts, links, outlets = [], [], {}
    for row in rows:
        if row["account"] is None:
            links.append(Link(row["uid"], row["b"], row["points"]))
        else:
            accounts.append(_account(row))
            if row["outlets"]:
                outlets[row["text"]] = tuple(row["outlets"])
    for group in incidents.join(accounts, links):
        incident = incidents.summarise(group, outlets)
        yield {"id": incident.id, "incident": json.dumps(incident.to_dict(), ensure_ascii=False)}


def _account_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [("uid", pa.string()), ("text", pa.string()), ("keys", pa.list_(pa.int64())), ("account", pa.binary())]
    )


def _link_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("a", pa.string()), ("b", pa.string()), ("points", pa.float64())])


def _incident_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("id", pa.string()), ("incident", pa.string())])
