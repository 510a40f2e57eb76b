-- What people and later evidence decide about events. An event that went into another keeps its number as a tombstone, so
-- that an old number still finds it; a mention that a person put into an event stays there through every new analysis.

CREATE TABLE event_merged (
    event_id  INTEGER PRIMARY KEY,                      -- is no more
    into_id   INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX event_merged_by_into ON event_merged (into_id);

CREATE TABLE mention_decision (
    article_id    INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    trigger_start INTEGER NOT NULL CHECK (trigger_start >= 0),
    trigger_end   INTEGER NOT NULL CHECK (trigger_end > trigger_start),
    event_id      INTEGER NOT NULL,
    decided_at    INTEGER NOT NULL,                     -- seconds since 1970-01-01 00:00 UTC
    PRIMARY KEY (article_id, trigger_start, trigger_end)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_decision_by_event ON mention_decision (event_id);
