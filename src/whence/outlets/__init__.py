"""Forms in which codings leave whence for other programs: GeoJSON, and a map as one HTML file."""

from whence.outlets.files import check_target, write_text
from whence.outlets.geojson import Collection, to_geojson
from whence.outlets.map import to_html

__all__ = ["Collection", "check_target", "to_geojson", "to_html", "write_text"]
