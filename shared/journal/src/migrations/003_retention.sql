-- Requests that were closed and of which something personal may be left; kept in
-- step with `open_request`.
CREATE TABLE closed_request (
    request_id TEXT    PRIMARY KEY,
    closed_by  INTEGER NOT NULL -- the entry's number
) STRICT, WITHOUT ROWID;

CREATE INDEX closed_request_by_entry ON closed_request (closed_by);

INSERT INTO closed_request
    SELECT request_id, max(number)
    FROM entry
    WHERE request_id NOT IN (SELECT request_id FROM open_request)
    GROUP BY request_id;

-- The entry that closes a request is written just before the request ceases to be open.
CREATE TRIGGER request_is_closed AFTER DELETE ON open_request
BEGIN
    INSERT OR REPLACE INTO closed_request
        VALUES (OLD.request_id, (SELECT max(number) FROM entry));
END;

-- Heads that the exchange has co-signed, as JSON (`sync::CoSignedHead`).
CREATE TABLE checkpoint (
    number    INTEGER PRIMARY KEY, -- of the signed entry
    co_signed TEXT    NOT NULL
) STRICT;
