-- What the exchange told besides what happened to requests; numbered together
-- with `publication`.
CREATE TABLE announcement (
    number      INTEGER PRIMARY KEY CHECK (number > 0),
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, the exchange's clock
    content     TEXT    NOT NULL  -- Announcement as JSON
) STRICT;

-- How far the exchange's publications were received, or were for an earlier
-- journal of this station.
CREATE TABLE downward (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    received INTEGER NOT NULL
) STRICT;
INSERT INTO downward SELECT 1, coalesce(max(number), 0) FROM publication;
