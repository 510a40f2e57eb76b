-- What follows from other columns is not stored any more, and what was many small rows is one. All of it still reads as
-- before: from the views `reason`, `actor_name`, `timeline` and `event_full`.

DROP VIEW timeline;
DROP VIEW event_full;

-- The first bytes of a hash tell articles apart; the index needs no more.
DROP INDEX article_by_hash;
CREATE INDEX article_by_hash ON article (substr(sha256, 1, 12));

-- 31 bits of a band are enough: articles that share one are compared word by word.
ALTER TABLE article_band RENAME TO old_band;
CREATE TABLE article_band (
    band       INTEGER NOT NULL,                        -- 31 bits of a hash of four least hashes of runs of four words
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO article_band (band, article_id) SELECT band & 0x7fffffff, article_id FROM old_band;
DROP TABLE old_band;

-- An EDTF date is stored only where it says more than the days, their granularity and `approximate`; else it is NULL and the
-- views make it. Only for the years 0 to 9999, in which the calendars of SQLite and of EDTF are written alike.
UPDATE event SET edtf = NULL
WHERE ifnull(date_from, 0) >= -719528 AND ifnull(date_to, 0) >= -719528 AND edtf = CASE
    WHEN date_from IS NULL THEN '../' || date(2440587.5 + date_to)
    WHEN date_to IS NULL THEN date(2440587.5 + date_from) || '/..'
    WHEN date_from = date_to THEN date(2440587.5 + date_from) || iif(approximate, '~', '')
    WHEN granularity_id = 8 THEN strftime('%Y', 2440587.5 + date_from)
    WHEN granularity_id = 4 THEN strftime('%Y-%m', 2440587.5 + date_from)
    ELSE date(2440587.5 + date_from) || '/' || date(2440587.5 + date_to) END;

UPDATE mention SET edtf = NULL
WHERE ifnull(date_from, 0) >= -719528 AND ifnull(date_to, 0) >= -719528 AND edtf = CASE
    WHEN date_from IS NULL THEN '../' || date(2440587.5 + date_to)
    WHEN date_to IS NULL THEN date(2440587.5 + date_from) || '/..'
    WHEN date_from = date_to THEN date(2440587.5 + date_from) || iif(approximate, '~', '')
    WHEN granularity_id = 8 THEN strftime('%Y', 2440587.5 + date_from)
    WHEN granularity_id = 4 THEN strftime('%Y-%m', 2440587.5 + date_from)
    ELSE date(2440587.5 + date_from) || '/' || date(2440587.5 + date_to) END;

-- The reasons of a mention stand beside it: a JSON list of [ground, start, length], start counted from the trigger; [ground]
-- alone if the rule saw no words.
CREATE TABLE ground (
    id      INTEGER PRIMARY KEY,
    field   TEXT NOT NULL,
    rule_id INTEGER NOT NULL REFERENCES rule (id),
    UNIQUE (field, rule_id)
) STRICT;
INSERT INTO ground (field, rule_id) SELECT DISTINCT field, rule_id FROM reason ORDER BY rule_id, field;

ALTER TABLE mention ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
UPDATE mention SET reasons = ifnull(
    (SELECT '[' || group_concat(iif(start IS NULL, '[' || ground || ']',
                '[' || ground || ',' || (start - trigger_start) || ',' || (end - start) || ']')) || ']'
     FROM (SELECT g.id AS ground, r.start, r.end FROM reason r JOIN ground g ON g.field = r.field AND g.rule_id = r.rule_id
           WHERE r.article_id = mention.article_id AND r.mention = mention.mention ORDER BY r.reason)), '[]');
DROP TABLE reason;

CREATE VIEW reason AS
SELECT m.article_id, m.mention, j.key AS reason, g.field, g.rule_id,
       m.trigger_start + json_extract(j.value, '$[1]') AS start,
       m.trigger_start + json_extract(j.value, '$[1]') + json_extract(j.value, '$[2]') AS end
FROM mention m, json_each(m.reasons) j JOIN ground g ON g.id = json_extract(j.value, '$[0]');

-- The canonical name of an actor stands with the actor alone. Persons are found by their last name too.
DROP INDEX alias_by_last_word;
DELETE FROM alias WHERE key = (SELECT a.key FROM actor a WHERE a.id = alias.actor_id);
ALTER TABLE actor ADD COLUMN last_word TEXT; -- of the key, if that has more than one: "zelenskyy"
UPDATE actor SET last_word = substr(key, length(rtrim(key, replace(key, ' ', ''))) + 1) WHERE key LIKE '% %';
CREATE INDEX actor_by_last_word ON actor (last_word) WHERE last_word IS NOT NULL;
ALTER TABLE alias DROP COLUMN last_word;

CREATE VIEW actor_name AS
SELECT key, id AS actor_id, name FROM actor
UNION ALL
SELECT key, actor_id, name FROM alias;

CREATE VIEW timeline AS
SELECT e.id AS event_id,
       ifnull(e.edtf, CASE
           WHEN e.date_from IS NULL THEN '../' || date(2440587.5 + e.date_to)
           WHEN e.date_to IS NULL THEN date(2440587.5 + e.date_from) || '/..'
           WHEN e.date_from = e.date_to THEN date(2440587.5 + e.date_from) || iif(e.approximate, '~', '')
           WHEN e.granularity_id = 8 THEN strftime('%Y', 2440587.5 + e.date_from)
           WHEN e.granularity_id = 4 THEN strftime('%Y-%m', 2440587.5 + e.date_from)
           ELSE date(2440587.5 + e.date_from) || '/' || date(2440587.5 + e.date_to) END) AS "when",
       date(2440587.5 + e.date_from) AS date_from, date(2440587.5 + e.date_to) AS date_to,
       m.headline, t.name AS type,
       (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT a.name FROM event_actor x JOIN actor a ON a.id = x.actor_id
                                              WHERE x.event_id = e.id ORDER BY x.role_id, a.name)) AS actors,
       p.name AS place, p.country, pol.name AS polarity, md.name AS modality, e.sources, e.confidence / 1000.0 AS confidence
FROM event e
JOIN event_type t ON t.id = e.type_id
JOIN polarity pol ON pol.id = e.polarity_id
JOIN modality md ON md.id = e.modality_id
JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention
LEFT JOIN place p ON p.id = e.place_id
ORDER BY ifnull(e.date_from, e.date_to) NULLS LAST, e.date_to, e.id;

CREATE VIEW event_full AS
SELECT m.event_id, m.article_id, m.mention, t.name AS type, t.family, m.mode, m.headline, m.lemma AS action,
       ifnull(m.edtf, CASE
           WHEN m.date_from IS NULL THEN '../' || date(2440587.5 + m.date_to)
           WHEN m.date_to IS NULL THEN date(2440587.5 + m.date_from) || '/..'
           WHEN m.date_from = m.date_to THEN date(2440587.5 + m.date_from) || iif(m.approximate, '~', '')
           WHEN m.granularity_id = 8 THEN strftime('%Y', 2440587.5 + m.date_from)
           WHEN m.granularity_id = 4 THEN strftime('%Y-%m', 2440587.5 + m.date_from)
           ELSE date(2440587.5 + m.date_from) || '/' || date(2440587.5 + m.date_to) END) AS "when",
       date(2440587.5 + m.date_from) AS date_from, date(2440587.5 + m.date_to) AS date_to,
       g.name AS granularity, b.name AS basis, m.approximate, m.inferred,
       (SELECT group_concat(a.name, '; ') FROM participant x JOIN actor a ON a.id = x.actor_id
        WHERE x.article_id = m.article_id AND x.mention = m.mention AND x.role_id = (SELECT id FROM role WHERE name = 'agent')) AS agents,
       (SELECT group_concat(a.name, '; ') FROM participant x JOIN actor a ON a.id = x.actor_id
        WHERE x.article_id = m.article_id AND x.mention = m.mention AND x.role_id <> (SELECT id FROM role WHERE name = 'agent')) AS others,
       p.name AS place, p.region, p.country, p.lat, p.lon, p.precision AS place_precision,
       pol.name AS polarity, md.name AS modality, asp.name AS aspect, m.confidence / 1000.0 AS confidence,
       CAST(substr(CAST(r.text AS BLOB), m.trigger_start + 1, m.trigger_end - m.trigger_start) AS TEXT) AS trigger,
       CAST(substr(CAST(r.text AS BLOB), m.attribution_start + 1, m.attribution_end - m.attribution_start) AS TEXT) AS attribution,
       CAST(substr(CAST(r.text AS BLOB), x.start + 1, x.end - x.start) AS TEXT) AS date_text,
       CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS sentence,
       r.title AS article_title, r.source, r.url, date(2440587.5 + r.published) AS published, r.published_basis,
       datetime(r.ingested_at, 'unixepoch') AS ingested_at
FROM mention m
JOIN article r ON r.id = m.article_id
JOIN sentence s ON s.article_id = m.article_id AND s.sentence = m.sentence
JOIN event_type t ON t.id = m.type_id
JOIN granularity g ON g.id = m.granularity_id
JOIN basis b ON b.id = m.basis_id
JOIN polarity pol ON pol.id = m.polarity_id
JOIN modality md ON md.id = m.modality_id
JOIN aspect asp ON asp.id = m.aspect_id
LEFT JOIN timex x ON x.article_id = m.article_id AND x.timex = m.timex
LEFT JOIN place p ON p.id = m.place_id;
