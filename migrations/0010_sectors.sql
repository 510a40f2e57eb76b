-- PLOVER 2021 writes JRN for journalists and MED for medicine. Until now MED stood for the media, and doctors had no sector.

INSERT OR IGNORE INTO sector (id, name) VALUES
    (21, 'JRN'),
    (22, 'AGR');

UPDATE actor SET sector = 'JRN' WHERE sector = 'MED';
