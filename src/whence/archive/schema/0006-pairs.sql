-- Version 6: how often who acts on whom, counted while articles come and go, for the matrix of actors.
--
-- `kind` says what actors are put together by: 'who' (the label, or without one the name), 'country', 'sector'. An event
-- counts once for each different pair of somebody who acts and somebody acted on; whoever lacks a country or sector
-- counts in no pair of that kind. `archive/pairing.py` keeps both tables in step.

CREATE TABLE pair_counts (
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    recipient TEXT NOT NULL,
    quad INTEGER NOT NULL,                   -- 0 where the type has none
    events INTEGER NOT NULL,
    PRIMARY KEY (kind, actor, recipient, quad)
) STRICT, WITHOUT ROWID;

-- The events of all pairs of one side and of the other, summed up: who has most of them goes into the matrix.
CREATE TABLE pair_sums (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_sums_most ON pair_sums (kind, events DESC, name);

INSERT INTO pair_counts
    SELECT 'who', ifnull(x.label, x.name), ifnull(y.label, y.name), ifnull(quad, 0), count(DISTINCT events.id)
    FROM events
    JOIN roles AS a ON a.event = events.id AND a.side = 'actor' JOIN actors AS x ON x.id = a.actor
    JOIN roles AS r ON r.event = events.id AND r.side = 'recipient' JOIN actors AS y ON y.id = r.actor
    GROUP BY 2, 3, 4;
INSERT INTO pair_counts
    SELECT 'country', x.country, y.country, ifnull(quad, 0), count(DISTINCT events.id)
    FROM events
    JOIN roles AS a ON a.event = events.id AND a.side = 'actor' JOIN actors AS x ON x.id = a.actor
    JOIN roles AS r ON r.event = events.id AND r.side = 'recipient' JOIN actors AS y ON y.id = r.actor
    WHERE x.country IS NOT NULL AND y.country IS NOT NULL
    GROUP BY 2, 3, 4;
INSERT INTO pair_counts
    SELECT 'sector', x.sector, y.sector, ifnull(quad, 0), count(DISTINCT events.id)
    FROM events
    JOIN roles AS a ON a.event = events.id AND a.side = 'actor' JOIN actors AS x ON x.id = a.actor
    JOIN roles AS r ON r.event = events.id AND r.side = 'recipient' JOIN actors AS y ON y.id = r.actor
    WHERE x.sector IS NOT NULL AND y.sector IS NOT NULL
    GROUP BY 2, 3, 4;
INSERT INTO pair_sums
    SELECT kind, name, sum(events) FROM (
        SELECT kind, actor AS name, events FROM pair_counts
        UNION ALL SELECT kind, recipient, events FROM pair_counts)
    GROUP BY 1, 2;

-- Tellings of one happening are found by other rules than before: incidents are made anew with the next batch.
INSERT OR IGNORE INTO unjoined SELECT id FROM events;
