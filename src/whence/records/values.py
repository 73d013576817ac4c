"""The values of fields that are one of a few words, or a stretch of text."""

from __future__ import annotations

from typing import Literal

Span = tuple[int, int]
"""Begin and end in code points; the end is exclusive."""

Status = Literal["happened", "ongoing", "planned", "threatened", "demanded", "predicted", "hypothetical", "denied"]
Form = Literal["direct", "indirect", "mixed"]
Commitment = Literal["plain", "hedged", "distanced", "denied", "unverified"]
Grain = Literal["city", "admin1", "country", "region", "other"]
PlaceUse = Literal["literal", "adjective", "government"]
Fate = Literal["coded", "copy", "not English", "not an article", "failed"]
"""What can become of an input; each ends as exactly one of them."""
Slot = Literal["who", "to whom", "where", "when", "how many", "with what", "whether"]
Grade = Literal["wording", "detail", "contradiction", "development"]
"""`wording`: one thing, spelt in two ways; `detail`: near each other, and yet not the same; `contradiction`: both
cannot be; `development`: later reports say more, as a toll rises."""
CountOf = Literal["killed", "wounded", "missing", "detained", "displaced", "taking part"]
