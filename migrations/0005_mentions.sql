-- What one article says, with the words that say it and the rules that read them. Numbers of sentences, time expressions
-- and mentions count from 0 in their article; start and end are bytes of the article's text, end exclusive.

CREATE TABLE timex (
    article_id     INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    timex          INTEGER NOT NULL CHECK (timex >= 0),
    start          INTEGER NOT NULL CHECK (start >= 0),
    end            INTEGER NOT NULL CHECK (end >= start),
    kind_id        INTEGER NOT NULL REFERENCES timex_kind (id),
    value          TEXT NOT NULL,                       -- TIMEX3
    modifier       TEXT CHECK (modifier <> ''),         -- TIMEX3 mod
    date_from      INTEGER,
    date_to        INTEGER,
    placed         INTEGER NOT NULL CHECK (placed IN (0, 1)), -- 0: understood, but stands for no days
    granularity_id INTEGER NOT NULL REFERENCES granularity (id),
    basis_id       INTEGER NOT NULL REFERENCES basis (id),
    edtf           TEXT CHECK (edtf <> ''),
    anchor         INTEGER,                             -- the time expression it was read from
    rule_id        INTEGER NOT NULL REFERENCES rule (id),
    note           TEXT CHECK (note <> ''),
    PRIMARY KEY (article_id, timex),
    CHECK (date_from <= date_to)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    article_id        INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    mention           INTEGER NOT NULL CHECK (mention >= 0),
    event_id          INTEGER NOT NULL REFERENCES event (id),
    sentence          INTEGER NOT NULL,
    trigger_start     INTEGER NOT NULL CHECK (trigger_start >= 0),
    trigger_end       INTEGER NOT NULL CHECK (trigger_end >= trigger_start),
    lemma             TEXT NOT NULL,
    type_id           INTEGER NOT NULL REFERENCES event_type (id),
    mode              TEXT CHECK (mode <> ''),
    contexts          INTEGER NOT NULL DEFAULT 0,
    date_from         INTEGER,
    date_to           INTEGER,
    granularity_id    INTEGER NOT NULL REFERENCES granularity (id),
    edtf              TEXT CHECK (edtf <> ''),
    basis_id          INTEGER NOT NULL REFERENCES basis (id),
    timex             INTEGER,
    approximate       INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    inferred          INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    place_id          INTEGER REFERENCES place (id),
    place_start       INTEGER CHECK (place_start >= 0),
    place_end         INTEGER CHECK (place_end >= place_start),
    place_rule_id     INTEGER REFERENCES rule (id),
    polarity_id       INTEGER NOT NULL REFERENCES polarity (id),
    modality_id       INTEGER NOT NULL REFERENCES modality (id),
    aspect_id         INTEGER NOT NULL REFERENCES aspect (id),
    attribution_start INTEGER CHECK (attribution_start >= 0),
    attribution_end   INTEGER CHECK (attribution_end >= attribution_start),
    attribution_actor INTEGER REFERENCES actor (id),
    headline          TEXT NOT NULL,
    confidence        INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 1000), -- thousandths
    PRIMARY KEY (article_id, mention),
    FOREIGN KEY (article_id, sentence) REFERENCES sentence (article_id, sentence),
    FOREIGN KEY (article_id, timex) REFERENCES timex (article_id, timex),
    CHECK (date_from <= date_to),
    CHECK ((place_id IS NULL) = (place_start IS NULL) AND (place_id IS NULL) = (place_end IS NULL)),
    CHECK ((attribution_start IS NULL) = (attribution_end IS NULL))
) STRICT, WITHOUT ROWID;

-- The evidence of an event.
CREATE INDEX mention_by_event ON mention (event_id);

CREATE TABLE participant (
    article_id  INTEGER NOT NULL,
    mention     INTEGER NOT NULL,
    participant INTEGER NOT NULL CHECK (participant >= 0),
    role_id     INTEGER NOT NULL REFERENCES role (id),
    start       INTEGER NOT NULL CHECK (start >= 0),
    end         INTEGER NOT NULL CHECK (end >= start),
    actor_id    INTEGER REFERENCES actor (id),          -- NULL: the words name no actor
    rule_id     INTEGER NOT NULL REFERENCES rule (id),
    PRIMARY KEY (article_id, mention, participant),
    FOREIGN KEY (article_id, mention) REFERENCES mention (article_id, mention) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Numbers in an event: dead, injured, money ...
CREATE TABLE count (
    article_id INTEGER NOT NULL,
    mention    INTEGER NOT NULL,
    count      INTEGER NOT NULL CHECK (count >= 0),
    kind_id    INTEGER NOT NULL REFERENCES count_kind (id),
    low        REAL NOT NULL,
    high       REAL,                                    -- NULL: no upper bound
    start      INTEGER NOT NULL CHECK (start >= 0),
    end        INTEGER NOT NULL CHECK (end >= start),
    PRIMARY KEY (article_id, mention, count),
    FOREIGN KEY (article_id, mention) REFERENCES mention (article_id, mention) ON DELETE CASCADE,
    CHECK (low <= high)
) STRICT, WITHOUT ROWID;

-- How each field of a mention was found: `dateline explain` prints these.
CREATE TABLE reason (
    article_id INTEGER NOT NULL,
    mention    INTEGER NOT NULL,
    reason     INTEGER NOT NULL CHECK (reason >= 0),
    field      TEXT NOT NULL,
    rule_id    INTEGER NOT NULL REFERENCES rule (id),
    start      INTEGER CHECK (start >= 0),              -- NULL: the rule saw no words
    end        INTEGER CHECK (end >= start),
    PRIMARY KEY (article_id, mention, reason),
    FOREIGN KEY (article_id, mention) REFERENCES mention (article_id, mention) ON DELETE CASCADE,
    CHECK ((start IS NULL) = (end IS NULL))
) STRICT, WITHOUT ROWID;
