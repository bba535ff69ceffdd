-- Each row of the audit binds the one before it. Rows of before have no hash of their own;
-- the first that has one binds them all.
ALTER TABLE audit ADD COLUMN hash BLOB CHECK (length(hash) = 32);

-- Who may sign in at the operators' console.
CREATE TABLE operator (
    name       TEXT    PRIMARY KEY,
    role       TEXT    NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    passphrase TEXT    NOT NULL, -- its hash: argon2id as a PHC string
    changed_at INTEGER NOT NULL  -- ms since the Unix epoch
) STRICT, WITHOUT ROWID;
