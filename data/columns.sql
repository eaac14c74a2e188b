-- The tables beside the store (columns.duckdb): what the SQL forms of named queries (queries/*.sql) read.
--
-- `facts` holds the triples that are needed, with the named graph that says each; it is brought up to date graph by
-- graph. All else is derived from it here, in this order, each time.
--
--   facts(graph, subject, predicate, object, language)   language is empty but for names
--
-- In the derived tables a number stands for each IRI, name, quote and code: its key in `texts`. Keys are in the order
-- of the texts, so that comparing or sorting keys is comparing or sorting texts, and an answer looks up only the texts
-- of its own rows. Written out are, of the terms of the ontology (types, relations, states), what follows the last #
-- or /, and years, languages and amounts.
--
-- A query over the union of the sources sees each triple once: hence DISTINCT wherever the graph is left out.

CREATE OR REPLACE TABLE texts AS
    SELECT CAST(row_number() OVER (ORDER BY text) AS INTEGER) AS key, text, md5_number_lower(text) AS mark
    FROM (SELECT graph AS text FROM facts UNION SELECT subject FROM facts UNION SELECT object FROM facts)
    ORDER BY text;

-- The facts in keys. What the predicates are called here: the end of their IRIs.
CREATE OR REPLACE TEMP TABLE coded AS
    SELECT g.key AS graph, s.key AS subject, f.predicate, o.key AS object, f.language
    FROM facts f JOIN texts g ON g.text = f.graph JOIN texts s ON s.text = f.subject JOIN texts o ON o.text = f.object;
CREATE OR REPLACE TEMP TABLE said AS SELECT DISTINCT subject, predicate, object, language FROM coded;
CREATE OR REPLACE TEMP TABLE words AS
    SELECT key, regexp_extract(text, '[^#/]*$') AS word FROM texts
    WHERE key IN (SELECT object FROM said WHERE predicate IN (
        'http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
        'https://w3id.org/migkg/ont#status'));

-- One document says that two things are related.
CREATE OR REPLACE TABLE edges AS
    SELECT graph AS source, subject, predicate[28:] AS relation, object
    FROM coded WHERE predicate IN (SELECT predicate FROM relations)
    ORDER BY relation, subject, object, source;

-- The same, whoever says it.
CREATE OR REPLACE TABLE ties AS
    SELECT DISTINCT subject, relation, object FROM edges ORDER BY relation, subject, object;

-- What documents say with which words.
CREATE OR REPLACE TABLE claims AS
    SELECT s.object AS subject, p.word AS relation, o.object AS object, h.object AS source, k.word AS status, q.object AS quote
    FROM (SELECT subject, object FROM said WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#subject') s
    JOIN (SELECT subject, word FROM said JOIN words ON key = object
          WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate') p USING (subject)
    JOIN (SELECT subject, object FROM said WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#object') o USING (subject)
    JOIN (SELECT subject, object FROM said WHERE predicate = 'https://w3id.org/migkg/ont#source') h USING (subject)
    JOIN (SELECT subject, word FROM said JOIN words ON key = object
          WHERE predicate = 'https://w3id.org/migkg/ont#status') k USING (subject)
    JOIN (SELECT subject, object FROM said WHERE predicate = 'https://w3id.org/migkg/ont#quote') q USING (subject)
    ORDER BY relation, subject, object, source, quote;

-- Types.
CREATE OR REPLACE TABLE types AS
    SELECT subject AS thing, word AS type FROM said JOIN words ON key = object
    WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' ORDER BY type, thing;

-- Preferred names.
CREATE OR REPLACE TABLE names AS
    SELECT subject AS thing, language, object AS name
    FROM said WHERE predicate = 'http://www.w3.org/2004/02/skos/core#prefLabel' ORDER BY thing, language, name;

-- The name that a query shows in each language that it can be asked in: the first in that language, else the first in
-- any.
CREATE OR REPLACE TABLE shown AS
    SELECT l.language, n.thing, coalesce(min(n.name) FILTER (n.language = l.language), min(n.name)) AS name
    FROM names n CROSS JOIN languages l
    GROUP BY l.language, n.thing ORDER BY l.language, n.thing;

CREATE OR REPLACE TABLE sources AS
    SELECT thing AS source FROM types WHERE type = 'Source' ORDER BY source;
CREATE OR REPLACE TABLE issued AS
    SELECT subject AS source, TRY_CAST(text[:4] AS INTEGER) AS year
    FROM said JOIN texts ON key = object WHERE predicate = 'http://purl.org/dc/terms/issued'
    GROUP BY ALL ORDER BY source, year;
-- The language that a document is written in.
CREATE OR REPLACE TABLE spoken AS
    SELECT subject AS source, text AS language
    FROM said JOIN texts ON key = object JOIN sources s ON s.source = subject
    WHERE predicate = 'http://purl.org/dc/terms/language' GROUP BY ALL ORDER BY source, language;
CREATE OR REPLACE TABLE publishers AS
    SELECT subject AS source, object AS publisher
    FROM said WHERE predicate = 'http://purl.org/dc/terms/publisher' ORDER BY source, publisher;
CREATE OR REPLACE TABLE countries AS
    SELECT subject AS thing, object AS country
    FROM said WHERE predicate = 'https://w3id.org/migkg/ont#country' ORDER BY thing, country;
CREATE OR REPLACE TABLE themes AS
    SELECT subject AS thing, object AS theme
    FROM said WHERE predicate = 'http://purl.org/dc/terms/subject' ORDER BY thing, theme;
CREATE OR REPLACE TABLE codes AS
    SELECT subject AS thing, object AS code
    FROM said WHERE predicate = 'http://www.w3.org/2004/02/skos/core#notation' ORDER BY thing, code;

-- The year of an event or a programme: the first that is said, where one is (EDTF).
CREATE OR REPLACE TABLE years AS
    SELECT subject AS thing, min(TRY_CAST(text[:4] AS INTEGER)) AS year
    FROM said JOIN texts ON key = object
    WHERE predicate = 'https://w3id.org/migkg/ont#when' AND regexp_matches(text, '^[0-9]{4}')
    GROUP BY subject ORDER BY thing;

-- Of which somebody is known that organises, chairs or attends it.
CREATE OR REPLACE TABLE meetings AS
    SELECT DISTINCT object AS event FROM ties WHERE relation IN ('participatesIn', 'organises', 'chairs') ORDER BY event;

-- Who organises, chairs or attends what; people are left out. `meetings` is how many an actor has in all.
CREATE OR REPLACE TABLE seats AS
    SELECT actor, event, CAST(count(*) OVER (PARTITION BY actor) AS INTEGER) AS meetings, year, type IS NOT NULL AS known
    FROM (SELECT DISTINCT subject AS actor, object AS event
          FROM ties WHERE relation IN ('participatesIn', 'organises', 'chairs')
            AND subject NOT IN (SELECT thing FROM types WHERE type = 'Person')) s
    LEFT JOIN years y ON y.thing = s.event
    LEFT JOIN types t ON t.thing = s.event AND t.type = 'Event'
    ORDER BY event, meetings, actor;

-- Sums of money: once for what is paid for, once for the recipient. A sum has one amount; the others may be missing.
CREATE OR REPLACE TABLE fundings AS
    SELECT f.subject AS funding, f.object AS funder, i.object AS item, a.text AS amount, c.object AS currency,
           k.kind
    FROM (SELECT subject, object FROM said WHERE predicate = 'https://schema.org/funder') f
    JOIN (SELECT subject, predicate, object FROM said
          WHERE predicate IN ('https://schema.org/fundedItem', 'https://w3id.org/migkg/ont#recipient')) i USING (subject)
    JOIN (SELECT subject, text FROM said JOIN texts ON key = object
          WHERE predicate = 'https://w3id.org/migkg/ont#amount') a USING (subject)
    LEFT JOIN (SELECT subject, object FROM said WHERE predicate = 'https://schema.org/currency') c USING (subject)
    LEFT JOIN (SELECT subject, regexp_extract(text, 'amount-kind/(.*)$', 1) AS kind FROM said JOIN texts ON key = object
               WHERE predicate = 'https://w3id.org/migkg/ont#amountKind') k USING (subject)
    ORDER BY funder, item, funding;
