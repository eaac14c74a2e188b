--+ columns: {only: iri, subject: iri, subjectName: string, relation: iri, object: iri, objectName: string, sources: integer, publisherSources: integer, sourcesRead: integer}
-- The SQL form of one-sided-ties.rq, over the tables of data/columns.sql.
WITH said AS (
    SELECT e.subject, e.relation, e.object, count(DISTINCT e.source) AS sources, min(p.publisher) AS alone
    FROM edges e LEFT JOIN publishers p USING (source)
    WHERE e.relation IN ('cooperatesWith', 'funds', 'implements', 'memberOf', 'partnersIn', 'signs')
      AND ($predicate IS NULL OR 'https://w3id.org/migkg/ont#' || e.relation = $predicate)
    GROUP BY e.subject, e.relation, e.object
    HAVING count(DISTINCT p.publisher) = 1 AND count(p.publisher) = count(*)
),
parts AS (SELECT subject AS part, object AS whole FROM ties WHERE relation = 'partOf'),
own AS (
    SELECT * FROM said
    WHERE ($publisher IS NULL OR alone = key_of($publisher))
      AND (alone = subject OR alone = object
           OR (subject, alone) IN (SELECT part, whole FROM parts) OR (object, alone) IN (SELECT part, whole FROM parts))
),
issues AS (SELECT publisher, count(DISTINCT source) AS issues FROM publishers GROUP BY publisher)
SELECT o.alone, o.subject, coalesce(s.name, o.subject) AS subject_name,
       'https://w3id.org/migkg/ont#' || o.relation AS relation, o.object, coalesce(t.name, o.object) AS object_name,
       o.sources, i.issues, (SELECT count(*) FROM sources)
FROM own o
JOIN issues i ON i.publisher = o.alone
LEFT JOIN called($lang) s ON s.thing = o.subject
LEFT JOIN called($lang) t ON t.thing = o.object
ORDER BY i.issues DESC, o.sources DESC, subject_name, object_name, relation, o.subject, o.object
