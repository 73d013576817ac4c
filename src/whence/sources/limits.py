"""How much of an input is read before it is refused. `docs/security.md` says what each costs."""

from __future__ import annotations

DOCUMENT_BYTES = 20_000_000
"""Bytes of one document (a page, a row of JSONL), after decompression. Real pages are under 5 MB."""
JSON_BYTES = 200_000_000
"""Bytes of one `.json` file, which is read whole."""
HTML_DEPTH = 250
"""Elements inside each other. The parser gives up at 256 and would drop the rest of the page without a word."""
HTML_ELEMENTS = 100_000
"""Elements of a page, for telling the article from the rest takes more than linear time. Real pages stay under
20,000."""
TAG_ATTRIBUTES = 1_000
"""Attributes of one tag, for the parser compares each with all others."""
FETCH_SECONDS = 30.0
"""How long a server may be silent."""
REDIRECTS = 5
"""How often a server may send us elsewhere."""
