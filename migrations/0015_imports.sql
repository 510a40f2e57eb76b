-- Tables of events that others made stand beside what was read in articles: each row is kept as an article of its own, with
-- the words of the row, and `imported` says which kind of table it is from. NULL: an article that was read. The two kinds are
-- never linked with one another but by hand.
CREATE TABLE imported_table (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO imported_table (id, name) VALUES
    (1, 'acled'),
    (2, 'gdelt'),
    (3, 'timelinejs'),
    (4, 'dateline');

ALTER TABLE article ADD COLUMN imported TEXT REFERENCES imported_table (name);

-- Finds the row again when its table is read a second time.
CREATE INDEX article_by_import ON article (imported, external_id) WHERE imported IS NOT NULL;
