-- Search by words over all sentences. The index holds no text of its own: `sentence_text` cuts it out of the article, so
-- that the index can be rebuilt and verified from it at any time.

CREATE VIEW sentence_text AS
SELECT (s.article_id << 20) | s.sentence AS id, s.article_id, s.sentence,
       CAST(substr(CAST(a.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS text
FROM sentence s JOIN article a ON a.id = s.article_id;

-- The porter stemmer lets "missiles" find "missile"; accents and case make no difference.
CREATE VIRTUAL TABLE sentence_fts USING fts5 (
    text, content = 'sentence_text', content_rowid = 'id', columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2'
);
