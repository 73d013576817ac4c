-- Version 1: articles with their codings, what the codings hold, and what became of every input.
-- docs/archive.md says what each table is for. Offsets are code points; days are YYYY-MM-DD.

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    whence TEXT NOT NULL,
    model TEXT NOT NULL,
    codebook TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    profiles TEXT
) STRICT;
CREATE UNIQUE INDEX versions_all ON versions (whence, model, codebook, knowledge, ifnull(profiles, ''));

-- An article as it was printed once. One text printed at two addresses is two articles, the later of them a copy.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,                    -- of the text
    name TEXT NOT NULL,                      -- the id that the article goes by outside
    url TEXT,
    title TEXT,
    published TEXT,
    modified TEXT,
    site TEXT,
    credit TEXT,
    language TEXT NOT NULL,
    copy_of TEXT,                            -- of a near-copy: sha256 of the text it is one of, coded or still to be
    versions INTEGER REFERENCES versions,    -- of a coded article: what made its coding
    CHECK ((copy_of IS NULL) = (versions IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX articles_printed ON articles (sha256, name, ifnull(url, ''));
CREATE UNIQUE INDEX articles_coded ON articles (sha256) WHERE copy_of IS NULL;
CREATE INDEX articles_copies ON articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_name ON articles (name);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_site ON articles (site COLLATE NOCASE);

-- The JSON of an article's coding, byte for byte, zlib-compressed; of a copy {"article": …} alone.
CREATE TABLE documents (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    json BLOB NOT NULL
) STRICT;

-- Titles and texts of coded articles by word. The words' own text is not kept here but in documents.
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');

-- Lines that are not the article's own; their words stand in the document.
CREATE TABLE excluded (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,               -- from 0, in the order of the document
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

-- Somebody, under one name: whoever has the same name, label, country and sector is the same row.
CREATE TABLE actors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    label TEXT,
    country TEXT,
    sector TEXT
) STRICT;
CREATE UNIQUE INDEX actors_all ON actors (name, ifnull(label, ''), ifnull(country, ''), ifnull(sector, ''));
CREATE INDEX actors_country ON actors (country, sector);
CREATE INDEX actors_sector ON actors (sector);
CREATE VIRTUAL TABLE actor_words USING fts5 (
    name, label, content='actors', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    begin INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors,
    PRIMARY KEY (article, begin, stop, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_actor ON mentions (actor, article);

-- A point of the gazetteer, or a name without one.
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    label TEXT,
    grain TEXT NOT NULL,
    country TEXT,
    geonames INTEGER,
    lat REAL,
    lon REAL
) STRICT;
CREATE UNIQUE INDEX places_all ON places (
    name, ifnull(label, ''), grain, ifnull(country, ''), ifnull(geonames, 0), ifnull(lat, 999.0), ifnull(lon, 999.0)
);
CREATE INDEX places_country ON places (country);
CREATE VIRTUAL TABLE place_boxes USING rtree (id, south, north, west, east);
CREATE VIRTUAL TABLE place_words USING fts5 (
    name, label, content='places', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE TABLE toponyms (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    begin INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    place INTEGER NOT NULL REFERENCES places,
    "use" TEXT NOT NULL,
    PRIMARY KEY (article, begin, stop, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX toponyms_place ON toponyms (place, article);

CREATE TABLE times (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL,                      -- t1, as in the coding
    begin INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    PRIMARY KEY (article, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL,                      -- s1, as in the coding
    form TEXT NOT NULL,
    commitment TEXT NOT NULL,
    within INTEGER REFERENCES statements ON DELETE SET NULL,
    confidence REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX statements_name ON statements (article, name);
CREATE INDEX statements_within ON statements (within) WHERE within IS NOT NULL;

-- A statement's chain: position 0 is the outermost holder, the last one the originator.
CREATE TABLE holders (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors,
    is_originator INTEGER NOT NULL,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX holders_actor ON holders (actor, statement);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL,                      -- e1, as in the coding
    begin INTEGER NOT NULL,                  -- of the trigger
    stop INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    quad INTEGER,
    status TEXT NOT NULL,
    intensity REAL,
    statement INTEGER REFERENCES statements ON DELETE SET NULL,
    first_day TEXT,                          -- of the event's time
    last_day TEXT,
    same_as TEXT,                            -- name of the event of this article that it tells again
    confidence REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_name ON events (article, name);
CREATE INDEX events_uid ON events (uid);
CREATE INDEX events_type ON events (type, mode);
CREATE INDEX events_quad ON events (quad);
CREATE INDEX events_status ON events (status);
CREATE INDEX events_mode ON events (mode) WHERE mode IS NOT NULL;
CREATE INDEX events_statement ON events (statement) WHERE statement IS NOT NULL;

-- First and last day of the events that have a time, as days since 0001-01-01; an open end is the farthest day.
CREATE VIRTUAL TABLE event_days USING rtree_i32 (id, first_day, last_day);

CREATE TABLE roles (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actors,
    begin INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_actor ON roles (actor, event);

CREATE TABLE event_places (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    place INTEGER NOT NULL REFERENCES places,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_places_place ON event_places (place, event);

CREATE TABLE contexts (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    context TEXT NOT NULL,
    PRIMARY KEY (event, context)
) STRICT, WITHOUT ROWID;
CREATE INDEX contexts_context ON contexts (context, event);

-- What became of every input: a name with its bytes. A failure gives way to the next outcome of its name.
CREATE TABLE inputs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,                    -- '' where there was nothing to read
    fate TEXT NOT NULL CHECK (fate IN ('coded', 'copy', 'not English', 'not an article', 'failed')),
    article_name TEXT,
    kind TEXT,
    message TEXT,
    article INTEGER REFERENCES articles ON DELETE CASCADE,
    CHECK (article IS NOT NULL OR fate NOT IN ('coded', 'copy'))
) STRICT;
CREATE UNIQUE INDEX inputs_all ON inputs (name, digest);
CREATE INDEX inputs_digest ON inputs (digest);
CREATE INDEX inputs_fate ON inputs (fate, kind);
CREATE INDEX inputs_article ON inputs (article) WHERE article IS NOT NULL;

-- The lines that repeat over the pages of a site, by which lines were left out last.
CREATE TABLE profiles (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
