"""Files on any Hadoop file system, through Spark's own client of it: listed, renamed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Files:
    """One folder of a Hadoop file system (`hdfs://…`, `s3a://…`, a path), made if there is none."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        context: Any = spark.sparkContext
        self._path = context._jvm.org.apache.hadoop.fs.Path
        root = self._path(folder)
        self._system = root.getFileSystem(context._jsc.hadoopConfiguration())
        self._root = self._system.makeQualified(root)
        self._system.mkdirs(self._root)

    def at(self, *parts: str) -> str:
        """The address of something in the folder."""
        return "/".join((self._root.toString(), *parts))

    def names(self, folder: str) -> list[str]:
        """What a folder in it holds, sorted; nothing, if there is no such folder."""
        path = self._path(self.at(folder))
        if not self._system.exists(path):
            return []
        return sorted(status.getPath().getName() for status in self._system.listStatus(path))

    def move(self, source: str, target: str) -> None:
        """Gives something its final name, in one step where the file system can; if it is there, it stays as it is."""
        path = self._path(self.at(target))
        self._system.mkdirs(path.getParent())
        if not self._system.rename(self._path(self.at(source)), path) and not self._system.exists(path):
            raise OSError(f"{self.at(source)} could not be renamed to {path.toString()}")

    def replace(self, source: str, target: str) -> None:
        """Puts a folder in the place of another."""
        self.delete(target)
        self.move(source, target)

    def delete(self, name: str) -> None:
        """Deletes a file or folder with all that it holds."""
        self._system.delete(self._path(self.at(name)), True)
