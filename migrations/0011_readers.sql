-- Web pages say when they were published in many ways; the rule that found the day is kept by its name.
INSERT INTO published_basis (id, name) VALUES
    (4, 'json-ld'),
    (5, 'open-graph'),
    (6, 'meta'),
    (7, 'itemprop'),
    (8, 'hatom'),
    (9, 'url'),
    (10, 'time'),
    (11, 'class'),
    (12, 'modified'),
    (13, 'visible'),
    (14, 'script');
