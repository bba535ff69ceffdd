-- An entry is known by (station, incarnation, number), and is kept to the letter
-- with what its chain binds.
CREATE TABLE history_of_incarnations (
    sequence     INTEGER PRIMARY KEY,
    station      TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL,
    -- The station's own entry ...
    incarnation  TEXT,
    entry        INTEGER,
    -- ... or what happened here, numbered without a gap for each station.
    publication  INTEGER,
    -- Gone with its salt when the law has had it erased.
    event        TEXT,
    salt         BLOB    CHECK (length(salt) = 16),
    -- None in what was kept before there were chains.
    commitment   BLOB    CHECK (length(commitment) = 32),
    CHECK ((entry IS NULL) <> (publication IS NULL)),
    CHECK ((entry IS NULL) = (incarnation IS NULL)),
    CHECK (event IS NOT NULL OR commitment IS NOT NULL),
    UNIQUE (station, incarnation, entry),
    UNIQUE (station, publication)
) STRICT;

-- What stations told before there were incarnations was told in their first.
INSERT INTO history_of_incarnations
    SELECT sequence, station, request_id, recorded_at,
           CASE WHEN entry IS NOT NULL THEN '00000000000000000000000000000000' END,
           entry, publication, event, NULL, NULL
    FROM history;

DROP TABLE history;
ALTER TABLE history_of_incarnations RENAME TO history;
CREATE INDEX history_request ON history (request_id, sequence);
