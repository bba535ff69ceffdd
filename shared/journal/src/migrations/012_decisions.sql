-- What an agency decided of a request for information, beside the answer that says so; as
-- the request core writes it, none where there is nothing to decide.
ALTER TABLE reply ADD COLUMN decision TEXT;
