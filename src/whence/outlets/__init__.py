"""Forms in which codings leave whence for other programs: tables, GeoJSON, annotations, and a map as one HTML file."""

from whence.outlets.annotation import to_annotations
from whence.outlets.files import check_target, write_text, writing
from whence.outlets.flat import event_rows, statement_rows
from whence.outlets.gdelt import COLUMNS as GDELT_COLUMNS
from whence.outlets.gdelt import gdelt_rows
from whence.outlets.geojson import Collection, geojson_pieces, to_geojson
from whence.outlets.listing import articles_per_day, listed, without_words
from whence.outlets.map import to_html
from whence.outlets.parquet import tables_of, write_parquet
from whence.outlets.polecat import COLUMNS as POLECAT_COLUMNS
from whence.outlets.polecat import STATUSES as POLECAT_STATUSES
from whence.outlets.polecat import polecat_rows
from whence.outlets.wordless import without_text

__all__ = [
    "GDELT_COLUMNS",
    "POLECAT_COLUMNS",
    "POLECAT_STATUSES",
    "Collection",
    "articles_per_day",
    "check_target",
    "event_rows",
    "gdelt_rows",
    "geojson_pieces",
    "listed",
    "polecat_rows",
    "statement_rows",
    "tables_of",
    "to_annotations",
    "to_geojson",
    "to_html",
    "without_text",
    "without_words",
    "write_parquet",
    "write_text",
    "writing",
]
