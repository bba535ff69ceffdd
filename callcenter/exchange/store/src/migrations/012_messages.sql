-- Text messages to citizens: which is due, and what became of it. Where it goes and
-- what it says is in the request's history alone, and goes with it.
CREATE TABLE message (
    message_id   INTEGER PRIMARY KEY,
    request_id   TEXT    NOT NULL,
    occasion     TEXT    NOT NULL, -- accepted, ready, declined
    arose_at     INTEGER NOT NULL, -- ms since the Unix epoch, as all times here
    -- Not to be handed over before.
    due_at       INTEGER NOT NULL,
    tries        INTEGER NOT NULL DEFAULT 0,
    -- Since when the carrier has it ready to go.
    laid_out_at  INTEGER,
    settled_at   INTEGER,
    settlement   TEXT,             -- handed_over, refused, expired, needless
    UNIQUE (request_id, occasion)
) STRICT;

CREATE INDEX message_due ON message (due_at) WHERE settled_at IS NULL;
