-- A petition with a receipt number stays when its station's part is over: its office
-- answers, and its citizen may rate the answer or appeal. All columns follow from its
-- facts; they are here to be found by.
ALTER TABLE petition ADD COLUMN receipt TEXT;         -- sixteen digits
ALTER TABLE petition ADD COLUMN office TEXT;          -- none until it is routed
ALTER TABLE petition ADD COLUMN due_at INTEGER;
ALTER TABLE petition ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE petition ADD COLUMN open_until INTEGER;   -- of an answered one
ALTER TABLE petition ADD COLUMN leading TEXT;         -- the one it is handled together with
ALTER TABLE petition ADD COLUMN concluded INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX petition_receipt ON petition (receipt) WHERE receipt IS NOT NULL;
CREATE INDEX petition_unrouted ON petition (submitted_at) WHERE due_at IS NULL AND NOT concluded;
CREATE INDEX petition_answered ON petition (open_until) WHERE answered AND NOT concluded;
CREATE INDEX petition_leading ON petition (leading) WHERE leading IS NOT NULL;

-- What happened to petitions here and no station is told.
CREATE TABLE petition_fact (
    request_id  TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    event       TEXT,             -- gone when the law has had it erased
    PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;

-- Files that came with petitions or that agents laid to them, by their digests.
CREATE TABLE attachment (
    attachment_id INTEGER PRIMARY KEY,
    request_id    TEXT    NOT NULL,
    sha256        TEXT    NOT NULL,
    media_type    TEXT    NOT NULL, -- as its own first bytes say
    received_at   INTEGER NOT NULL,
    content       BLOB    NOT NULL,
    UNIQUE (request_id, sha256)
) STRICT;
