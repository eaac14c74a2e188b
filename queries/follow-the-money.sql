--+ columns: {funded: iri, fundedName: string, step: string, thing: iri, thingName: string, amount: decimal, currency: string, amountKind: string, quote: string, sources: integer, sourcesRead: integer}
-- The SQL form of follow-the-money.rq, over the tables of data/columns.sql.
WITH RECURSIVE within AS (
    SELECT DISTINCT object AS funded, object AS part FROM ties WHERE relation = 'funds' AND subject = $donor
    UNION
    SELECT w.funded, t.subject FROM within w JOIN ties t ON t.object = w.part AND t.relation = 'partOf'
),
steps AS (
    SELECT c.object AS funded, 'funds' AS step, c.subject AS thing, f.amount, f.currency, f.kind, c.quote, c.source
    FROM claims c LEFT JOIN fundings f ON f.funder = c.subject AND f.item = c.object
    WHERE c.subject = $donor AND c.relation = 'funds' AND c.status = 'stated'
    UNION ALL
    SELECT w.funded, 'implements', c.subject, NULL, NULL, NULL, c.quote, c.source
    FROM within w JOIN claims c ON c.object = w.part
    WHERE c.relation = 'implements' AND c.status = 'stated'
    UNION ALL
    SELECT w.funded, c.relation, c.object, NULL, NULL, NULL, c.quote, c.source
    FROM within w JOIN claims c ON c.subject = w.part
    WHERE c.relation IN ('covers', 'takesPlaceIn') AND c.status = 'stated'
),
chains AS (
    SELECT funded, step, thing, amount, currency, kind, min(quote) AS quote, count(DISTINCT source) AS sources
    FROM steps GROUP BY funded, step, thing, amount, currency, kind
),
named AS (
    SELECT t.thing, coalesce(n.name, t.thing) AS name
    FROM (SELECT funded AS thing FROM chains UNION SELECT thing FROM chains) t LEFT JOIN called($lang) n USING (thing)
)
SELECT c.funded, n.name AS funded_name, c.step, c.thing, m.name AS thing_name,
       c.amount, c.currency, c.kind, c.quote, c.sources, (SELECT count(*) FROM sources)
FROM chains c JOIN named n ON n.thing = c.funded JOIN named m ON m.thing = c.thing
ORDER BY funded_name, c.step = 'funds' DESC, c.step = 'implements' DESC, c.step, c.currency,
         CAST(c.amount AS DECIMAL(38, 10)), c.kind, thing_name, c.funded, c.thing
