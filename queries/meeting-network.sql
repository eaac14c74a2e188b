--+ columns: {a: iri, aName: string, aMeetings: integer, b: iri, bName: string, bMeetings: integer, meetings: integer, undated: integer, meetingsRead: integer}
-- The SQL form of meeting-network.rq, over the tables of data/columns.sql.
WITH attending AS (
    SELECT DISTINCT subject AS actor, object AS event
    FROM ties WHERE relation IN ('participatesIn', 'organises', 'chairs')
),
busy AS (
    SELECT actor, count(*) AS meetings
    FROM attending WHERE actor NOT IN (SELECT thing FROM types WHERE type = 'Person')
    GROUP BY actor HAVING count(*) >= $least
),
events AS (
    SELECT t.thing AS event,
           min(TRY_CAST(d.date[:4] AS INTEGER)) FILTER (regexp_matches(d.date, '^[0-9]{4}')) AS year
    FROM types t LEFT JOIN dates d USING (thing)
    WHERE t.type = 'Event'
    GROUP BY t.thing
),
seats AS (
    SELECT t.actor, t.event, b.meetings, e.year
    FROM attending t JOIN busy b USING (actor) JOIN events e USING (event)
    WHERE e.year IS NULL OR (($from IS NULL OR e.year >= $from) AND ($to IS NULL OR e.year <= $to))
),
pairs AS (
    SELECT a.actor AS a, a.meetings AS a_meetings, b.actor AS b, b.meetings AS b_meetings,
           count(a.year) AS meetings, count(*) - count(a.year) AS undated
    FROM seats a JOIN seats b
      ON b.event = a.event AND (a.meetings < b.meetings OR (a.meetings = b.meetings AND a.actor < b.actor))
    GROUP BY a.actor, a.meetings, b.actor, b.meetings
    HAVING count(*) >= $least
)
SELECT p.a, coalesce(n.name, p.a) AS a_name, p.a_meetings, p.b, coalesce(m.name, p.b) AS b_name, p.b_meetings,
       p.meetings, p.undated, (SELECT count(DISTINCT event) FROM attending)
FROM pairs p
LEFT JOIN called($lang) n ON n.thing = p.a
LEFT JOIN called($lang) m ON m.thing = p.b
ORDER BY p.meetings DESC, p.undated DESC, a_name, b_name, p.a, p.b
