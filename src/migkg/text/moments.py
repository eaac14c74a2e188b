"""Times that a text counts from its publication ("last week", "on Monday", "in May"), as exactly as is sure.

A week is a month, or a year, where it lies in one: the text does not say the day. A month without a year belongs to the
year that the sentence and the publication leave open, and to none where they leave two.
"""

import datetime
import re
from dataclasses import replace

from migkg.text.dates import DateSpan, find_dates
from migkg.text.times import GAP, Moment, MomentWords, merge_moments

MONTHS_BACK, MONTHS_AHEAD = 6, 10  # how far off a month without a year is sure to be the last, or the next, of its name
SHORT = 20  # characters of a clause that has no verb: "In November, …"
# "Santo Domingo": a capital beside another makes a name.
_NAMED = re.compile(r"(?<!\w)[^\W\d_a-zß-ÿ][^\W\dA-ZÀ-Þ_]{2,} [^\W\d_a-zß-ÿ]\w+$")
_CLAUSE = re.compile(r"[;:,]\s")
_DAYS = re.compile(r"(?<![\w.,/])(?P<day>\d{1,2}),\s(?:\d{1,2},\s)*$")


def find_moments(
    text: str, folded: str, start: int, end: int, words: MomentWords, published: str | None
) -> list[Moment]:
    """Times in ``folded[start:end]``, none overlapping, in text order; those of ``find_dates`` are among them.

    Args:
        text: the document, whose accents tell a future from other forms.
        folded: the folded document.
        published: publication date, from which all else is counted; ``--MM-DD`` where its year is not known.
    """
    reader = _Reader(text, folded, (start, end), words, published)
    return list(merge_moments(reader.read(), folded, words))


class _Reader:
    """The times of one stretch of text."""

    def __init__(
        self, text: str, folded: str, stretch: tuple[int, int], words: MomentWords, published: str | None
    ) -> None:
        self.text, self.folded, self.stretch, self.words = text, folded, stretch, words
        self.published = published
        self.day = _day(published)

    def read(self) -> list[Moment]:
        start, end = self.stretch
        dated = find_dates(self.folded, start, end, self.words.dates, self.published)
        weekdays = dict(self.words.dates.weekdays)
        found = [
            Moment(d.start, d.end, d.first, d.last, "day" if len(d.first) > 7 or d.first[0] == "-" else "month")
            for d in dated
            if self._own(d, weekdays)
        ]
        found = [self._listed(m) for m in found]
        for match in self.words.search.finditer(self.folded, start, end):
            clear = not any(match.start() < m.end and m.start < match.end() for m in found)
            moment = self._counted(match) if clear else None
            if moment is not None:
                found.append(moment)
        return sorted(found, key=lambda m: m.start)

    def _listed(self, moment: Moment) -> Moment:
        """With the days that stand before the last two: "9, 10 and 11 June"."""
        listed = _DAYS.search(self.folded, max(self.stretch[0], moment.start - GAP), moment.start)
        if not listed or not moment.last or not self.folded[moment.start].isdigit():
            return moment
        day = int(listed["day"])
        first = f"{moment.first[:-2]}{day:02d}"
        return replace(moment, start=listed.start(), first=first) if 0 < day < int(moment.first[-2:]) else moment

    def _own(self, date: DateSpan, weekdays: dict[str, int]) -> bool:
        """Whether a date stands for itself: days of the week and "today" are read here, with what stands beside."""
        said = self.folded[date.start : date.end]
        return said not in weekdays and said not in self.words.counted

    def _counted(self, match: re.Match[str]) -> Moment | None:
        said = match.group()
        if match["span"]:
            return self._in_figures(match)
        if match["year"]:
            return Moment(match.start(), match.end(), said, unit="year", bare=True)
        if match["counted"]:
            return self._from_publication(match)
        if match["weekday"]:
            return self._weekday(match)
        return self._month(match)

    def _in_figures(self, match: re.Match[str]) -> Moment | None:
        """ "22-23/05": the days stand before the stroke, so that the last figure is the month."""
        first, last, month = int(match["from"]), int(match["until"]), int(match["in"])
        dates = [self._iso(month, day) for day in (first, last)]
        return Moment(match.start(), match.end(), dates[0], dates[1]) if first < last and all(dates) else None  # type: ignore[arg-type]

    def _iso(self, month: int, day: int) -> str | None:
        name = next((n for n, m in self.words.dates.months if m == month), None)
        dates = find_dates(f"{day} {name}", 0, GAP, self.words.dates, self.published) if name else []
        return dates[0].first if dates else None

    def _from_publication(self, match: re.Match[str]) -> Moment | None:
        unit, shift = self.words.counted[match.group()]
        if self.day is None:
            near = _yearless(self.published, shift) if unit == "day" else None
            return Moment(match.start(), match.end(), near) if near else None
        if unit == "day":
            return Moment(match.start(), match.end(), (self.day + datetime.timedelta(days=shift)).isoformat())
        if unit == "week":
            monday = self.day - datetime.timedelta(days=self.day.weekday() - 7 * shift)
            return _common(match, monday, monday + datetime.timedelta(days=6))
        if unit == "month":
            return Moment(match.start(), match.end(), _month_of(self.day, shift), unit="month")
        return Moment(match.start(), match.end(), str(self.day.year + shift), unit="year")

    def _weekday(self, match: re.Match[str]) -> Moment | None:
        """The day of the week that is meant: by "last", "next" or "of last week" beside it, else by the tense."""
        if self.day is None or _NAMED.search(self.text, max(self.stretch[0] + 1, match.start() - GAP), match.end()):
            return None
        number = dict(self.words.dates.weekdays)[match["weekday"]]
        begin, end = self._beside(match)
        week = self._week_after(end)
        if week is not None:
            day = self.day + datetime.timedelta(days=number - self.day.isoweekday() + 7 * week[1])
            return Moment(begin, week[0], day.isoformat(), weekday=number)
        back = (self.day.isoweekday() - number) % 7
        if self._is(self.words.last, begin, match, end):
            day = self.day - datetime.timedelta(days=back or 7)
        elif self._is(self.words.next, begin, match, end) or (self._ahead(match.start()) and back):
            day = self.day + datetime.timedelta(days=7 - back)
        else:
            day = self.day - datetime.timedelta(days=back)
        return Moment(begin, end, day.isoformat(), weekday=number)

    def _beside(self, match: re.Match[str]) -> tuple[int, int]:
        """The span of a name with "last" or "next" before or after it."""
        begin, end = match.span()
        for pattern in (self.words.last, self.words.next):
            after = pattern.match(self.folded, end, self.stretch[1])
            before = list(pattern.finditer(self.folded, max(self.stretch[0], begin - GAP), begin))
            end = after.end() if after else end
            begin = before[-1].start() if before and not self.folded[before[-1].end() : begin].strip() else begin
        return begin, end

    def _is(self, pattern: re.Pattern[str], begin: int, match: re.Match[str], end: int) -> bool:
        beside = f" {self.folded[begin : match.start()]} {self.folded[match.end() : end]} "
        return bool(pattern.search(beside))

    def _week_after(self, end: int) -> tuple[int, int] | None:
        """Where the week ends that a day belongs to, and which it is: "Thursday and Friday of last week"."""
        own, joined, spanned = end, self.words.joined, self.words.spanned
        for match in self.words.search.finditer(self.folded, end, min(end + 3 * GAP, self.stretch[1])):
            gap = self.folded[end : match.start()]
            if (
                match["counted"]
                and self.words.counted[match.group()][0] == "week"
                and self.words.fillers.fullmatch(gap)
            ):
                return match.end() if end == own else own, self.words.counted[match.group()][1]
            if not match["weekday"] or not (joined.fullmatch(gap) or spanned.fullmatch(gap)):
                return None
            end = match.end()
        return None

    def _month(self, match: re.Match[str]) -> Moment | None:
        month = dict(self.words.dates.months)[match["month"]]
        year, last = self._year_after(match.end())
        begin, end = self._beside(match) if year is None else match.span()
        beside = end > match.end() or begin < match.start()
        if not beside and not self.words.openers.search(self.folded, max(self.stretch[0], begin - GAP), begin):
            return None
        if year is None:
            year = self._year(month, begin, match, end)
        first = f"{year}-{month:02d}" if year else f"--{month:02d}"
        if not year and self.published:
            return None
        return Moment(begin, last or end, first, unit="month")

    def _year_after(self, end: int) -> tuple[int | None, int | None]:
        """ "in May of last year"."""
        match = self.words.search.search(self.folded, end, min(end + GAP, self.stretch[1]))
        unit, shift = self.words.counted.get(match.group(), ("", 0)) if match else ("", 0)
        if not match or not self.day or unit != "year":
            return None, None
        beside = self.words.fillers.fullmatch(self.folded[end : match.start()])
        return (self.day.year + shift, match.end()) if beside else (None, None)

    def _year(self, month: int, begin: int, match: re.Match[str], end: int) -> int | None:
        if self.day is None:
            return None
        back, ahead = (self.day.month - month) % 12, (month - self.day.month) % 12
        if self._is(self.words.last, begin, match, end):
            return self.day.year - (month >= self.day.month)
        if self._is(self.words.next, begin, match, end) or self._ahead(match.start()):
            return self.day.year + (month < self.day.month) if ahead <= MONTHS_AHEAD else None
        return self.day.year - (month > self.day.month) if back <= MONTHS_BACK else None

    def _ahead(self, at: int) -> bool:
        """Whether the clause speaks of what is to come."""
        begin, end = self.stretch
        marks = [m.start() for m in _CLAUSE.finditer(self.text, begin, end)]
        since = max((m for m in marks if m < at), default=begin)
        until = next((m for m in marks if m - since > SHORT and m > at), end)
        return bool(self.words.future.search(self.text[since:until].lower()))


def _common(match: re.Match[str], first: datetime.date, last: datetime.date) -> Moment | None:
    """The month, or else the year, that a week lies in."""
    if first.year != last.year:
        return None
    unit = "month" if first.month == last.month else "year"
    return Moment(match.start(), match.end(), first.isoformat()[: 7 if unit == "month" else 4], unit=unit)


def _month_of(day: datetime.date, shift: int) -> str:
    months = day.year * 12 + day.month - 1 + shift
    return f"{months // 12}-{months % 12 + 1:02d}"


def _day(published: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _yearless(published: str | None, shift: int) -> str | None:
    """The day beside one whose year is not known; ``None`` where a leap year would move it."""
    if not published or not published.startswith("--") or len(published) != 7:
        return None
    days = {
        (datetime.date(year, int(published[2:4]), int(published[5:])) + datetime.timedelta(days=shift)).isoformat()[5:]
        for year in (2000, 2001)
        if not published.endswith("02-29")
    }
    return f"--{days.pop()}" if len(days) == 1 else None
