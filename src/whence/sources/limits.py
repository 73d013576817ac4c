"""How much of an input is read before it is refused. `docs/security.md` says what each costs."""

from __future__ import annotations

DOCUMENT_BYTES = 20_000_000
"""Bytes of one document (a page, a row of JSONL), after decompression. Real pages are under 5 MB."""
JSON_BYTES = 200_000_000
"""Bytes of one `.json` file, which is read whole."""
HTML_DEPTH = 1_000
"""Elements inside each other. Browsers and real pages stay under 512."""
FETCH_SECONDS = 30.0
"""How long a server may be silent."""
REDIRECTS = 5
"""How often a server may send us elsewhere."""
