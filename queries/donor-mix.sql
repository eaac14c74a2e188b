--+ columns: {donor: iri, donorName: string, year: integer, theme: string, ties: integer, commitments: integer, currency: string, amountKind: string, total: decimal, donorTies: integer}
-- The SQL form of donor-mix.rq, over the tables of data/columns.sql.
WITH paid AS (
    SELECT e.subject AS donor, e.object AS funded, min(i.year) AS year
    FROM edges e LEFT JOIN issued i USING (source)
    WHERE e.relation = 'funds' AND ($donor IS NULL OR e.subject = key_of($donor))
    GROUP BY e.subject, e.object
),
about AS (
    SELECT DISTINCT p.funded, coalesce(x.text, y.text, 'other') AS theme
    FROM (SELECT DISTINCT funded FROM paid) p
    LEFT JOIN themes t ON t.thing = p.funded
    LEFT JOIN names n ON n.thing = t.theme AND n.language = $lang
    LEFT JOIN codes c ON c.thing = t.theme
    LEFT JOIN texts x ON x.key = n.name LEFT JOIN texts y ON y.key = c.code
),
sums AS (
    SELECT DISTINCT funder AS donor, item AS funded, funding, CAST(amount AS DECIMAL(38, 10)) AS amount, currency, kind
    FROM fundings
),
mix AS (
    SELECT p.donor, p.year, a.theme, s.currency, s.kind, count(DISTINCT p.funded) AS ties,
           count(s.amount) AS commitments, CASE WHEN s.currency IS NOT NULL THEN CAST(sum(s.amount) AS VARCHAR) END AS total
    FROM paid p JOIN about a USING (funded) LEFT JOIN sums s ON s.donor = p.donor AND s.funded = p.funded
    GROUP BY p.donor, p.year, a.theme, s.currency, s.kind
),
donors AS (SELECT donor, count(*) AS ties FROM paid GROUP BY donor)
SELECT m.donor, coalesce(n.name, m.donor) AS donor_name, m.year, m.theme, m.ties, m.commitments, m.currency, m.kind,
       m.total, d.ties
FROM mix m JOIN donors d USING (donor)
LEFT JOIN called($lang) n ON n.thing = m.donor
ORDER BY d.ties DESC, donor_name, m.year, m.theme, m.currency, m.kind, m.donor
