-- What was disposed of when its term was over: a record of each document whose pages
-- were erased. Each row binds the one before it.
CREATE TABLE disposal (
    sequence    INTEGER PRIMARY KEY,
    disposed_at INTEGER NOT NULL, -- ms since the Unix epoch
    number      TEXT    NOT NULL, -- of the document
    sha256      TEXT    NOT NULL, -- of its pages, in hexadecimal digits
    pages       INTEGER NOT NULL,
    days        INTEGER NOT NULL, -- its term
    hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
