-- The tables beside the store (columns.duckdb): what the SQL forms of named queries (queries/*.sql) read.
--
-- `facts` holds the triples that are needed, with the named graph that says each; it is brought up to date graph by
-- graph. All else is derived from it here, in this order, each time. An IRI is kept as text; of the terms of the
-- ontology (types, relations, states) only what follows the last # or /.
--
--   facts(graph, subject, predicate, object, language)   language is empty but for names
--
-- A query over the union of the sources sees each triple once: hence DISTINCT wherever the graph is left out.

-- One document says that two things are related.
CREATE OR REPLACE TABLE edges AS
    SELECT graph AS source, subject, predicate[28:] AS relation, object
    FROM facts WHERE predicate IN (SELECT predicate FROM relations)
    ORDER BY relation, subject, object, source;

-- The same, whoever says it.
CREATE OR REPLACE TABLE ties AS
    SELECT DISTINCT subject, relation, object FROM edges ORDER BY relation, subject, object;

-- What documents say with which words.
CREATE OR REPLACE TABLE claims AS
    SELECT s.object AS subject, p.object[28:] AS relation, o.object AS object, h.object AS source,
           regexp_extract(k.object, '[^#/]*$') AS status, q.object AS quote
    FROM (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#subject') s
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate') p USING (subject)
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#object') o USING (subject)
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#source') h USING (subject)
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#status') k USING (subject)
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#quote') q USING (subject)
    ORDER BY relation, subject, object, source, quote;

-- Types without the namespace of the ontology.
CREATE OR REPLACE TABLE types AS
    SELECT DISTINCT subject AS thing, object[28:] AS type
    FROM facts WHERE predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' ORDER BY type, thing;

-- Preferred names.
CREATE OR REPLACE TABLE names AS
    SELECT DISTINCT subject AS thing, language, object AS name
    FROM facts WHERE predicate = 'http://www.w3.org/2004/02/skos/core#prefLabel' ORDER BY thing, language, name;

-- The name that a query shows in each language: the first in that language, else the first in any ('' stands for a
-- language in which nothing has a name).
CREATE OR REPLACE TABLE shown AS
    SELECT l.language, n.thing, coalesce(min(n.name) FILTER (n.language = l.language), min(n.name)) AS name
    FROM names n CROSS JOIN (SELECT DISTINCT language FROM names UNION SELECT '') l
    GROUP BY l.language, n.thing ORDER BY l.language, n.thing;

CREATE OR REPLACE TABLE sources AS
    SELECT thing AS source FROM types WHERE type = 'Source' ORDER BY source;
CREATE OR REPLACE TABLE issued AS
    SELECT DISTINCT subject AS source, TRY_CAST(object[:4] AS INTEGER) AS year
    FROM facts WHERE predicate = 'http://purl.org/dc/terms/issued' ORDER BY source;
CREATE OR REPLACE TABLE publishers AS
    SELECT DISTINCT subject AS source, object AS publisher
    FROM facts WHERE predicate = 'http://purl.org/dc/terms/publisher' ORDER BY source, publisher;
CREATE OR REPLACE TABLE countries AS
    SELECT DISTINCT subject AS thing, object AS country
    FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#country' ORDER BY thing, country;
-- When an event took place or a programme ran (EDTF).
CREATE OR REPLACE TABLE dates AS
    SELECT DISTINCT subject AS thing, object AS date
    FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#when' ORDER BY thing, date;
CREATE OR REPLACE TABLE themes AS
    SELECT DISTINCT subject AS thing, object AS theme
    FROM facts WHERE predicate = 'http://purl.org/dc/terms/subject' ORDER BY thing, theme;
CREATE OR REPLACE TABLE codes AS
    SELECT DISTINCT subject AS thing, object AS code
    FROM facts WHERE predicate = 'http://www.w3.org/2004/02/skos/core#notation' ORDER BY thing, code;

-- Sums of money: once for what is paid for, once for the recipient. A sum has one amount; the others may be missing.
CREATE OR REPLACE TABLE fundings AS
    SELECT f.subject AS funding, f.object AS funder, i.object AS item, a.object AS amount, c.object AS currency,
           regexp_extract(k.object, 'amount-kind/(.*)$', 1) AS kind
    FROM (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://schema.org/funder') f
    JOIN (SELECT DISTINCT subject, predicate, object FROM facts
          WHERE predicate IN ('https://schema.org/fundedItem', 'https://w3id.org/migkg/ont#recipient')) i USING (subject)
    JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#amount') a USING (subject)
    LEFT JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://schema.org/currency') c USING (subject)
    LEFT JOIN (SELECT DISTINCT subject, object FROM facts WHERE predicate = 'https://w3id.org/migkg/ont#amountKind') k USING (subject)
    ORDER BY funder, item, funding;
