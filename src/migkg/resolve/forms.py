"""References and the forms that gather them; the rows of the authority tables as forms."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from migkg.lexicon.gazetteer import load_gazetteer, read_table
from migkg.model import Entity, SourceRecord
from migkg.model.identifiers import ID, digest
from migkg.model.identity import Form, Reference, group_of
from migkg.resolve.authority import authority_iris, authority_records

# By predicate: which end of a statement has the other as a neighbour, and in which role.
_ROLES = {
    "partOf": ("subject", "parent"),
    "basedIn": ("subject", "place"),
    "takesPlaceIn": ("subject", "place"),
    "covers": ("subject", "covered"),
    "worksFor": ("subject", "employer"),
    "organises": ("object", "organiser"),
    "chairs": ("object", "participant"),
    "participatesIn": ("object", "participant"),
    "funds": ("object", "funder"),
    "implements": ("object", "implementer"),
}
_MONTH = 7
_CODED = {"country": "Place", "government": "Government"}


def gather_references(record: SourceRecord, splits: Iterable[str] = ()) -> list[Reference]:
    """The references of one source, one for each of its entities that has a form.

    Args:
        record: with first-form IRIs.
        splits: forms that mean something else in this source than elsewhere.
    """
    away = {form: split_iri(form, record.source) for form in splits}
    forms = {entity.id: away.get(entity.iri, entity.iri) for entity in record.entities if entity.iri}
    around: dict[str, set[tuple[str, str]]] = {}
    for statement in record.statements:
        end, role = _ROLES.get(statement.predicate, ("", ""))
        if role and statement.status == "stated" and statement.subject in forms and statement.object in forms:
            one, other = statement.subject, statement.object
            if end == "object":
                one, other = other, one
            around.setdefault(one, set()).add((role, forms[other]))
    return [
        Reference(
            source=record.source,
            entity=entity.id,
            form=forms[entity.id],
            type=entity.type,
            label=entity.label,
            language=record.language,
            named=entity.named,
            country=entity.country,
            start=entity.start,
            end=entity.end,
            around=tuple(sorted(around.get(entity.id, ()))),
            names=_other_names(entity),
            published=record.published,
            sentence=record.sentences.get(entity.id, ""),
        )
        for entity in record.entities
        if entity.id in forms
    ]


def split_iri(form: str, source: str) -> str:
    """The form of a thing that a person has taken out of a form, for one source."""
    folder, _, slug = form.removeprefix(ID).partition("/")
    return f"{ID}{folder}/{slug}-{digest('split', form, source, length=8)}"


def gather_form(iri: str, references: Iterable[Reference]) -> Form:
    """What some references of one form say together, the same in whatever order they come.

    Raises:
        ValueError: there is no reference.
    """
    known = known_forms().get(iri) or _named_by_code(iri)
    if known:
        return known
    references = list(references)
    types = Counter(reference.type for reference in references)
    if not types:
        raise ValueError(f"{iri} has no reference")
    kind = min(types, key=lambda name: (-types[name], name))
    names = {(name, r.language) for r in references for name in (r.label, *r.names)}
    months = {r.published[:_MONTH] for r in references if r.published}
    return Form(
        iri=iri,
        group=group_of(kind),
        type=kind,
        names=tuple(sorted(names)),
        countries=tuple(sorted({r.country for r in references if r.country})),
        dates=tuple(sorted({(r.start or "", r.end or "") for r in references if r.start or r.end})),
        around=tuple(sorted({pair for r in references for pair in r.around})),
        published=tuple(sorted(months)),
        named=any(r.named for r in references),
    )


@cache
def known_forms() -> Mapping[str, Form]:
    """The organisations, processes and capitals of the authority tables, by IRI.

    Countries and governments are not among them: the first form has found them by their code or not at all.
    """
    keys = {iri: key for key, iri in authority_iris().items()}
    countries = {f"org:{row['key']}": row["country"] for row in read_table("organisations")}
    forms = {}
    for iri, record in authority_records().items():
        key = keys.get(iri, "")
        kind, _, code = key.partition(":")
        if kind not in {"org", "process", "capital"} or iri.startswith(f"{ID}government/"):
            continue
        names = {(name, language) for language, name in record.names.items()}
        names |= {(name, language or "en") for name, language in record.aliases}
        names |= {(name, "en") for name in record.acronyms}
        type_ = "Place" if kind == "capital" else _type_of(key, [name for name, _ in names])
        country = code if kind == "capital" else countries.get(key, "") if type_ == "GovernmentBody" else ""
        group = group_of(type_)
        forms[iri] = Form(iri, group, type_, tuple(sorted(names)), (country,) if country else (), known=True)
    return forms


def _named_by_code(iri: str) -> Form | None:
    """A country or government: it is compared with nothing, since its code has found it or nothing has."""
    folder, _, code = iri.removeprefix(ID).partition("/")
    if folder not in _CODED:
        return None
    kind = _CODED[folder]
    record = authority_records().get(f"{ID}country/{code}")
    names = {(name, language) for language, name in record.names.items()} if record else set()
    return Form(iri, group_of(kind), kind, tuple(sorted(names)), (code,), known=True)


def is_known(iri: str) -> bool:
    """Whether an IRI is that of a row of an authority table, a country or a government."""
    return iri in authority_records() or iri.removeprefix(ID).startswith(("country/", "government/"))


def _type_of(key: str, names: Iterable[str]) -> str:
    entries = (entry for name in names for entry in load_gazetteer().lookup(name) if entry.key == key)
    return next((entry.type for entry in entries), "IntergovernmentalOrganisation")


def _other_names(entity: Entity) -> tuple[str, ...]:
    """Acronyms and long names among the mentions; "the Organization" and pronouns are none."""
    if not entity.named or (entity.type not in {"Programme", "Person"} and group_of(entity.type) != "Actor"):
        return ()
    found = {m.text for m in entity.mentions if m.text != entity.label and _is_name(m.text)}
    return tuple(sorted(found))


def _is_name(text: str) -> bool:
    """Whether a mention is an acronym ("ONFP", "SBS-Ghana")."""
    letters = [c for c in text if c.isalpha()]
    return " " not in text and 3 <= len(letters) <= 10 and sum(c.isupper() for c in letters) >= len(letters) - 2
