-- Which release the machines of a model go over to, site by site.
CREATE TABLE rollout (
    model       TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    release     BLOB    NOT NULL, -- a fleet::Release as it was signed
    pilot       TEXT    NOT NULL, -- the site that goes first
    operator    TEXT    NOT NULL,
    started_at  INTEGER NOT NULL, -- ms since the Unix epoch
    stopped_at  INTEGER,
    stopped_why TEXT,
    PRIMARY KEY (model, version)
) STRICT, WITHOUT ROWID;

-- What machines noticed that nobody who belongs there does, each once.
CREATE TABLE machine_alarm (
    station     TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    alarm       TEXT    NOT NULL, -- fleet::Alarm as JSON
    PRIMARY KEY (station, happened_at, alarm)
) STRICT, WITHOUT ROWID;

-- The last support bundle of each machine.
CREATE TABLE machine_bundle (
    station TEXT    PRIMARY KEY,
    kept_at INTEGER NOT NULL,
    bundle  TEXT    NOT NULL -- fleet::Bundle as JSON
) STRICT, WITHOUT ROWID;

-- What opens a machine's disk without its TPM; of a board that was replaced, too.
CREATE TABLE recovery_key (
    station TEXT    NOT NULL,
    kept_at INTEGER NOT NULL,
    sealed  TEXT    NOT NULL, -- fleet::SealedKey as JSON
    PRIMARY KEY (station, sealed)
) STRICT, WITHOUT ROWID;

-- What machines' TPMs say of their starts. The key that a machine came with stays its own until
-- a technician brings it into service anew.
CREATE TABLE machine_attestation (
    station   TEXT PRIMARY KEY,
    nonce     TEXT NOT NULL, -- of the last answer, in hexadecimal digits
    key       TEXT,          -- SubjectPublicKeyInfo in PEM
    told_at   INTEGER,
    verdict   TEXT           -- ledger::Attested as JSON
) STRICT, WITHOUT ROWID;
