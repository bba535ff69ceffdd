-- Everything that matters of a visit, in the order it happened here.
CREATE TABLE journal (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, this station's clock
    number      INTEGER UNIQUE,   -- of what happened here: 1, 2, 3 … without a gap
    publication INTEGER UNIQUE,   -- of what the exchange told: its own gapless number
    event       TEXT    NOT NULL, -- RequestEvent as JSON
    CHECK ((number IS NULL) <> (publication IS NULL))
) STRICT;

CREATE INDEX journal_of_request ON journal (request_id, sequence);

-- How far the exchange has confirmed what happened here; the rest is the outbox.
CREATE TABLE outbox (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    acknowledged INTEGER NOT NULL
) STRICT;
INSERT INTO outbox VALUES (1, 0);

CREATE VIEW open_requests AS
    SELECT request_id, min(sequence) AS opened_at
    FROM journal
    GROUP BY request_id
    HAVING sum(json_extract(event, '$.type') = 'closed') = 0
    ORDER BY opened_at;

CREATE VIEW pending AS
    SELECT number, request_id, recorded_at, event
    FROM journal
    WHERE number > (SELECT acknowledged FROM outbox)
    ORDER BY number;
