-- What stations may issue by themselves while they are cut off.
CREATE TABLE lease (
    prefix     TEXT    PRIMARY KEY, -- of all its numbers
    station    TEXT    NOT NULL,
    service    TEXT    NOT NULL,
    granted_at INTEGER NOT NULL,
    until      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX lease_station ON lease (station, service, until);

-- Set aside for ever, used or not.
CREATE TABLE leased_number (
    number     TEXT PRIMARY KEY,
    lease      TEXT NOT NULL REFERENCES lease,
    request_id TEXT -- whose paper has it, as far as is known here
) STRICT, WITHOUT ROWID;

CREATE INDEX leased_number_lease ON leased_number (lease, request_id);
