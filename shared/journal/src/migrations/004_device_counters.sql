-- What a device had counted by itself just before an entry was written; of each
-- device the newest, and the one before it until the newest one's entry is there.
CREATE TABLE device_counters (
    device     TEXT    NOT NULL,
    entry      INTEGER NOT NULL, -- the number of the entry it goes with
    request_id TEXT    NOT NULL,
    counters   TEXT    NOT NULL, -- JSON: a number for each counter's name
    PRIMARY KEY (device, entry)
) STRICT;
