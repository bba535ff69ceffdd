-- What happened in telephone calls, in order. Says whom it was about: erased in its time.
CREATE TABLE call_fact (
    number      INTEGER PRIMARY KEY,
    call        INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, -- ms since the Unix epoch, this station's clock
    body        TEXT    NOT NULL
) STRICT;

CREATE INDEX call_fact_of_call ON call_fact (call, number);

-- Who waits on the telephone, or is to be called back: outlives a restart.
CREATE TABLE call_place (
    call INTEGER PRIMARY KEY,
    body TEXT    NOT NULL
) STRICT;

-- The highest number a call has had here; none is given out twice.
CREATE TABLE call_counter (
    highest INTEGER NOT NULL
) STRICT;

INSERT INTO call_counter VALUES (0);
