-- Words that stand in very many sentences are found by walking the events by day and asking of each whether its sentence has
-- them. So sentences get short numbers that run through all articles (the first of an article is `first_sentence`; the
-- search index, whose size is mostly such numbers, shrinks by a third), and the index by day knows the sentence of each event.

DROP TABLE sentence_fts;
DROP VIEW sentence_text;

-- An article without sentences keeps one number, so that no two articles begin at the same.
ALTER TABLE article ADD COLUMN first_sentence INTEGER CHECK (first_sentence > 0);

UPDATE article SET first_sentence = numbered.first
FROM (SELECT id, 1 + ifnull(sum(many) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS first
      FROM (SELECT a.id, ifnull((SELECT max(s.sentence) + 1 FROM sentence s WHERE s.article_id = a.id), 1) AS many
            FROM article a)) AS numbered
WHERE numbered.id = article.id;

CREATE UNIQUE INDEX article_by_first_sentence ON article (first_sentence);

CREATE VIEW sentence_text AS
SELECT a.first_sentence + s.sentence AS id, s.article_id, s.sentence,
       CAST(substr(CAST(a.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS text
FROM sentence s JOIN article a ON a.id = s.article_id;

CREATE VIRTUAL TABLE sentence_fts USING fts5 (
    text, content = 'sentence_text', content_rowid = 'id', columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO sentence_fts (rowid, text) SELECT id, text FROM sentence_text;

ALTER TABLE event ADD COLUMN lead_sentence INTEGER NOT NULL DEFAULT 0; -- of the lead mention: its row in sentence_fts

UPDATE event SET lead_sentence =
    (SELECT a.first_sentence + m.sentence FROM mention m JOIN article a ON a.id = m.article_id
     WHERE m.article_id = event.lead_article AND m.mention = event.lead_mention);

DROP INDEX event_by_date;
CREATE INDEX event_by_date ON event (lvl, date_from, date_to, id, lead_sentence, mentions);
