-- PLOVER 2021 writes ELI for those who held office and hold it no longer.

INSERT OR IGNORE INTO sector (id, name) VALUES
    (23, 'ELI');
