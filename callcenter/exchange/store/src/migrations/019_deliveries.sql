-- Documents on their way to agencies. Each is offered, always under the same id, until the
-- agency has acknowledged it.
CREATE TABLE delivery (
    delivery_id TEXT    PRIMARY KEY, -- a UUID; the agency takes each once
    request_id  TEXT    NOT NULL,    -- with whose documents it is erased
    number      TEXT    NOT NULL,    -- the document
    recipient   TEXT    NOT NULL,    -- id of the agency in the exchange's list
    agent       TEXT    NOT NULL,    -- who has taken the citizen's consent
    container   BLOB,                -- ASiC-E: document and consent; NULL when erased
    arose_at    INTEGER NOT NULL,    -- ms since the Unix epoch
    due_at      INTEGER NOT NULL,    -- of the next attempt
    tries       INTEGER NOT NULL DEFAULT 0,
    settlement  TEXT,                -- JSON: delivered, refused, expired
    settled_at  INTEGER,
    receipt     BLOB                 -- ASiC-E, signed by the agency
) STRICT;

CREATE INDEX delivery_due ON delivery (due_at) WHERE settled_at IS NULL;
CREATE INDEX delivery_of_request ON delivery (request_id);
