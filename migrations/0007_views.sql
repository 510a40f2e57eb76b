-- What a person sees who opens the file in any SQLite browser: names instead of numbers, dates instead of day counts,
-- words instead of byte ranges. Days before 4714 BC have no ISO date here (SQLite's calendar ends there); their EDTF stands.

-- One row an event, earliest first.
CREATE VIEW timeline AS
SELECT e.id AS event_id, e.edtf AS "when", date(2440587.5 + e.date_from) AS date_from, date(2440587.5 + e.date_to) AS date_to,
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

-- One row for each mention of each event: what is known, and the words that say so.
CREATE VIEW event_full AS
SELECT m.event_id, m.article_id, m.mention, t.name AS type, t.family, m.mode, m.headline, m.lemma AS action,
       m.edtf AS "when", date(2440587.5 + m.date_from) AS date_from, date(2440587.5 + m.date_to) AS date_to,
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
