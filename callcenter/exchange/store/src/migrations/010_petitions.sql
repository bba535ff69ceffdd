-- Petitions that are not over: each waits for an agent, or for its answer to go out.
CREATE TABLE petition (
    request_id   TEXT    PRIMARY KEY,
    station      TEXT    NOT NULL, -- which sends the answer
    submitted_at INTEGER NOT NULL  -- by the station's clock
) STRICT, WITHOUT ROWID;

CREATE INDEX petition_submitted ON petition (submitted_at);
