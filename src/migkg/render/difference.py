"""What the page of a difference shows: the facts that two graphs say differently, with the sentences of both."""

from collections.abc import Sequence
from typing import Any

from migkg.network.fact import CHANGES, KINDS, Fact
from migkg.network.names import Names
from migkg.render.evidence import Evidence
from migkg.render.offline import render_offline, thing_data
from migkg.render.payload import LONGEST_QUOTE, clip
from migkg.render.words import country_names

MOST_SHOWN = 20_000  # facts; a page of more opens slowly, and the table has them all


def render_difference(
    facts: Sequence[Fact],
    names: Names,
    sides: tuple[str, str],
    lines: tuple[int, int] | None,
    *,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The page as HTML.

    Args:
        facts: see ``migkg.network.difference.compare_facts``.
        names: of both graphs.
        sides: what the older and the newer graph are called.
        lines: how many lines the newer graph has more, and how many it lacks; ``None`` where no graphs were compared.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page.
    """
    evidence, countries = Evidence(), country_names(language)
    shown = facts[:MOST_SHOWN]
    place: dict[str, int] = {}
    for fact in shown:
        for iri in filter(None, (fact.subject, fact.object)):
            place.setdefault(iri, len(place))
    view = {
        "sides": [clip(side) for side in sides],
        "lines": list(lines) if lines else None,
        "counts": {change: sum(fact.change == change for fact in facts) for change in CHANGES},
        "kinds": {kind: sum(fact.kind == kind for fact in facts) for kind in KINDS},
        "left": len(facts) - len(shown),
        "facts": [_row(fact, place, evidence) for fact in shown],
    }
    data = {"things": [thing_data(names.node(iri), countries) for iri in place], **evidence.data(), "view": view}
    return render_offline("diff", data, language=language, title=title)


def _row(fact: Fact, place: dict[str, int], evidence: Evidence) -> dict[str, Any]:
    row: dict[str, Any] = {
        "change": CHANGES.index(fact.change),
        "kind": KINDS.index(fact.kind),
        "subject": place[fact.subject],
        "relation": fact.predicate,
        "object": place[fact.object] if fact.object else None,
        "what": fact.what,
        "before": clip(fact.before, LONGEST_QUOTE),
        "after": clip(fact.after, LONGEST_QUOTE),
        "old": evidence.add(fact.old),
        "new": evidence.add(fact.new),
        "sources": evidence.add_sources(fact.sources),
        "confidence": fact.confidence,
    }
    return {key: value for key, value in row.items() if value not in ("", None, [])}
