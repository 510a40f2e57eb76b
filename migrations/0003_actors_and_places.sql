-- Who and where: actors and places stand once each, however many articles name them. `key` is the name in lower case
-- without accents, which is what searches compare.

-- Names of the rules and models that made the facts, once each.
CREATE TABLE rule (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE actor (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL CHECK (name <> ''),
    key     TEXT NOT NULL CHECK (key <> ''),
    kind    TEXT REFERENCES actor_kind (name),
    country TEXT CHECK (length(country) = 3),           -- ISO 3166-1 alpha-3
    sector  TEXT REFERENCES sector (name),              -- PLOVER 2021
    title   TEXT CHECK (title <> ''),                   -- what an article calls it: "Ukrainian President"
    rule_id INTEGER NOT NULL REFERENCES rule (id)
) STRICT;

CREATE UNIQUE INDEX actor_by_key ON actor (key, ifnull(kind, ''), ifnull(country, ''));
CREATE INDEX actor_by_country ON actor (country) WHERE country IS NOT NULL;

-- Every name of an actor, the canonical one among them.
CREATE TABLE alias (
    key       TEXT NOT NULL CHECK (key <> ''),
    actor_id  INTEGER NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
    name      TEXT NOT NULL CHECK (name <> ''),
    last_word TEXT NOT NULL,                            -- of the key: "zelenskyy"
    PRIMARY KEY (key, actor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_actor ON alias (actor_id);
CREATE INDEX alias_by_last_word ON alias (last_word);

-- What a person decided about names. It speaks of names, not of ids, and no analysis ever writes here: so it holds for
-- articles to come and outlives every re-analysis.
CREATE TABLE alias_correction (
    key        TEXT NOT NULL CHECK (key <> ''),
    name       TEXT NOT NULL CHECK (name <> ''),        -- the alias as the person wrote it
    actor_key  TEXT NOT NULL CHECK (actor_key <> ''),
    actor_name TEXT NOT NULL CHECK (actor_name <> ''),
    same       INTEGER NOT NULL CHECK (same IN (0, 1)), -- 1: names this actor; 0: does not
    decided_at INTEGER NOT NULL,                        -- seconds since 1970-01-01 00:00 UTC
    PRIMARY KEY (key, actor_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL CHECK (name <> ''),
    key       TEXT NOT NULL CHECK (key <> ''),
    country   TEXT CHECK (length(country) = 3),         -- ISO 3166-1 alpha-3
    region    TEXT CHECK (region <> ''),                -- first-level region: oblast, state, province
    region_key TEXT CHECK (region_key <> ''),
    lat       REAL CHECK (lat BETWEEN -90 AND 90),      -- degrees north, WGS 84
    lon       REAL CHECK (lon BETWEEN -180 AND 180),    -- degrees east, WGS 84
    precision TEXT NOT NULL REFERENCES place_precision (name),
    CHECK ((lat IS NULL) = (lon IS NULL)),
    CHECK ((region IS NULL) = (region_key IS NULL))
) STRICT;

CREATE UNIQUE INDEX place_by_key ON place (key, ifnull(country, ''), ifnull(region_key, ''), precision);
CREATE INDEX place_by_region ON place (region_key) WHERE region_key IS NOT NULL;
CREATE INDEX place_by_country ON place (country) WHERE country IS NOT NULL;
