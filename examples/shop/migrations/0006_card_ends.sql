-- The number of a card is not kept, only its end.
ALTER TABLE orders ADD COLUMN card_end TEXT;
UPDATE orders SET card_end = substr(card_pan, -4);
ALTER TABLE orders DROP COLUMN card_pan;
