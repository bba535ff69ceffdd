-- Requests whose citizen went away with a claim ticket.
CREATE TABLE claim (
    code        TEXT    PRIMARY KEY, -- sixteen digits
    request_id  TEXT    NOT NULL UNIQUE,
    accepted_at INTEGER NOT NULL, -- by the station's clock
    -- What the last attempt at the network lacked.
    fault       TEXT,
    -- What the network answered, until it is on paper.
    record      TEXT,
    ready_at    INTEGER,
    -- Papers issued so far.
    issued      INTEGER NOT NULL DEFAULT 0,
    -- The one request that may collect now.
    collector   TEXT UNIQUE
) STRICT, WITHOUT ROWID;

-- What machines owe.
CREATE TABLE refund (
    code       TEXT    PRIMARY KEY,
    request_id TEXT    NOT NULL,
    amount_won INTEGER NOT NULL,
    -- As much of it as was given back.
    spent_won  INTEGER NOT NULL DEFAULT 0,
    -- The one request that may pay it out now.
    collector  TEXT UNIQUE,
    CHECK (spent_won BETWEEN 0 AND amount_won)
) STRICT, WITHOUT ROWID;

-- By which key a station's tickets are known; the first it told.
CREATE TABLE ticket_key (
    station    TEXT    PRIMARY KEY,
    public_key TEXT    NOT NULL, -- SubjectPublicKeyInfo in PEM
    told_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
