-- Version 3: incidents, which follow from the events and from what users ruled, and are made anew where these change.

-- The keys under which an event is looked for among tellings of one happening (whence.incidents.blocking).
CREATE TABLE incident_keys (
    key INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    PRIMARY KEY (key, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_keys_event ON incident_keys (event);

-- Pairs of events that have points enough to be of one happening.
CREATE TABLE incident_links (
    a INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    points REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_links_b ON incident_links (b, a);

CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,               -- the id that it goes by outside
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    tellings INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    party_only INTEGER NOT NULL,
    discrepancies INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    json BLOB NOT NULL                       -- the whole incident, zlib-compressed
) STRICT;
CREATE INDEX incidents_articles ON incidents (articles);
CREATE INDEX incidents_origins ON incidents (origins);
CREATE INDEX incidents_contradictions ON incidents (contradictions) WHERE contradictions > 0;

CREATE TABLE tellings (
    event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
    incident INTEGER NOT NULL REFERENCES incidents ON DELETE CASCADE
) STRICT;
CREATE INDEX tellings_incident ON tellings (incident);

-- What users said of two events, by uid, the lower first: one happening or two. Their last word holds.
CREATE TABLE rulings (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    is_one INTEGER NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,                        -- ISO 8601, UTC
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX rulings_b ON rulings (b);

-- Events whose incidents are to be made anew before the batch ends.
CREATE TABLE unjoined (event INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE) STRICT;
INSERT INTO unjoined SELECT id FROM events;
CREATE TRIGGER events_join AFTER INSERT ON events BEGIN
    INSERT OR IGNORE INTO unjoined VALUES (new.id);
END;
CREATE TRIGGER tellings_part AFTER DELETE ON tellings BEGIN
    INSERT OR IGNORE INTO unjoined
        SELECT event FROM tellings WHERE incident = old.incident AND event IN (SELECT id FROM events);
END;
CREATE TRIGGER tellings_last AFTER DELETE ON tellings
    WHEN NOT EXISTS (SELECT 1 FROM tellings WHERE incident = old.incident) BEGIN
    DELETE FROM incidents WHERE id = old.incident;
END;
CREATE TRIGGER articles_copied AFTER INSERT ON articles WHEN new.copy_of IS NOT NULL BEGIN
    INSERT OR IGNORE INTO unjoined
        SELECT events.id FROM events JOIN articles ON articles.id = article
        WHERE articles.sha256 = new.copy_of AND articles.copy_of IS NULL;
END;
CREATE TRIGGER articles_uncopied AFTER DELETE ON articles WHEN old.copy_of IS NOT NULL BEGIN
    INSERT OR IGNORE INTO unjoined
        SELECT events.id FROM events JOIN articles ON articles.id = article
        WHERE articles.sha256 = old.copy_of AND articles.copy_of IS NULL;
END;
