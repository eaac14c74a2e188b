--+ columns: {partner: iri, partnerName: string, before: integer, since: integer, undated: integer, documents: integer, readBefore: integer, readSince: integer, readUndated: integer}
-- The SQL form of partners-over-time.rq, over the tables of data/columns.sql.
WITH joint AS (
    SELECT * FROM edges
    WHERE relation IN ('organises', 'chairs', 'participatesIn', 'funds', 'implements', 'partnersIn', 'signs')
),
direct AS (SELECT * FROM edges WHERE relation IN ('cooperatesWith', 'funds', 'memberOf')),
met AS (
    SELECT b.subject AS partner, a.source
    FROM joint a JOIN joint b ON b.source = a.source AND b.object = a.object
    WHERE a.subject = key_of($organisation)
    UNION
    SELECT object, source FROM direct WHERE subject = key_of($organisation)
    UNION
    SELECT subject, source FROM direct WHERE object = key_of($organisation)
),
dated AS (
    SELECT m.partner, m.source, i.year
    FROM met m LEFT JOIN issued i USING (source)
    WHERE m.partner <> key_of($organisation)
      AND m.partner NOT IN (SELECT thing FROM types WHERE type IN ('Person', 'Event', 'Instrument', 'Programme'))
),
partners AS (
    SELECT partner, count(*) FILTER (year < $year) AS early, count(*) FILTER (year >= $year) AS late,
           count(*) FILTER (year IS NULL) AS undated, count(*) AS documents
    FROM dated GROUP BY partner
),
documents AS (
    SELECT count(*) FILTER (year < $year) AS early, count(*) FILTER (year >= $year) AS late,
           count(*) FILTER (year IS NULL) AS undated
    FROM sources LEFT JOIN issued USING (source)
)
SELECT p.partner, coalesce(n.name, p.partner) AS partner_name, p.early, p.late, p.undated, p.documents,
       d.early, d.late, d.undated
FROM partners p CROSS JOIN documents d
LEFT JOIN called($lang) n ON n.thing = p.partner
ORDER BY p.documents DESC, p.late DESC, p.early DESC, partner_name, p.partner
