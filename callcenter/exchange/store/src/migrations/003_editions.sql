-- A copy that never came out is made anew under another number: its next edition.
CREATE TABLE document_with_edition (
    number     TEXT    PRIMARY KEY,
    request_id TEXT    NOT NULL,
    copy       INTEGER NOT NULL,
    edition    INTEGER NOT NULL,
    pages      INTEGER NOT NULL DEFAULT 0,
    sha256     TEXT    NOT NULL DEFAULT '',
    pdf        BLOB,
    void       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (request_id, copy, edition)
) STRICT;

INSERT INTO document_with_edition (number, request_id, copy, edition, pages, sha256, pdf, void)
    SELECT number, request_id, copy, 1, pages, sha256, pdf, void FROM document;

DROP TABLE document;
ALTER TABLE document_with_edition RENAME TO document;
