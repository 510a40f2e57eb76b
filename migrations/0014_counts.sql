-- How many events there are of each type in each month, kept with every event: a histogram over millions of them reads a few
-- thousand rows. And bands of articles lose an index of theirs that only the deletion of an article used, which never
-- happens: as many bytes as the bands themselves.

CREATE TABLE event_count (
    type_id INTEGER NOT NULL REFERENCES event_type (id),
    month   INTEGER,                                    -- of the first day, months since 1970-01; NULL: no first day
    events  INTEGER NOT NULL CHECK (events >= 0)
) STRICT;

CREATE UNIQUE INDEX event_count_by_month ON event_count (month, type_id);

-- The month of a day number, by the calendar's own arithmetic: years that begin in March, in eras of 400 years (146,097 days),
-- after Howard Hinnant, "chrono-compatible low-level date algorithms". 40 eras more make every day of the model positive.
INSERT INTO event_count (type_id, month, events)
WITH counted AS (SELECT type_id, date_from, count(*) AS n FROM event GROUP BY type_id, date_from),
     era AS (SELECT type_id, n, (date_from + 719468 + 146097 * 40) / 146097 AS era, (date_from + 719468 + 146097 * 40) % 146097 AS doe
             FROM counted WHERE date_from IS NOT NULL),
     year AS (SELECT type_id, n, era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe FROM era),
     march AS (SELECT type_id, n, era, yoe, (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 AS mp FROM year)
SELECT type_id, (yoe + era * 400 - 16000 - 1970) * 12 + mp + 2, sum(n) FROM march GROUP BY 1, 2
UNION ALL
SELECT type_id, NULL, sum(n) FROM counted WHERE date_from IS NULL GROUP BY 1;

DROP INDEX article_band_by_article;
