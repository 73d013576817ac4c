"""What whence knows before it reads: countries, actors, nouns that name agents, places.

The files are plain: tables (`*.tsv`) and one YAML. `load()` reads and checks them.
"""

from whence.knowledge.records import Country, Entry, Point
from whence.knowledge.sites import home_country
from whence.knowledge.store import Knowledge, load

__all__ = ["Country", "Entry", "Knowledge", "Point", "home_country", "load"]
