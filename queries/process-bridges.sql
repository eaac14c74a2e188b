--+ columns: {body: iri, bodyName: string, process: iri, processName: string, other: iri, otherName: string, members: integer, otherMembers: integer, processesRead: integer}
-- The SQL form of process-bridges.rq, over the tables of data/columns.sql.
WITH members AS (
    SELECT subject AS member, object AS process
    FROM ties WHERE relation = 'memberOf' AND object IN (SELECT thing FROM types WHERE type = 'RegionalProcess')
),
bridges AS (
    SELECT a.process, b.process AS other, min(a.member) AS body
    FROM members a JOIN members b ON b.member = a.member AND a.process < b.process
    GROUP BY a.process, b.process HAVING count(*) = 1
),
sizes AS (SELECT process, count(*) AS members FROM members GROUP BY process)
SELECT b.body, coalesce(n.name, b.body) AS body_name, b.process, coalesce(p.name, b.process) AS process_name,
       b.other, coalesce(o.name, b.other) AS other_name, s.members, t.members, (SELECT count(*) FROM sizes)
FROM bridges b JOIN sizes s ON s.process = b.process JOIN sizes t ON t.process = b.other
LEFT JOIN called($lang) n ON n.thing = b.body
LEFT JOIN called($lang) p ON p.thing = b.process
LEFT JOIN called($lang) o ON o.thing = b.other
ORDER BY body_name, process_name, other_name, b.body, b.process, b.other
