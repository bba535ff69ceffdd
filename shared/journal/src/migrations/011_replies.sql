-- Answers to petitions of other stations, as agents wrote them here, until the exchange
-- has them. They say something of people: each is erased then.
CREATE TABLE reply (
    request_id TEXT    PRIMARY KEY,
    agent      TEXT    NOT NULL,
    written_at INTEGER NOT NULL, -- ms since the Unix epoch, this station's clock
    body       TEXT    NOT NULL
) STRICT;
