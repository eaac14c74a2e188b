"""The date of what a release is about, where no sentence gives it one: the one that its first sentences tell."""

import re

from migkg.extract.cast import Thing
from migkg.extract.periods import Said, Timed, settle_period
from migkg.extract.sentence import Sentence
from migkg.model import Document
from migkg.text.times import Moment

LEAD = 3  # sentences in which a release says what it is about
SHORT = 6  # tokens of a line that is only a dateline
_YEAR = re.compile(r"(?:19|20)\d\d")


class Lead:
    """The times of a document's first sentences.

    Args:
        timed: every time of the document, with the event that it is said of.
        acts: heads of events of an hour.
    """

    def __init__(
        self, document: Document, folded: str, sentences: list[Sentence], timed: list[Timed], acts: re.Pattern[str]
    ) -> None:
        self.published, self.folded = document.published, folded
        self.sentences, self.timed, self.acts = sentences, timed, acts

    def date(self, events: list[Thing]) -> None:
        """What a release is about, where no sentence dates it, takes place when its first sentences say.

        A ceremony or signing does so rather than what is taught or discussed later on.
        """
        single = [t for t in events if not t.plural and not t.aside]
        undated = [t for t in single if t.start is None and t.end is None]
        acts = [t for t in undated if self._is_act(t)]
        main = max(single, key=lambda t: len(t.spans), default=None)
        if main is not None and self._told_later(main):
            undated.append(main)
        elif any(t.start for t in single if len(t.spans) > 1):
            main = None
        for told in (acts, [main] if main in undated and main not in acts else []):
            period = self._lead({id(t) for t in told}) if told else None
            if period is not None and (told is not acts or not period.last):
                for thing in told:
                    settle_period(thing, [Said(period, "whole", 4)], None)
                return

    def _told_later(self, main: Thing) -> bool:
        """Whether the first sentences give the days of what a release is about, and only a later one a vaguer time.

        That is the time of another event, which the text calls by the same word.
        """
        lead = self._lead({id(main)})
        said = [t for t in self.timed if t.owner is main]
        if lead is None or not lead.last or not said:
            return False
        return all(t.moment.start > lead.start and not lead.first.startswith(t.moment.first) for t in said) and all(
            t.moment.unit != "day" for t in said
        )

    def _is_act(self, thing: Thing) -> bool:
        return any(self.acts.search(self.folded, start, end) for start, end, _ in sorted(thing.spans)[:1])

    def _lead(self, told: set[int]) -> Moment | None:
        """The one time of the opening sentences, or of the first of them that has any; a range before a day."""
        opening = [s for s in self.sentences if not s.heading and len(s.tokens) > SHORT][:LEAD]
        for sentences in (opening, *([s] for s in opening)):
            moments = [
                t.moment
                for t in self.timed
                if any(t.sentence is s for s in sentences)
                and not t.moment.bare
                and t.moment.unit != "year"
                and t.role == "whole"
                and not self._published_on(t.moment)
                and (t.owner is None or id(t.owner) in told)
            ]
            chosen = [m for m in moments if m.last] or moments
            if chosen and len({(m.first, m.last) for m in chosen}) == 1:
                return chosen[0]
        return None

    def _published_on(self, moment: Moment) -> bool:
        """Whether a date in full is the one of the publication: so a line says when the page was put up."""
        return moment.first == self.published and bool(_YEAR.search(self.folded, moment.start, moment.end))
