-- One wire story in ten outlets is one report: `copy_of` says of which article another is a copy, so that it adds evidence and
-- a source to its events but no event of its own. The bands are what copies are found by: two articles that share one are
-- compared word by word. Articles that were read before this step have no bands; only exact copies of them are found.
ALTER TABLE article ADD COLUMN copy_of INTEGER REFERENCES article (id) ON DELETE SET NULL;

CREATE TABLE article_band (
    band       INTEGER NOT NULL,                        -- hash of four least hashes of runs of four words
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_band_by_article ON article_band (article_id);
CREATE INDEX article_by_copy ON article (copy_of) WHERE copy_of IS NOT NULL;
