-- What could be read of journals that were damaged, under their own numbers.
-- It leaves when the exchange has it.
CREATE TABLE salvaged (
    incarnation TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, this station's clock
    salt        BLOB,
    body        TEXT,
    commitment  BLOB    NOT NULL,
    hash        BLOB    NOT NULL,
    chained     INTEGER NOT NULL, -- 1 up to the first damage
    PRIMARY KEY (incarnation, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX salvaged_of_request ON salvaged (request_id, incarnation, number);
