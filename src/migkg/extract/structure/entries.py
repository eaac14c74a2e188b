"""Boxes for the names in a text: of the authority tables, of places and people, of units and bodies; found or made."""

from bisect import bisect_left

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.names import HeadWords, Name
from migkg.extract.structure.page import Page
from migkg.lexicon.gazetteer import Hit, load_gazetteer
from migkg.lexicon.names import towns
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

SMALL_TOWN = 50_000  # a town of this size is one also without a preposition before it
_KINDS = frozenset({"organisation", "country", "capital"})


class Entries:
    """Turns names into boxes of one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.lexicon = page, page.lexicon
        self.heads = HeadWords(page.lexicon)
        found = load_gazetteer().find(page.text, fold(page.text), page.document.language)
        self._hits = [h for h in found if any(e.kind in _KINDS for e in h.entries)]
        self._starts = [h.start for h in self._hits]

    # -- the authority tables -------------------------------------------------------------------------------------

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """Names of the authority tables in a stretch: bodies, countries and capitals."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [h for h in self._hits[first:last] if h.end <= end]

    def authority(self, hit: Hit) -> Box | None:
        """The box of a body, country or capital of the tables."""
        page, span = self.page, (hit.start, hit.end)
        label = page.surface(span)
        entry = next((e for e in hit.entries if e.kind in _KINDS), None)
        if entry is None:
            return None
        if entry.kind != "organisation":
            state = page.keyed(f"government:{entry.country}") if entry.kind == "country" else None
            if state is None or self.after_preposition(hit.start):
                return self.place(span, entry.country if entry.kind == "country" else None)
            state.mention(*span, "authority")
            return state
        known = page.keyed(entry.key) or next(iter(page.find("outer", label)), None)
        if known is not None:
            known.mention(*span, "authority")
            page.name(known, label)
            return known
        country = entry.country if entry.type == "GovernmentBody" else None
        name = entry.label if entry.acronym else label
        return page.add("outer", name, [span], "authority", type=entry.type, key=entry.key, country=country)

    def owner_in(self, span: Span, head: str) -> Hit | None:
        """The body in the name of a unit that is only it and a head word ("UN Network on Migration Secretariat")."""
        for hit in self.hits_in(*span):
            if any(e.kind == "organisation" for e in hit.entries) and (hit.start, hit.end) != span:
                rest = self.page.text[span[0] : hit.start] + " " + self.page.text[hit.end : span[1]]
                if [w for w in word_list(rest) if w not in self.page.small] == word_list(head):
                    return hit
        return None

    # -- places and people ----------------------------------------------------------------------------------------

    def is_place(self, span: Span) -> bool:
        """Whether a stretch is the name of a country, a capital or a large town."""
        known = any((h.start, h.end) == span and h.entries[0].type == "Place" for h in self.hits_in(*span))
        return known or towns().get(fold(self.page.surface(span)), 0) >= SMALL_TOWN

    def is_town(self, span: Span) -> bool:
        """Whether a stretch in running text is a town: a large one, or any after "in"."""
        population = towns().get(fold(self.page.surface(span)), 0)
        return population >= SMALL_TOWN or bool(population and self.after_preposition(span[0]))

    def place(self, span: Span, country: str | None = None) -> Box:
        """The box of a place; ``country`` is the code where it is a country."""
        page = self.page
        label = page.surface(span)
        for known in page.find("place", label):
            if (known.country is None) == (country is None):
                known.mention(*span, "place")
                return known
        key = f"country:{country}" if country else None
        return page.add("place", page.tidy(label), [span], "place", country=country, key=key)

    def person(self, span: Span) -> Box:
        """The box of a person, found again by the name without titles."""
        page, honorifics = self.page, self.lexicon.words["honorifics"]
        tokens = tokenize(page.text, *span)
        first = 0
        while first < len(tokens) - 1 and (tokens[first].norm in honorifics or tokens[first].text == "."):
            first += 1
        label = page.surface((tokens[first].start, span[1]))
        for known in page.find("person", label):
            known.mention(*span, "person")
            return known
        return page.add("person", page.tidy(label), [span], "person")

    def honorific_before(self, start: int) -> bool:
        """Whether "Dr.", "Mme" … stands before an offset."""
        before = [t.norm for t in tokenize(self._line_before(start, 16))]
        dotted = len(before) > 1 and before[-1] == "."
        return bool(before) and before[-2 if dotted else -1] in self.lexicon.words["honorifics"]

    def after_preposition(self, start: int) -> bool:
        """Whether "in", "à", "en" … stands before an offset."""
        before = [t.norm for t in tokenize(self._line_before(start, 12))]
        return bool(before) and before[-1] in self.lexicon.words["place_links"]

    def _line_before(self, start: int, size: int) -> str:
        return self.page.text[max(0, start - size) : start].rpartition("\n")[2]

    # -- units, bodies, instruments -------------------------------------------------------------------------------

    def instrument(self, span: Span) -> Box:
        """The box of a law or agreement."""
        label = self.page.surface(span)
        known = self.page.find("instrument", label)
        box = known[0] if known else self.page.add("instrument", label, [], "instrument")
        box.mention(*span, "instrument")
        return box

    def named(self, name: Name) -> Box:
        """The box of a unit or body by its name, made where it is new."""
        page, span = self.page, (name.start, name.end)
        label = page.tidy(page.surface(span))
        known = page.find(name.kind, label)
        fuller = known[-1] if known else self._fuller(name, label) or self._topic(name, label)
        if fuller is not None:
            fuller.mention(*span, "name")
            return fuller
        return page.add(name.kind, label, [span], "name", type=name.type or None, head=name.head)

    def _fuller(self, name: Name, label: str) -> Box | None:
        """The one box with the same head whose name has all the words of this shorter one ("the Governing Council")."""
        mine = self.page.content(label)
        if not name.definite or not mine - frozenset(name.head.split()):
            return None
        fits = [b for b in self.page.with_head(name.head) if b.inner and mine < self.page.content(b.label)]
        return fits[0] if len(fits) == 1 else None

    def _topic(self, name: Name, label: str) -> Box | None:
        """The box of a chart that has the name without its head word ("Research" for the "Research Unit")."""
        field = self.page.content(label) - frozenset(name.head.split())
        alike = [b for b in self.page.find_words("unit", field) if b.inner] if name.kind == "unit" and field else []
        return alike[0] if len(alike) == 1 else None

    def body(self, span: Span) -> Box | None:
        """The body that a whole label names: known, of the tables, or new; ``None`` for a label without a capital."""
        page = self.page
        for known in page.find("outer", page.surface(span)):
            known.mention(*span, "label")
            return known
        for hit in self.hits_in(*span):
            if (hit.start, hit.end) == span:
                found = self.authority(hit)
                return page.government(found) if found is not None and found.kind == "place" else found
        tokens = tokenize(page.text, *span)
        if not any(t.capital for t in tokens):
            return None
        typed = self.heads.type_of([t.norm for t in tokens])
        kind = typed.type or ("GovernmentBody" if typed.kind in {"unit", "board"} else "NonGovernmentalOrganisation")
        return page.add("outer", page.tidy(page.surface(span)), [span], "label", type=kind)
