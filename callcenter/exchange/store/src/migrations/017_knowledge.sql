-- What agents know: articles in versions, who approved them, and what desks say of them.
CREATE TABLE article_version (
    article_id TEXT    NOT NULL,
    version    INTEGER NOT NULL, -- from 1 on, without a gap
    at         INTEGER NOT NULL, -- ms since the Unix epoch, as all times here
    author     TEXT    NOT NULL,
    content    TEXT    NOT NULL, -- as JSON
    PRIMARY KEY (article_id, version)
) STRICT, WITHOUT ROWID;

-- Facts: the last one of an article counts.
CREATE TABLE article_decision (
    sequence   INTEGER PRIMARY KEY,
    article_id TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    who        TEXT    NOT NULL,
    decision   TEXT    NOT NULL CHECK (decision IN ('approved', 'retired'))
) STRICT;

CREATE INDEX article_decided ON article_decision (article_id, sequence);

CREATE TABLE article_feedback (
    sequence   INTEGER PRIMARY KEY,
    article_id TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    who        TEXT    NOT NULL,
    verdict    TEXT    NOT NULL CHECK (verdict IN ('helped', 'out_of_date')),
    sentence   TEXT    NOT NULL,
    UNIQUE (article_id, version, who)
) STRICT;
