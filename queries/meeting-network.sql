--+ columns: {a: iri, aName: string, aMeetings: integer, b: iri, bName: string, bMeetings: integer, meetings: integer, undated: integer, meetingsRead: integer}
-- The SQL form of meeting-network.rq, over the tables of data/columns.sql.
WITH held AS (
    SELECT actor, event, meetings, year FROM seats
    WHERE known AND meetings >= $least
      AND (year IS NULL OR (($from IS NULL OR year >= $from) AND ($to IS NULL OR year <= $to)))
),
pairs AS (
    SELECT a.actor AS a, b.actor AS b, min(a.meetings) AS a_meetings, min(b.meetings) AS b_meetings,
           count(a.year) AS meetings, count(*) - count(a.year) AS undated
    FROM held a JOIN held b
      ON b.event = a.event AND (a.meetings < b.meetings OR (a.meetings = b.meetings AND a.actor < b.actor))
    GROUP BY a.actor, b.actor
    HAVING count(*) >= $least
)
SELECT p.a, coalesce(n.name, p.a) AS a_name, p.a_meetings, p.b, coalesce(m.name, p.b) AS b_name, p.b_meetings,
       p.meetings, p.undated, (SELECT count(*) FROM meetings)
FROM pairs p LEFT JOIN called($lang) n ON n.thing = p.a LEFT JOIN called($lang) m ON m.thing = p.b
ORDER BY p.meetings DESC, p.undated DESC, a_name, b_name, p.a, p.b
