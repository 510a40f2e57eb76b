-- The columns of `dateline export csv`, in the same order of rows, by the sqlite3 program: the plan is pinned to the order of the
-- file, the fastest that was found. Words of numbers are left out. `sqlite3 FILE <benches/store/export.sql >events.csv`
.mode csv
.headers on
PRAGMA cache_size=-131072;
SELECT e.id AS event_id, date(2440587.5+e.date_from) AS date_start, date(2440587.5+e.date_to) AS date_end,
 iif(e.lvl=32,'',g.name) AS date_precision,
 ifnull(e.edtf, CASE WHEN e.date_from IS NULL THEN '../'||date(2440587.5+e.date_to) WHEN e.date_to IS NULL THEN date(2440587.5+e.date_from)||'/..'
  WHEN e.date_from=e.date_to THEN date(2440587.5+e.date_from)||iif(e.approximate,'~','') WHEN e.granularity_id=8 THEN strftime('%Y',2440587.5+e.date_from)
  WHEN e.granularity_id=4 THEN strftime('%Y-%m',2440587.5+e.date_from) ELSE date(2440587.5+e.date_from)||'/'||date(2440587.5+e.date_to) END) AS date_edtf,
 iif(x.start IS NULL, NULL, CAST(substr(CAST(r.text AS BLOB), x.start+1, x.end-x.start) AS TEXT)) AS date_text,
 t.name AS event_type, t.id AS event_code,
 (SELECT group_concat(a.name,'; ') FROM event_actor y JOIN actor a ON a.id=y.actor_id WHERE y.event_id=e.id AND y.role_id=0) AS actor_source,
 (SELECT group_concat(a.name,'; ') FROM event_actor y JOIN actor a ON a.id=y.actor_id WHERE y.event_id=e.id AND y.role_id IN (1,2)) AS actor_target,
 (SELECT group_concat(a.name,'; ') FROM event_actor y JOIN actor a ON a.id=y.actor_id WHERE y.event_id=e.id) AS actors,
 m.lemma AS action, p.name AS place, p.country, p.region AS admin1, p.lat, p.lon, p.precision,
 CAST(substr(CAST(r.text AS BLOB), s.start+1, s.end-s.start) AS TEXT) AS sentence,
 printf('%.3f', e.confidence/1000.0) AS confidence, r.id AS article_id, r.title, r.url, date(2440587.5+r.published) AS published_at, r.source,
 e.sources, 'machine' AS review_status, m.headline, e.mode, pol.name, md.name, asp.name,
 iif(m.attribution_start IS NULL, NULL, CAST(substr(CAST(r.text AS BLOB), m.attribution_start+1, m.attribution_end-m.attribution_start) AS TEXT)) AS attribution,
 b.name, iif(e.approximate,'true','false'), iif(e.inferred,'true','false'),
 (SELECT group_concat(k.name||' '||c.low, '; ') FROM count c JOIN count_kind k ON k.id=c.kind_id WHERE c.article_id=m.article_id AND c.mention=m.mention) AS counts,
 e.mentions, ifnull(r.imported,'extracted') AS origin
FROM event e NOT INDEXED CROSS JOIN mention m ON m.article_id=e.lead_article AND m.mention=e.lead_mention CROSS JOIN article r ON r.id=m.article_id
 CROSS JOIN sentence s ON s.article_id=m.article_id AND s.sentence=m.sentence CROSS JOIN event_type t ON t.id=e.type_id JOIN granularity g ON g.id=e.granularity_id JOIN basis b ON b.id=e.basis_id
 JOIN polarity pol ON pol.id=e.polarity_id JOIN modality md ON md.id=e.modality_id JOIN aspect asp ON asp.id=e.aspect_id
 LEFT JOIN timex x ON x.article_id=m.article_id AND x.timex=m.timex LEFT JOIN place p ON p.id=e.place_id
ORDER BY ifnull(e.date_from, e.date_to) NULLS LAST, e.lvl, e.date_to, e.id;
