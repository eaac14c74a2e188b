--+ columns: {tongue: string, subject: iri, subjectName: string, relation: iri, object: iri, objectName: string, sources: integer, quote: string, tongueSources: integer, sourcesRead: integer}
-- The SQL form of only-in-language.rq, over the tables of data/columns.sql.
WITH relating AS (
    SELECT unnest(['cooperatesWith', 'funds', 'implements', 'memberOf', 'organises', 'partnersIn', 'signs']) AS relation
),
asked AS (SELECT relation FROM relating WHERE $predicate IS NULL OR 'https://w3id.org/migkg/ont#' || relation = $predicate),
said AS (
    SELECT e.subject, e.relation, e.object, count(DISTINCT e.source) AS sources, min(s.language) AS tongue
    FROM edges e JOIN spoken s USING (source)
    WHERE e.relation IN (SELECT relation FROM asked)
    GROUP BY e.subject, e.relation, e.object
    HAVING min(s.language) = max(s.language)
),
tongues AS (SELECT language, count(*) AS sources FROM spoken GROUP BY language),
quotes AS (
    SELECT subject, relation, object, min(quote) AS quote
    FROM claims WHERE status = 'stated' AND relation IN (SELECT relation FROM asked)
    GROUP BY subject, relation, object
)
SELECT s.tongue, s.subject, coalesce(n.name, s.subject) AS subject_name,
       'https://w3id.org/migkg/ont#' || s.relation AS relation, s.object, coalesce(m.name, s.object) AS object_name,
       s.sources, q.quote, t.sources AS tongue_sources, (SELECT count(*) FROM sources)
FROM said s JOIN tongues t ON t.language = s.tongue
LEFT JOIN quotes q ON q.subject = s.subject AND q.relation = s.relation AND q.object = s.object
LEFT JOIN called($lang) n ON n.thing = s.subject
LEFT JOIN called($lang) m ON m.thing = s.object
WHERE s.tongue = $language OR ($language IS NULL AND s.tongue <> 'en')
ORDER BY s.tongue, s.sources DESC, subject_name, object_name, relation, s.subject, s.object
