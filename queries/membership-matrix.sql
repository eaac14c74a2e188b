--+ columns: {process: iri, processName: string, member: iri, memberName: string, memberCountry: string, otherProcesses: integer, quote: string, sources: integer, processMembers: integer, sourcesRead: integer}
-- The SQL form of membership-matrix.rq, over the tables of data/columns.sql.
WITH processes AS (SELECT thing FROM types WHERE type = 'RegionalProcess'),
members AS (
    SELECT subject AS member, object AS process
    FROM ties WHERE relation = 'memberOf' AND object IN (SELECT thing FROM processes)
),
said AS (
    SELECT object AS process, subject AS member, min(quote) AS quote, count(DISTINCT source) AS sources
    FROM claims
    WHERE relation = 'memberOf' AND status = 'stated' AND object IN (SELECT thing FROM processes)
      AND ($process IS NULL OR object = key_of($process))
      AND ($country IS NULL OR subject IN (SELECT thing FROM countries WHERE country = key_of($country)))
    GROUP BY object, subject
),
joined AS (SELECT member, count(*) - 1 AS others FROM members GROUP BY member),
sizes AS (SELECT process, count(*) AS members FROM members GROUP BY process)
SELECT s.process, coalesce(p.name, s.process) AS process_name, s.member, coalesce(m.name, s.member) AS member_name,
       c.country, j.others, s.quote, s.sources, z.members, (SELECT count(*) FROM sources)
FROM said s JOIN joined j USING (member) JOIN sizes z USING (process)
LEFT JOIN (SELECT thing, min(country) AS country FROM countries GROUP BY thing) c ON c.thing = s.member
LEFT JOIN called($lang) p ON p.thing = s.process
LEFT JOIN called($lang) m ON m.thing = s.member
ORDER BY process_name, member_name, s.process, s.member
