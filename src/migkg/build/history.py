"""Former names and changes of organisations in the entities graph, kept in step with the things that have them."""

from collections.abc import Iterable

from migkg.rdf.history import change_iri, describe_change, describe_names, name_iri
from migkg.rdf.namespaces import COUNTRY, ENTITIES_GRAPH, GOVERNMENT, ORG, RDFS, SKOSXL
from migkg.resolve import authority_records, successions
from migkg.store.folder import FolderStore

_TIES = (f"{SKOSXL}altLabel", f"{ORG}changedBy", f"{ORG}resultedFrom")


def derive_history(store: FolderStore, iris: Iterable[str]) -> tuple[list[str], list[str]]:
    """What stands in the entities graph beside some things: their former names, and the changes they have a part in.

    Args:
        store: the store that the things are in; what it holds of an older table is replaced too.
        iris: things whose derived facts are computed again. A change stands while a source speaks of a member of it.

    Returns:
        The IRIs whose lines are to be replaced, and the new lines.
    """
    subjects: dict[str, list[str]] = {}
    for iri in iris:
        for tie in _TIES:
            held = (term.value for term, graph in store.values(iri, tie) if graph == ENTITIES_GRAPH)
            subjects |= {node: [] for node in held if node not in subjects}
        record = authority_records().get(iri)
        if record and record.former and _is_said(store, iri):
            nodes = [name_iri(iri, name) for name in record.former]
            subjects |= {node: [] for node in nodes} | {nodes[0]: describe_names(record)}
        for change in successions().get(iri, ()):
            if not subjects.get(change_iri(change)) and any(_is_said(store, member) for member in change.members):
                names = {member: _names(member) for member in change.members}
                subjects[change_iri(change)] = describe_change(change, names)
    return list(subjects), [line for lines in subjects.values() for line in lines]


def _is_said(store: FolderStore, iri: str) -> bool:
    return any(True for _ in store.values(iri, f"{RDFS}label"))


def _names(iri: str) -> dict[str, str]:
    """The names of an organisation; a government without a row of its own goes by its country."""
    records = authority_records()
    record = records.get(iri) or records.get(iri.replace(GOVERNMENT, COUNTRY))
    return record.names if record else {}
