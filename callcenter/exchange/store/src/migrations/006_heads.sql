-- The newest head of each journal that its station and the exchange have signed.
CREATE TABLE signed_head (
    station     TEXT    NOT NULL,
    incarnation TEXT    NOT NULL,
    -- SubjectPublicKeyInfo in PEM: the first that signed for this journal.
    public_key  TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    co_signed   TEXT    NOT NULL, -- CoSignedHead as JSON
    PRIMARY KEY (station, incarnation)
) STRICT, WITHOUT ROWID;
