-- A range such as "Dec. 20-22" is two time expressions; the first one knows the second.
ALTER TABLE timex ADD COLUMN until INTEGER;
