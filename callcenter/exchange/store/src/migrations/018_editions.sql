-- Which edition of the catalogue each station runs, as it said last.
CREATE TABLE station_edition (
    station     TEXT PRIMARY KEY,
    running     INTEGER NOT NULL, -- its number; 0 is the catalogue it was provisioned with
    refused     INTEGER,          -- the number of one it could not go over to
    reason      TEXT,             -- why not, for an operator
    told_at     INTEGER NOT NULL  -- ms since the Unix epoch
) STRICT, WITHOUT ROWID;
