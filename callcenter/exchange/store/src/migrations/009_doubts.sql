-- Deeds of a machine of which nobody knows whether they were done; each waits
-- until somebody has looked into it.
CREATE TABLE doubt (
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL,
    entry       INTEGER NOT NULL,
    request_id  TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    -- One of both: a sheet that may exist, or money that may have fallen.
    document    TEXT,
    amount_won  INTEGER,
    -- 'done' or 'not_done', once that is known.
    finding     TEXT    CHECK (finding IN ('done', 'not_done')),
    CHECK ((document IS NULL) <> (amount_won IS NULL)),
    PRIMARY KEY (station, incarnation, entry)
) STRICT, WITHOUT ROWID;

INSERT INTO doubt (station, incarnation, entry, request_id, recorded_at, document, amount_won)
    SELECT station, incarnation, entry, request_id, recorded_at,
           event ->> '$.number', event ->> '$.asked_won'
    FROM history
    WHERE entry IS NOT NULL AND event IS NOT NULL
    AND (event ->> '$.type' = 'payout_unknown'
         OR (event ->> '$.type' = 'spoiled' AND event ->> '$.reason' = 'unknown'));
