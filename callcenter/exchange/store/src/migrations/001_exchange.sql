-- Everything that happened to any request, in the order it became known here.
CREATE TABLE history (
    sequence     INTEGER PRIMARY KEY,
    station      TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL,
    -- The station's own entry ...
    entry        INTEGER,
    -- ... or what happened here, numbered without a gap for each station.
    publication  INTEGER,
    event        TEXT    NOT NULL,
    CHECK ((entry IS NULL) <> (publication IS NULL)),
    UNIQUE (station, entry),
    UNIQUE (station, publication)
) STRICT;

CREATE INDEX history_request ON history (request_id, sequence);

-- Requests the exchange has still to answer.
CREATE TABLE job (
    request_id TEXT PRIMARY KEY,
    station    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One number is one paper, for ever. `pdf` is empty while a number is reserved.
CREATE TABLE document (
    number     TEXT    PRIMARY KEY,
    request_id TEXT    NOT NULL,
    copy       INTEGER NOT NULL,
    pages      INTEGER NOT NULL DEFAULT 0,
    sha256     TEXT    NOT NULL DEFAULT '',
    pdf        BLOB,
    void       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (request_id, copy)
) STRICT;
