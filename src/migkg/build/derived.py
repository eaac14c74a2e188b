"""The derived graph of names and identifiers, brought up to date for the things that a change has touched."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from migkg.build.history import derive_history
from migkg.model.link import Link
from migkg.rdf.entities import describe_entity
from migkg.rdf.namespaces import ENTITIES_GRAPH, RDFS, SKOS, THEME
from migkg.rdf.themes import describe_theme
from migkg.resolve import authority_records, successions, theme_records
from migkg.resolve.link_table import load_links
from migkg.store.folder import LINKS, FolderStore
from migkg.store.manifest import Manifest

_LABEL = f"{RDFS}label"
_CODE = f"{SKOS}notation"
_BATCH = 2_000


def derive(store: FolderStore, manifest: Manifest) -> None:
    """Compute what the entities graph says of each touched thing again, also what a killed run left.

    Raises:
        DataFileError: the links of the store were damaged.
        StoreError: the store cannot be written.
    """
    links: dict[str, list[Link]] | None = None
    while iris := manifest.touched(_BATCH):
        links = _links_by_thing(store.folder) if links is None else links
        lines = [line for iri in iris for line in _describe(store, iri, links.get(iri, ()))]
        beside, history = derive_history(store, iris)
        store.replace_subjects(ENTITIES_GRAPH, [*iris, *beside], lines + history)
        store.flush()
        manifest.settle(iris)


def _links_by_thing(folder: Path) -> dict[str, list[Link]]:
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in load_links(folder / LINKS):
        found[link.iri].append(link)
    return dict(found)


def _describe(store: FolderStore, iri: str, links: Sequence[Link]) -> list[str]:
    """The lines of one thing or theme in the entities graph."""
    if iri.startswith(THEME):
        is_used = any(graph != ENTITIES_GRAPH for _, graph in store.values(iri, _CODE))
        return describe_theme(iri, is_used, theme_records().get(iri.removeprefix(THEME)))
    record, changes = authority_records().get(iri), successions().get(iri, ())
    return describe_entity(iri, _names(store, iri), record, changes, links)


def _names(store: FolderStore, iri: str) -> Iterator[tuple[str, str]]:
    for term, _ in store.values(iri, _LABEL):
        yield term.value, term.language or ""
