-- The closed sets of names. Rows that are many (events, mentions, sentences) keep the small number of a name, so that a
-- database of millions of events stays small; rows that are few (articles, actors, places) keep the name itself. Either
-- way a foreign key leads here, so that a new name is one more row in a later migration and nothing else.
-- The views of 0007 show names only.

-- "dtln": tells a database of dateline from any other SQLite file.
PRAGMA application_id = 0x64746C6E;

CREATE TABLE event_type (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL
) STRICT;

INSERT INTO event_type (id, name, family) VALUES
    (0, 'AGREE', 'politics'),
    (1, 'CONSULT', 'politics'),
    (2, 'SUPPORT', 'politics'),
    (3, 'COOPERATE', 'politics'),
    (4, 'AID', 'politics'),
    (5, 'CONCEDE', 'politics'),
    (6, 'RETREAT', 'politics'),
    (7, 'REQUEST', 'politics'),
    (8, 'ACCUSE', 'politics'),
    (9, 'REJECT', 'politics'),
    (10, 'THREATEN', 'politics'),
    (11, 'PROTEST', 'politics'),
    (12, 'MOBILIZE', 'politics'),
    (13, 'SANCTION', 'politics'),
    (14, 'COERCE', 'politics'),
    (15, 'ASSAULT', 'politics'),
    (16, 'STATEMENT', 'statement'),
    (17, 'LEGISLATE', 'government'),
    (18, 'ELECT', 'government'),
    (19, 'APPOINT', 'government'),
    (20, 'CHARGE', 'justice'),
    (21, 'TRIAL', 'justice'),
    (22, 'VERDICT', 'justice'),
    (23, 'RULING', 'justice'),
    (24, 'SUE', 'justice'),
    (25, 'NATURAL', 'disaster'),
    (26, 'ACCIDENT', 'disaster'),
    (27, 'DISEASE', 'disaster'),
    (28, 'DEAL', 'business'),
    (29, 'RESULT', 'business'),
    (30, 'OPEN', 'business'),
    (31, 'CLOSE', 'business'),
    (32, 'LAUNCH', 'business'),
    (33, 'PRICE', 'business'),
    (34, 'DIE', 'life'),
    (35, 'INJURE', 'life'),
    (36, 'BORN', 'life'),
    (37, 'MARRY', 'life'),
    (38, 'AWARD', 'life'),
    (39, 'TRAVEL', 'move'),
    (40, 'MIGRATE', 'move'),
    (41, 'MATCH', 'culture'),
    (42, 'PERFORM', 'culture'),
    (43, 'PUBLISH', 'culture'),
    (44, 'OTHER', 'other');

CREATE TABLE granularity (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO granularity (id, name) VALUES
    (0, 'time'),
    (1, 'day'),
    (2, 'weekend'),
    (3, 'week'),
    (4, 'month'),
    (5, 'season'),
    (6, 'quarter'),
    (7, 'half-year'),
    (8, 'year'),
    (9, 'decade'),
    (10, 'century'),
    (11, 'millennium'),
    (12, 'range');

CREATE TABLE basis (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO basis (id, name) VALUES
    (0, 'stated'),
    (1, 'anchored'),
    (2, 'narrative'),
    (3, 'published'),
    (4, 'none');

CREATE TABLE polarity (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO polarity (id, name) VALUES
    (0, 'positive'),
    (1, 'negative');

CREATE TABLE modality (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO modality (id, name) VALUES
    (0, 'asserted'),
    (1, 'reported'),
    (2, 'planned'),
    (3, 'possible');

CREATE TABLE aspect (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO aspect (id, name) VALUES
    (0, 'completed'),
    (1, 'ongoing'),
    (2, 'starting'),
    (3, 'ending'),
    (4, 'failed');

-- The id of a context is the number of its bit in the columns named `contexts`.
CREATE TABLE context (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO context (id, name) VALUES
    (0, 'political_institutions'),
    (1, 'diplomatic'),
    (2, 'military'),
    (3, 'economic'),
    (4, 'legal'),
    (5, 'humanitarian'),
    (6, 'elections'),
    (7, 'executive'),
    (8, 'legislative'),
    (9, 'intelligence'),
    (10, 'territory'),
    (11, 'terrorism'),
    (12, 'rights_freedoms'),
    (13, 'peacekeeping'),
    (14, 'migration'),
    (15, 'health'),
    (16, 'environment'),
    (17, 'disaster'),
    (18, 'crime'),
    (19, 'corruption'),
    (20, 'resource'),
    (21, 'cyber'),
    (22, 'cbrn'),
    (23, 'pro_democracy'),
    (24, 'pro_autocracy'),
    (25, 'misinformation');

CREATE TABLE role (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO role (id, name) VALUES
    (0, 'agent'),
    (1, 'patient'),
    (2, 'recipient'),
    (3, 'other');

CREATE TABLE zone (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO zone (id, name) VALUES
    (0, 'title'),
    (1, 'body'),
    (2, 'heading');

CREATE TABLE timex_kind (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO timex_kind (id, name) VALUES
    (0, 'DATE'),
    (1, 'TIME'),
    (2, 'DURATION'),
    (3, 'SET');

CREATE TABLE count_kind (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO count_kind (id, name) VALUES
    (0, 'dead'),
    (1, 'injured'),
    (2, 'missing'),
    (3, 'captured'),
    (4, 'detained'),
    (5, 'displaced'),
    (6, 'people'),
    (7, 'votes'),
    (8, 'money'),
    (9, 'magnitude'),
    (10, 'goals'),
    (11, 'size');

CREATE TABLE actor_kind (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO actor_kind (id, name) VALUES
    (0, 'person'),
    (1, 'organisation'),
    (2, 'government'),
    (3, 'group'),
    (4, 'country');

CREATE TABLE sector (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO sector (id, name) VALUES
    (0, 'GOV'),
    (1, 'MIL'),
    (2, 'REB'),
    (3, 'OPP'),
    (4, 'COP'),
    (5, 'LEG'),
    (6, 'JUD'),
    (7, 'CVL'),
    (8, 'BUS'),
    (9, 'MED'),
    (10, 'EDU'),
    (11, 'IGO'),
    (12, 'NGO'),
    (13, 'CRM'),
    (14, 'UAF'),
    (15, 'SPY'),
    (16, 'PTY'),
    (17, 'LAB'),
    (18, 'REL'),
    (19, 'REF'),
    (20, 'ETH');

CREATE TABLE place_precision (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO place_precision (id, name) VALUES
    (0, 'exact'),
    (1, 'city'),
    (2, 'region'),
    (3, 'country'),
    (4, 'unknown');

CREATE TABLE published_basis (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO published_basis (id, name) VALUES
    (0, 'given'),
    (1, 'metadata'),
    (2, 'dateline'),
    (3, 'inferred');
