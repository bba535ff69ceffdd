-- Two-person checks: who was believed without a card, by whom and after what.

-- By which a resident number becomes a digest; of this store alone.
CREATE TABLE check_key (
    key BLOB NOT NULL
) STRICT;
INSERT INTO check_key (key) VALUES (randomblob(32));

CREATE TABLE identity_check (
    check_id     TEXT    PRIMARY KEY,
    kiosk        TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    -- The resident number's digest; NULL when nobody may be found by it any more.
    subject      BLOB,
    opened_at    INTEGER NOT NULL, -- ms since the Unix epoch, as all times here
    is_a_try     INTEGER NOT NULL DEFAULT 1, -- one of the day's
    passed_at    INTEGER,
    ended_at     INTEGER,
    -- Since when the request relies on it.
    relied_on_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_check_subject ON identity_check (subject, opened_at);
CREATE INDEX identity_check_kiosk ON identity_check (kiosk, opened_at);
CREATE INDEX identity_check_open ON identity_check (check_id)
    WHERE passed_at IS NULL AND ended_at IS NULL;

CREATE TABLE identity_check_fact (
    check_id TEXT    NOT NULL REFERENCES identity_check (check_id),
    sequence INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    fact     TEXT    NOT NULL, -- names agents and desks, never the citizen
    PRIMARY KEY (check_id, sequence)
) STRICT, WITHOUT ROWID;
