"""Forms as a person sees them: their names, and what sources say of them."""

from collections import Counter
from collections.abc import Iterable

from migkg.model.identity import Form, Reference
from migkg.model.proposal import Side, Witness
from migkg.resolve import authority_records
from migkg.resolve.forms import known_forms
from migkg.store.references import References

MOST_WITNESSES = 20
_NAMES_PER_LANGUAGE = 2
_LANGUAGES = ("en", "fr", "es")


class SideReader:
    """Reads forms from the references of a store, each source once."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._documents: dict[str, dict[str, str]] = {}

    def read(self, iri: str, witnesses: int = MOST_WITNESSES) -> Side:
        """One form, with what at most so many sources say of it; a form that no source has is a bare IRI."""
        form = self._references.form(iri) or known_forms().get(iri)
        references = list(self._references.references_of(iri)) if witnesses else []
        count = len({r.source for r in references}) if witnesses else self._references.count_references([iri])
        return Side(
            iri=iri,
            node=self._references.thing_of(iri) or iri,
            type=form.type if form else "",
            names=choose_names(form, references),
            country=", ".join(form.countries) if form else "",
            when=_when(form),
            witnesses=tuple(self._witness(reference) for reference in _one_a_source(references)[:witnesses]),
            references=count,
        )

    def label(self, iri: str) -> str:
        """One name of a form; empty for one that no source has."""
        return self.read(iri, 0).label

    def source_title(self, source: str) -> str:
        """What names a source for a reader: its title, else its address; empty for one that is not there."""
        document = self._document(source)
        return document.get("title") or document.get("url") or document.get("name") or ""

    def _witness(self, reference: Reference) -> Witness:
        document = self._document(reference.source)
        return Witness(
            source=reference.source,
            label=reference.label,
            language=reference.language,
            sentence=" ".join(reference.sentence.split()),
            title=document.get("title", ""),
            published=document.get("date", ""),
            publisher=document.get("publisher", ""),
            url=document.get("url", ""),
            withdrawn=document.get("withdrawn", "")[:10],
            replaced=document.get("replaced", "")[:10],
        )

    def _document(self, source: str) -> dict[str, str]:
        if source not in self._documents:
            record = self._references.record(source) or {}
            document = {**record.get("document", {}), "withdrawn": record.get("withdrawn")}
            document["replaced"] = record.get("former", {}).get("replaced")
            self._documents[source] = {key: value for key, value in document.items() if isinstance(value, str)}
        return self._documents[source]


def choose_names(form: Form | None, references: Iterable[Reference]) -> tuple[tuple[str, str], ...]:
    """(language, name) pairs to show: of each language those that most sources use, then the longest."""
    if form is None:
        return ()
    said = Counter((reference.label, reference.language) for reference in references)
    names = sorted(form.names, key=lambda n: (_rank(n[1]), -said[n], -len(n[0]), n))
    record = authority_records().get(form.iri)
    if record:
        official = [(name, language) for language, name in record.names.items()]
        names = sorted(official, key=lambda n: _rank(n[1])) + [name for name in names if name not in official]
        names.sort(key=lambda n: _rank(n[1]))
    chosen: list[tuple[str, str]] = []
    for name, language in names:
        if sum(language == other for other, _ in chosen) < _NAMES_PER_LANGUAGE:
            chosen.append((language, name))
    return tuple(chosen)


def _rank(language: str) -> int:
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def _one_a_source(references: Iterable[Reference]) -> list[Reference]:
    """One reference of each source, of the longest name, those with a sentence first."""
    best: dict[str, Reference] = {}
    for reference in sorted(references, key=lambda r: (not r.sentence, -len(r.label), r.source, r.entity)):
        best.setdefault(reference.source, reference)
    return sorted(best.values(), key=lambda r: (not r.sentence, r.source))


def _when(form: Form | None) -> str:
    if form is None or not form.dates:
        return ""
    start, end = form.dates[0]
    return start if start == end or not end else f"{start}/{end}" if start else end
