-- Doubts about what a payment terminal did: the amount is a card's, which may have
-- been charged, or have got its money back.
ALTER TABLE doubt ADD COLUMN card TEXT CHECK (card IN ('charged', 'reversed'));
