"""Explaining a thing of a store: its forms, their sources, what brought them together and what nearly did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from migkg.build.places import find_verdicts, open_references
from migkg.build.sides import MOST_WITNESSES, SideReader
from migkg.model.authority import AuthorityRecord
from migkg.model.explanation import Explanation, Tie
from migkg.model.identifiers import ID
from migkg.model.identity import Link
from migkg.model.proposal import Side
from migkg.model.verdict import Pair, Verdict
from migkg.resolve import authority_records
from migkg.resolve.verdict_file import load_verdicts
from migkg.store.references import References

MOST_NEAR = 20
_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a name or IRI may mean: IRI, one name, type, country, and how many sources speak of it."""

    iri: str
    label: str
    type: str
    country: str
    sources: int


def find_things(store: Path, text: str) -> list[Match]:
    """The things that a text may mean: by IRI or the end of one, else by name; one that is exact hides the others.

    Raises:
        UsageError: there is no store.
    """
    with open_references(store) as references:
        if not text.strip():
            return []
        for iri in (text, ID + text):
            if forms := references.forms_of(iri):
                return [_match(references.thing_of(forms[0]) or iri, references)]
        things = references.find(text)
        exact = [thing for thing in things if thing.endswith(f"/{text}") or _bears(references, thing, text)]
        return [_match(thing, references) for thing in exact or things]


def explain(
    store: Path, things: Iterable[str], verdicts: Path | None = None, all_of_it: bool = False
) -> list[Explanation]:
    """Explain some things.

    Args:
        things: their IRIs in the graph.
        verdicts: the verdict file, where it is not the one that the store knows.
        all_of_it: every source, not only some of each form.

    Raises:
        UsageError: there is no store.
        DataFileError: a line of the verdict file is malformed.
    """
    said: dict[Pair, list[Verdict]] = {}
    for verdict in load_verdicts(find_verdicts(store, verdicts)):
        said.setdefault(verdict.pair, []).append(verdict)
    with open_references(store) as references:
        sides = SideReader(references)
        most = _EVERY if all_of_it else MOST_WITNESSES
        return [_explain(thing, references, sides, said, most) for thing in things]


def _explain(
    thing: str, references: References, sides: SideReader, said: Mapping[Pair, list[Verdict]], most: int
) -> Explanation:
    forms = [sides.read(form, most) for form in references.forms_of(thing)]
    forms.sort(key=lambda side: (-side.references, side.iri))
    inside = {form.iri for form in forms}
    links = {(link.left, link.right): link for link in references.links_of(sorted(inside))}
    pairs = set(links) | {pair for pair in said if inside & set(pair)}
    ties = {pair: _tie(pair, links.get(pair), said.get(pair, []), sides, inside) for pair in pairs}
    tree = _span(tie for pair, tie in sorted(ties.items()) if set(pair) <= inside and tie.decision == "same")
    used = {(tie.left, tie.right) for tie in tree}
    near = [tie for pair, tie in sorted(ties.items()) if _is_near(pair, tie, inside, used)]
    near.sort(key=lambda tie: (not tie.verdicts, -(tie.score or 0.0), tie.left, tie.right))
    main = next((form for form in forms if form.iri == thing), forms[0] if forms else None)
    return Explanation(
        iri=thing,
        label=_label(thing, forms),
        type=main.type if main else "",
        forms=tuple(forms),
        ties=tuple(tree),
        authority=tuple(fact for form in forms for fact in _authority(authority_records().get(form.iri))),
        near=tuple(near[:MOST_NEAR]),
    )


def _tie(pair: Pair, link: Link | None, verdicts: list[Verdict], sides: SideReader, inside: set[str]) -> Tie:
    """What is known of two forms; of a split, which is a form and a source, that they were taken apart."""
    left, right = pair
    is_split = any(verdict.choice == "split" for verdict in verdicts)
    decision = "same" if {left, right} <= inside else link.decision if link else "different"
    if decision == "same" and not {left, right} <= inside:
        decision = "different"  # the scores would have merged them; a verdict, or what else they were near to, did not
    return Tie(
        left=left,
        left_label=sides.label(left),
        right=right,
        right_label=sides.source_title(right) if is_split else sides.label(right),
        decision="split" if is_split else decision,
        score=link.score if link else None,
        reasons=link.reasons if link else (),
        verdicts=tuple(verdicts),
    )


def _is_near(pair: Pair, tie: Tie, inside: set[str], used: set[Pair]) -> bool:
    """Whether a reader should hear of a pair that did not bring forms together."""
    if set(pair) <= inside:
        return pair not in used and any(verdict.choice != "same" for verdict in tie.verdicts)
    return tie.decision in {"proposed", "split"} or bool(tie.verdicts)


def _span(ties: Iterable[Tie]) -> list[Tie]:
    """The ties that are enough to bring all forms together: verdicts first, then the surest (Kruskal's tree)."""
    root: dict[str, str] = {}

    def find(form: str) -> str:
        while root.setdefault(form, form) != form:
            form = root[form]
        return form

    def strength(tie: Tie) -> tuple[bool, float]:
        decided = any(verdict.choice == "same" for verdict in tie.verdicts)
        return (not decided, -(tie.score or 0.0))

    tree = []
    for tie in sorted(ties, key=strength):
        if find(tie.left) != find(tie.right):
            root[find(tie.left)] = find(tie.right)
            tree.append(tie)
    return tree


def _authority(record: AuthorityRecord | None) -> list[tuple[str, str]]:
    if record is None:
        return []
    facts = [("row", record.iri.removeprefix(ID))]
    facts += [(f"name ({language})", name) for language, name in sorted(record.names.items())]
    facts += [("acronym", acronym) for acronym in record.acronyms]
    facts += [("same elsewhere", match) for match in record.matches]
    return facts


def _match(thing: str, references: References) -> Match:
    sides = SideReader(references)
    forms = [sides.read(form, 1) for form in references.forms_of(thing)]
    best = max(forms, key=lambda form: (form.iri == thing, form.references))
    return Match(thing, _label(thing, forms), best.type, best.country, sum(form.references for form in forms))


def _label(thing: str, forms: list[Side]) -> str:
    record = authority_records().get(thing)
    if record and record.names:
        return record.names.get("en") or min(record.names.values())
    named = [form.label for form in forms if form.label]
    return named[0] if named else thing


def _bears(references: References, thing: str, name: str) -> bool:
    forms = references.forms(references.forms_of(thing)).values()
    return any(name.casefold() == known.casefold() for form in forms for known, _ in form.names)
