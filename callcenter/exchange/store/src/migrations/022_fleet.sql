-- What machines in the field have told of themselves last.
CREATE TABLE machine (
    station         TEXT    PRIMARY KEY,
    report          TEXT,    -- fleet::Report as JSON
    reported_at     INTEGER, -- ms since the Unix epoch
    commissioning   TEXT,    -- fleet::Commissioning as JSON
    commissioned_at INTEGER
) STRICT, WITHOUT ROWID;

-- Versions that failed at a machine, each once, with what it said then.
CREATE TABLE rollback (
    station   TEXT    NOT NULL,
    failed    TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    rollback  TEXT    NOT NULL, -- fleet::Rollback as JSON
    PRIMARY KEY (station, failed, happened_at)
) STRICT, WITHOUT ROWID;

-- What operators have ordered, as it was signed, and what came of it.
CREATE TABLE machine_order (
    id          TEXT    PRIMARY KEY,
    station     TEXT    NOT NULL,
    deed        TEXT    NOT NULL, -- fleet::Deed
    operator    TEXT    NOT NULL,
    given_at    INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    signed      BLOB    NOT NULL,
    outcome     TEXT,            -- fleet::Outcome as JSON, once it is told
    answered_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX machine_order_station ON machine_order (station, given_at);
