-- Whose memory this is, and which of its lives.
CREATE TABLE identity (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL
) STRICT;

-- What happened here, each entry chained to the one before it.
CREATE TABLE entry (
    number      INTEGER PRIMARY KEY CHECK (number > 0), -- 1, 2, 3 … without a gap
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, this station's clock
    salt        BLOB    CHECK (length(salt) = 16),
    body        TEXT,             -- RequestEvent as JSON; gone with its salt when erased
    commitment  BLOB    NOT NULL CHECK (length(commitment) = 32),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32), -- of the chain up to here
    CHECK ((salt IS NULL) = (body IS NULL))
) STRICT;

CREATE INDEX entry_of_request ON entry (request_id, number);

-- What the exchange told.
CREATE TABLE publication (
    number      INTEGER PRIMARY KEY CHECK (number > 0), -- the exchange's own, without a gap
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, the exchange's clock
    after_entry INTEGER NOT NULL, -- the newest entry when this arrived
    event       TEXT    NOT NULL  -- RequestEvent as JSON
) STRICT;

CREATE INDEX publication_of_request ON publication (request_id, number);

-- Requests that were opened and not closed; kept in step with `entry`.
CREATE TABLE open_request (
    request_id TEXT    PRIMARY KEY,
    opened_by  INTEGER NOT NULL -- the entry's number
) STRICT, WITHOUT ROWID;

INSERT INTO publication
    SELECT publication, request_id, recorded_at, entries, event
    FROM (SELECT *, coalesce(max(number) OVER (ORDER BY sequence), 0) AS entries FROM journal)
    WHERE publication IS NOT NULL;

INSERT INTO open_request
    SELECT request_id, min(number)
    FROM journal
    WHERE request_id IN (SELECT request_id FROM open_requests) AND number IS NOT NULL
    GROUP BY request_id;

DROP VIEW open_requests;
DROP VIEW pending;

-- An entry is for ever; only what it says of a person may be erased.
CREATE TRIGGER entry_follows_the_one_before BEFORE INSERT ON entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
BEGIN
    SELECT raise(ABORT, 'an entry follows the one before');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT raise(ABORT, 'an entry is never deleted');
END;

CREATE TRIGGER entry_is_never_altered BEFORE UPDATE ON entry
WHEN NOT (
    NEW.number = OLD.number
    AND NEW.request_id = OLD.request_id
    AND NEW.recorded_at = OLD.recorded_at
    AND NEW.commitment = OLD.commitment
    AND NEW.hash = OLD.hash
    AND NEW.salt IS NULL
    AND NEW.body IS NULL
)
BEGIN
    SELECT raise(ABORT, 'an entry is never altered');
END;
