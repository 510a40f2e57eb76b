-- What was read: each article whole and unchanged, and its sentences as ranges of its bytes. Everything that is derived
-- later points into this text, so that no word of evidence is stored twice and none can drift from its source.

CREATE TABLE article (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id     TEXT CHECK (external_id <> ''),     -- the id it came with
    title           TEXT CHECK (title <> ''),
    byline          TEXT CHECK (byline <> ''),
    source          TEXT CHECK (source <> ''),          -- outlet or agency
    url             TEXT CHECK (url <> ''),
    place           TEXT CHECK (place <> ''),           -- of the dateline, as written
    published       INTEGER,                            -- days since 1970-01-01
    published_basis TEXT REFERENCES published_basis (name),
    origin          TEXT CHECK (origin <> ''),          -- the file it was read from
    ingested_at     INTEGER NOT NULL,                   -- seconds since 1970-01-01 00:00 UTC
    sha256          TEXT NOT NULL CHECK (length(sha256) = 64), -- of the text, in hexadecimal
    body_start      INTEGER NOT NULL CHECK (body_start >= 0),  -- first byte of the body
    text            TEXT NOT NULL,
    CHECK ((published IS NULL) = (published_basis IS NULL))
) STRICT;

-- Finds the article again when it is read a second time.
CREATE INDEX article_by_hash ON article (sha256);

-- Which outlets there are, and which articles are theirs.
CREATE INDEX article_by_source ON article (source) WHERE source IS NOT NULL;

-- What the head of the text holds.
CREATE TABLE head_part (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    part       TEXT NOT NULL CHECK (part IN ('title', 'byline', 'date', 'place', 'source')),
    start      INTEGER NOT NULL CHECK (start >= 0),     -- first byte
    end        INTEGER NOT NULL CHECK (end >= start),   -- first byte after it
    PRIMARY KEY (article_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    sentence   INTEGER NOT NULL CHECK (sentence BETWEEN 0 AND 1048575), -- number in the article, from 0
    start      INTEGER NOT NULL CHECK (start >= 0),
    end        INTEGER NOT NULL CHECK (end >= start),
    zone_id    INTEGER NOT NULL REFERENCES zone (id),
    paragraph  INTEGER NOT NULL CHECK (paragraph >= 0),
    PRIMARY KEY (article_id, sentence)
) STRICT, WITHOUT ROWID;

-- What a person should know about the reading of an article.
CREATE TABLE note (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    note       INTEGER NOT NULL CHECK (note >= 0),
    start      INTEGER CHECK (start >= 0),
    end        INTEGER CHECK (end >= start),
    text       TEXT NOT NULL,
    PRIMARY KEY (article_id, note),
    CHECK ((start IS NULL) = (end IS NULL))
) STRICT, WITHOUT ROWID;
