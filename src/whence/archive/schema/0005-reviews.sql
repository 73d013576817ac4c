-- Version 5: what users said of events. Rows are only added; taking one back is noted beside it.

-- A review speaks of the article's text and the trigger's place in it, so it outlives the coding: it belongs to the event
-- with that uid, or else to one of the type whose trigger overlaps (whence.archive.reviews).
CREATE TABLE reviews (
    id TEXT PRIMARY KEY,                     -- a hash of what it says, who says so and when
    article TEXT NOT NULL,                   -- sha256 of the text
    event TEXT NOT NULL,                     -- uid of the event as it was then, with begin, stop and type
    begin INTEGER NOT NULL,                  -- of the trigger
    stop INTEGER NOT NULL,
    type TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject', 'correct')),
    slot TEXT,                               -- null: the event as a whole
    value TEXT,                              -- of a correction: the slot as it ought to be, JSON
    judged TEXT NOT NULL,                    -- the slots of which it speaks, as they were coded then, JSON
    who TEXT NOT NULL,
    at TEXT NOT NULL,                        -- ISO 8601, UTC
    note TEXT,
    undone_by TEXT,
    undone_at TEXT,
    CHECK ((verdict = 'correct') = (value IS NOT NULL)),
    CHECK (verdict <> 'correct' OR slot IS NOT NULL),
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_article ON reviews (article, at);
CREATE INDEX reviews_event ON reviews (event);
CREATE INDEX reviews_who ON reviews (who);
