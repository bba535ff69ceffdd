-- When the exchange heard that a request was over, and when it is to be looked
-- at next for what may be erased; never, when there is nothing of a person left.
ALTER TABLE owner ADD COLUMN closed_at INTEGER;
ALTER TABLE owner ADD COLUMN look_at INTEGER;

UPDATE owner SET closed_at = coalesce(
    (SELECT max(coalesce(received_at, recorded_at)) FROM history
     WHERE history.request_id = owner.request_id AND entry IS NOT NULL
     AND event ->> '$.type' = 'closed'), 0)
WHERE closed;
UPDATE owner SET look_at = closed_at WHERE closed;

CREATE INDEX owner_look_at ON owner (look_at) WHERE look_at IS NOT NULL;
