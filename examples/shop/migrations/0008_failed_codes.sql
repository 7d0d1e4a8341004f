-- Tries that failed are counted for a day, whichever code of the account they were of.
ALTER TABLE one_time_codes ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE one_time_codes ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
