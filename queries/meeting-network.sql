--+ columns: {a: iri, aName: string, aMeetings: integer, b: iri, bName: string, bMeetings: integer, meetings: integer, undated: integer, meetingsRead: integer}
-- The SQL form of meeting-network.rq, over the tables of data/columns.sql.
WITH attending AS (
    SELECT DISTINCT subject AS actor, object AS event
    FROM ties WHERE relation IN ('participatesIn', 'organises', 'chairs')
),
busy AS (
    SELECT row_number() OVER (ORDER BY actor) AS key, actor, meetings FROM (
        SELECT actor, count(*) AS meetings
        FROM attending WHERE actor NOT IN (SELECT thing FROM types WHERE type = 'Person')
        GROUP BY actor HAVING count(*) >= $least)
),
named AS (SELECT b.*, coalesce(n.name, b.actor) AS name FROM busy b LEFT JOIN called($lang) n ON n.thing = b.actor),
events AS (
    SELECT row_number() OVER () AS key, t.thing AS event,
           min(TRY_CAST(d.date[:4] AS INTEGER)) FILTER (regexp_matches(d.date, '^[0-9]{4}')) AS year
    FROM types t LEFT JOIN dates d USING (thing)
    WHERE t.type = 'Event'
    GROUP BY t.thing
),
-- Numbers in the place of IRIs, since all pairs of seats are compared.
seats AS (
    SELECT b.key AS actor, e.key AS event, b.meetings, e.year
    FROM attending t JOIN busy b USING (actor) JOIN events e USING (event)
    WHERE e.year IS NULL OR (($from IS NULL OR e.year >= $from) AND ($to IS NULL OR e.year <= $to))
),
pairs AS (
    SELECT a.actor AS a, b.actor AS b, count(a.year) AS meetings, count(*) - count(a.year) AS undated
    FROM seats a JOIN seats b
      ON b.event = a.event AND (a.meetings < b.meetings OR (a.meetings = b.meetings AND a.actor < b.actor))
    GROUP BY a.actor, b.actor
    HAVING count(*) >= $least
)
SELECT a.actor, a.name, a.meetings, b.actor, b.name, b.meetings,
       p.meetings, p.undated, (SELECT count(DISTINCT event) FROM attending)
FROM pairs p JOIN named a ON a.key = p.a JOIN named b ON b.key = p.b
ORDER BY p.meetings DESC, p.undated DESC, a.name, b.name, a.actor, b.actor
