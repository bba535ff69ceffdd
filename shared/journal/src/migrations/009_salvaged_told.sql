-- How far the exchange has confirmed what was saved from a damaged journal, and the
-- chain's hash there: what comes next is chained to it.
CREATE TABLE salvaged_told (
    incarnation TEXT    PRIMARY KEY,
    number      INTEGER NOT NULL,
    hash        BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
