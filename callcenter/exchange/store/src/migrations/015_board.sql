-- What citizens write for the bulletin board, and what became of it.
CREATE TABLE posting (
    posting_id   TEXT    PRIMARY KEY, -- the station's own; told again it is the same one
    station      TEXT    NOT NULL,
    topic        TEXT    NOT NULL,
    district     TEXT,                -- a code of the catalogue; NULL for the whole city
    submitted_at INTEGER NOT NULL,    -- ms since the Unix epoch, as all times here
    -- Title and text as JSON; NULL when it was erased.
    words        TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX posting_submitted ON posting (submitted_at);

-- Facts: the last one counts.
CREATE TABLE posting_decision (
    posting_id TEXT    NOT NULL REFERENCES posting (posting_id),
    sequence   INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    who        TEXT    NOT NULL,
    decision   TEXT    NOT NULL CHECK (decision IN ('published', 'refused', 'taken_down')),
    reason     TEXT,    -- NULL where it was published
    until      INTEGER, -- when it goes by itself; NULL unless published
    PRIMARY KEY (posting_id, sequence)
) STRICT, WITHOUT ROWID;
