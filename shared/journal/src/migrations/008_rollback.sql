-- ABORT would take back one statement and not the transaction: for that SQLite
-- copies every page before every entry. Nobody goes on after a refused entry.
DROP TRIGGER entry_follows_the_one_before;
CREATE TRIGGER entry_follows_the_one_before BEFORE INSERT ON entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
BEGIN
    SELECT raise(ROLLBACK, 'an entry follows the one before');
END;
