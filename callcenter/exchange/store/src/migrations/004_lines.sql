-- A station as it is looked upon here.
CREATE TABLE station (
    station        TEXT    PRIMARY KEY,
    -- The journal that began last; none before the first hello.
    incarnation    TEXT,
    -- Why nothing is taken over from it until a person has looked.
    quarantine     TEXT,
    quarantined_at INTEGER,
    -- The newest publication made for it, and the newest it has confirmed.
    published      INTEGER NOT NULL DEFAULT 0,
    received       INTEGER NOT NULL DEFAULT 0,
    release        TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

INSERT INTO station (station, published)
    SELECT station, coalesce(max(publication), 0) FROM history GROUP BY station;

-- How far each journal of a station has been taken over: all that is needed to
-- know an entry again, for ever.
CREATE TABLE life (
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    hash        BLOB    NOT NULL CHECK (length(hash) = 32), -- of the chain there
    began_at    INTEGER NOT NULL,
    -- Moved on by every offer, also when all of it was known: what is
    -- acknowledged has been written.
    heard_at    INTEGER NOT NULL,
    offers      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (station, incarnation)
) STRICT, WITHOUT ROWID;

-- Both times are kept: the station's clock may be wrong.
ALTER TABLE history ADD COLUMN received_at INTEGER;
-- Of the chain up to an entry.
ALTER TABLE history ADD COLUMN hash BLOB CHECK (length(hash) = 32);

-- What came before there were chains can be continued by no station.
UPDATE history SET incarnation = 'unchained' WHERE entry IS NOT NULL;

-- Whose a request is, and whether it is over.
CREATE TABLE owner (
    request_id TEXT    PRIMARY KEY,
    station    TEXT    NOT NULL,
    closed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

INSERT INTO owner
    SELECT request_id, station, max(event ->> '$.type' = 'closed')
    FROM history WHERE entry IS NOT NULL GROUP BY request_id;

-- What stations are told besides what happens to their requests; numbered
-- together with that.
CREATE TABLE announcement (
    station     TEXT    NOT NULL,
    publication INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    content     TEXT    NOT NULL, -- Announcement as JSON
    PRIMARY KEY (station, publication)
) STRICT, WITHOUT ROWID;

-- Entries that have their place in the sequence and could not be applied.
CREATE TABLE wedged (
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL,
    entry       INTEGER NOT NULL,
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    content     TEXT    NOT NULL, -- of the entry, as JSON
    commitment  BLOB    NOT NULL CHECK (length(commitment) = 32),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    reason      TEXT    NOT NULL, -- Reason as JSON
    state       TEXT    NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'applied', 'discarded')),
    PRIMARY KEY (station, incarnation, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX wedged_request ON wedged (request_id, station, entry) WHERE state = 'held';

-- What a station in quarantine offers; of two with one identity both.
CREATE TABLE aside (
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL,
    entry       INTEGER NOT NULL,
    commitment  BLOB    NOT NULL CHECK (length(commitment) = 32),
    received_at INTEGER NOT NULL,
    content     TEXT    NOT NULL, -- the whole entry as JSON
    PRIMARY KEY (station, incarnation, entry, commitment)
) STRICT, WITHOUT ROWID;

-- Who did what by hand.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    who      TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    subject  TEXT    NOT NULL
) STRICT;
