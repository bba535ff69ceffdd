-- What the exchange lets this station issue by itself, one lease a service.
CREATE TABLE lease (
    service    TEXT    PRIMARY KEY,
    prefix     TEXT    NOT NULL, -- of its numbers
    signed     BLOB    NOT NULL, -- the lease as the exchange signed it
    key        TEXT    NOT NULL, -- PKCS#8 in PEM: seals under this lease alone
    papers     INTEGER NOT NULL,
    granted_at INTEGER NOT NULL, -- these three by the exchange's clock
    records_at INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    -- The latest time that was seen since: a clock that is set back wins nothing.
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A number leaves before it is printed, and never comes back.
CREATE TABLE leased_number (
    service TEXT    NOT NULL,
    place   INTEGER NOT NULL,
    number  TEXT    NOT NULL,
    PRIMARY KEY (service, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE leased_record (
    service TEXT NOT NULL,
    query   TEXT NOT NULL, -- parameters by name, as JSON
    record  TEXT NOT NULL,
    PRIMARY KEY (service, query)
) STRICT, WITHOUT ROWID;
