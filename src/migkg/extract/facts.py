"""What an organisation says of itself in figures: its members, the countries it works in, the year since it exists."""

import re
from dataclasses import replace
from functools import cache

from migkg.model import Document, Entity, Evidence, Extraction, Fact
from migkg.text.wording import fold, wordings

_KINDS = (("memberCount", "member_counts"), ("countryCount", "country_counts"), ("foundingDate", "founding_years"))
_CONFIDENCE = 0.9
_OWNERS = frozenset(
    {"IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "GovernmentBody", "RegionalProcess"}
)


def add_facts(extraction: Extraction) -> Extraction:
    """The extraction of what a page says of its publisher, with the figures in it.

    They are facts of the organisation that is named first; none where no organisation is.
    """
    owner = _owner(extraction)
    if owner is None:
        return extraction
    return replace(extraction, facts=tuple(_find(extraction.document, owner)))


def _owner(extraction: Extraction) -> Entity | None:
    named = [e for e in extraction.entities if e.type in _OWNERS and e.named and e.mentions]
    return min(named, key=lambda e: e.mentions[0].start, default=None)


def _find(document: Document, owner: Entity) -> list[Fact]:
    found = []
    for predicate, pattern in _patterns(document.language):
        match = pattern.search(document.text)
        value = re.sub(r"\D", "", match.group()) if match else ""
        is_year = predicate == "foundingDate"
        if match and value and (not is_year or (len(value) == 4 and value[:2] in {"18", "19", "20"})):
            evidence = Evidence(match.group(), match.start(), match.end())
            found.append(Fact(owner.id, predicate, int(value), evidence, _CONFIDENCE, f"facts.{predicate}"))
    return found


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each kind of fact the forms of the language, longest first."""
    made = []
    for predicate, key in _KINDS:
        forms = sorted(map(fold, getattr(wordings()[language], key)), key=lambda form: (-len(form), form))
        number = r"\d{4}" if predicate == "foundingDate" else r"\d{1,3}(?:[., \u00a0\u202f]\d{3})*"
        words = "|".join(re.escape(form).replace(r"\#", "#").replace("#", f"(?:{number})") for form in forms)
        made.append((predicate, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)))
    return tuple(made)
