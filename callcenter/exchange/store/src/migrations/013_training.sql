-- What agents have practised and passed, as training rooms have told it; of no citizen.
-- A record is told until it is confirmed, and kept once.
CREATE TABLE training (
    agent       TEXT    NOT NULL, -- the account at the switch
    ended_at    INTEGER NOT NULL, -- ms since the Unix epoch, by the room's clock
    kind        TEXT    NOT NULL, -- exercise, examination
    scenario    TEXT    NOT NULL, -- its id; of an examination the id of its bank
    version     INTEGER NOT NULL, -- of the scenario
    seed        INTEGER NOT NULL, -- makes the same one again
    points      INTEGER NOT NULL, -- of 100
    passed      INTEGER NOT NULL,
    station     TEXT    NOT NULL, -- the training room
    received_at INTEGER NOT NULL,
    PRIMARY KEY (agent, ended_at, station, scenario, seed)
) STRICT, WITHOUT ROWID;

CREATE INDEX training_received ON training (received_at);
