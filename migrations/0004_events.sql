-- The happenings. An event is the summary of its mentions (0005): it is never edited, only computed again from them, and
-- what articles say of it stays apart. Its id is never given to another event.
--
-- Days are numbers since 1970-01-01 in the proleptic Gregorian calendar, negative before; NULL is an end that is not known.
-- `lvl` is the length class of the interval, for which the overlap queries are made: the least n with a length of at
-- most 2^n days when both ends are known, 30 if only the last day is known, 31 if only the first, 32 if neither.
-- In class n an interval that overlaps [a, b] begins between a - 2^n + 1 and b: a short range of one index.

CREATE TABLE event (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    type_id        INTEGER NOT NULL REFERENCES event_type (id),
    mode           TEXT CHECK (mode <> ''),
    contexts       INTEGER NOT NULL DEFAULT 0,          -- one bit for each context
    date_from      INTEGER,                             -- earliest day, inclusive
    date_to        INTEGER,                             -- latest day, inclusive
    lvl            INTEGER NOT NULL,
    granularity_id INTEGER NOT NULL REFERENCES granularity (id),
    edtf           TEXT CHECK (edtf <> ''),
    basis_id       INTEGER NOT NULL REFERENCES basis (id),
    approximate    INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    inferred       INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    place_id       INTEGER REFERENCES place (id),
    polarity_id    INTEGER NOT NULL REFERENCES polarity (id),
    modality_id    INTEGER NOT NULL REFERENCES modality (id),
    aspect_id      INTEGER NOT NULL REFERENCES aspect (id),
    confidence     INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000), -- thousandths
    mentions       INTEGER NOT NULL CHECK (mentions >= 1),
    articles       INTEGER NOT NULL CHECK (articles >= 1),
    sources        INTEGER NOT NULL CHECK (sources >= 1), -- distinct ones
    -- The mention that tells of it best. No foreign key: it would make every deletion of a mention search all events.
    lead_article   INTEGER NOT NULL,
    lead_mention   INTEGER NOT NULL,
    CHECK (date_from <= date_to),
    CHECK (CASE
        WHEN date_from IS NULL AND date_to IS NULL THEN lvl = 32
        WHEN date_to IS NULL THEN lvl = 31
        WHEN date_from IS NULL THEN lvl = 30
        WHEN lvl = 0 THEN date_from = date_to
        ELSE lvl BETWEEN 1 AND 23
             AND date_to - date_from + 1 > 1 << (lvl - 1) AND date_to - date_from + 1 <= 1 << lvl
    END)
) STRICT;

CREATE INDEX event_by_date ON event (lvl, date_from, date_to);
CREATE INDEX event_by_type ON event (type_id, lvl, date_from, date_to);
CREATE INDEX event_by_place ON event (place_id, lvl, date_from, date_to) WHERE place_id IS NOT NULL;

-- Who takes part, with the dates again: by these the events of an actor in a range of days are found without a look at
-- the events themselves.
CREATE TABLE event_actor (
    event_id  INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    actor_id  INTEGER NOT NULL REFERENCES actor (id),
    role_id   INTEGER NOT NULL REFERENCES role (id),
    type_id   INTEGER NOT NULL REFERENCES event_type (id),
    lvl       INTEGER NOT NULL,
    date_from INTEGER,
    date_to   INTEGER,
    PRIMARY KEY (event_id, actor_id, role_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_actor_by_actor ON event_actor (actor_id, lvl, date_from, date_to, event_id, type_id);
