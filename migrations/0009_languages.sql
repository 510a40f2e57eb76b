-- Which language each article is in, so that a reader of a mixed collection can tell which articles were not read for
-- events: only English is.

ALTER TABLE article ADD COLUMN language TEXT CHECK (length(language) BETWEEN 2 AND 3); -- ISO 639-1, else 639-3
