-- Version 4: how many events there are, counted while articles come and go, so that an overview need not read them
-- all; and a bound on what incidents cost. Incidents are made anew, for what is compared has changed.
--
-- An event counts under the days of its time, '' standing for an open end and twice for no time. It counts once under
-- the country '' and once under each country of its actors and recipients, so rows of country '' sum up to the number of
-- events, and those of 'SYR' to the number that `archive.events(country="SYR")` gives. `archive/counting.py` keeps both
-- tables in step; pairs of actors are counted by `archive/pairing.py` (0006-pairs.sql). Conditions on one country, days, type, quad and status can be answered from here; any other has to be
-- counted over the events that it finds.

CREATE TABLE day_counts (
    country TEXT NOT NULL,                   -- '' for all events
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    type TEXT NOT NULL,
    quad INTEGER NOT NULL,                   -- 0 where the type has none
    status TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (country, first_day, last_day, type, quad, status)
) STRICT, WITHOUT ROWID;

-- The same over all days: some thousand rows.
CREATE TABLE country_counts (
    country TEXT NOT NULL,
    type TEXT NOT NULL,
    quad INTEGER NOT NULL,
    status TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (country, type, quad, status)
) STRICT, WITHOUT ROWID;

INSERT INTO day_counts
    SELECT '', ifnull(first_day, ''), ifnull(last_day, ''), type, ifnull(quad, 0), status, count(*)
    FROM events GROUP BY 2, 3, 4, 5, 6;
INSERT INTO day_counts
    SELECT actors.country, ifnull(first_day, ''), ifnull(last_day, ''), type, ifnull(quad, 0), status,
           count(DISTINCT events.id)
    FROM events JOIN roles ON event = events.id JOIN actors ON actors.id = actor
    WHERE actors.country IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO country_counts
    SELECT country, type, quad, status, sum(events) FROM day_counts GROUP BY country, type, quad, status;

-- Whoever goes by a label, or without one by a name.
CREATE INDEX actors_called ON actors (ifnull(label, name));

-- Keys of incidents that too many events share to be a reason for comparing them; and those whose number changed in
-- this batch.
CREATE TABLE common_keys (key INTEGER PRIMARY KEY) STRICT;
CREATE TABLE changed_keys (key INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER incident_keys_more AFTER INSERT ON incident_keys BEGIN
    INSERT OR IGNORE INTO changed_keys VALUES (new.key);
END;
CREATE TRIGGER incident_keys_fewer AFTER DELETE ON incident_keys BEGIN
    INSERT OR IGNORE INTO changed_keys VALUES (old.key);
END;

-- As in version 3, but it looks for the event that it is about alone: there, each telling that went read all events.
DROP TRIGGER tellings_part;
CREATE TRIGGER tellings_part AFTER DELETE ON tellings BEGIN
    INSERT OR IGNORE INTO unjoined
        SELECT event FROM tellings
        WHERE incident = old.incident AND EXISTS (SELECT 1 FROM events WHERE events.id = tellings.event);
END;
DELETE FROM incident_keys;
DELETE FROM incident_links;
INSERT OR IGNORE INTO unjoined SELECT id FROM events;
