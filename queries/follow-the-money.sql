--+ columns: {funded: iri, fundedName: string, step: string, thing: iri, thingName: string, amount: decimal, currency: string, amountKind: string, quote: string, sources: integer, sourcesRead: integer}
-- The SQL form of follow-the-money.rq, over the tables of data/columns.sql.
WITH RECURSIVE paid AS (SELECT DISTINCT object AS funded FROM ties WHERE relation = 'funds' AND subject = key_of($donor)),
within AS (
    SELECT funded, funded AS part FROM paid
    UNION
    SELECT w.funded, t.subject FROM within w JOIN ties t ON t.object = w.part AND t.relation = 'partOf'
),
steps AS (
    SELECT w.funded, 'implements' AS step, c.subject AS thing, c.quote, c.source
    FROM within w JOIN claims c ON c.object = w.part
    WHERE c.relation = 'implements' AND c.status = 'stated'
    UNION ALL
    SELECT w.funded, c.relation, c.object, c.quote, c.source
    FROM within w JOIN claims c ON c.subject = w.part
    WHERE c.relation IN ('covers', 'takesPlaceIn') AND c.status = 'stated'
    UNION ALL
    SELECT object, 'funds', subject, quote, source
    FROM claims WHERE subject = key_of($donor) AND relation = 'funds' AND status = 'stated'
),
chains AS (
    SELECT funded, step, thing, min(quote) AS quote, count(DISTINCT source) AS sources
    FROM steps GROUP BY funded, step, thing
),
sums AS (SELECT DISTINCT item, amount, currency, kind FROM fundings WHERE funder = key_of($donor))
SELECT c.funded, coalesce(n.name, c.funded) AS funded_name, c.step, c.thing, coalesce(m.name, c.thing) AS thing_name,
       s.amount, s.currency, s.kind, c.quote, c.sources, (SELECT count(*) FROM sources)
FROM chains c LEFT JOIN sums s ON c.step = 'funds' AND s.item = c.funded
LEFT JOIN called($lang) n ON n.thing = c.funded LEFT JOIN called($lang) m ON m.thing = c.thing
ORDER BY funded_name, c.step = 'funds' DESC, c.step = 'implements' DESC, c.step, s.currency,
         CAST(s.amount AS DECIMAL(38, 10)), s.kind, thing_name, c.funded, c.thing
