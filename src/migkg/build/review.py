"""Reviewing a store: its proposals in the order in which a verdict is worth most, and what a verdict does."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from math import log2
from pathlib import Path

from migkg.build.pipeline import decide
from migkg.build.places import find_verdicts, open_references
from migkg.build.sides import SideReader
from migkg.build.verdict_log import VerdictLog, guess_name
from migkg.errors import UsageError
from migkg.model.identifiers import ID
from migkg.model.identity import Form, Link
from migkg.model.proposal import Proposal
from migkg.model.verdict import Choice, Contradiction, Rulings, Verdict, is_source
from migkg.rdf.verdicts import write_verdicts
from migkg.resolve.forms import split_iri
from migkg.resolve.scoring import SAME
from migkg.resolve.verdict_file import load_verdicts
from migkg.resolve.verdicts import weigh_verdicts
from migkg.store.references import References

_LOOKED_AT = 20  # proposals that are weighed for each one that is shown
_TAKES_BACK = frozenset({"withdrawn", "undone"})


class Review:
    """The proposals of one store and the verdicts of one person. The store is held only while it is read or written."""

    def __init__(self, store: Path, verdicts: Path | None = None, who: str | None = None, limit: int = 1000) -> None:
        """Look at a store.

        Args:
            store: its folder.
            verdicts: the verdict file, where it is not the one that the store knows.
            who: who decides; ``None``: as git or the system knows.
            limit: how many proposals are shown at most.

        Raises:
            UsageError: there is no store.
            DataFileError: a line of the verdict file is malformed.
        """
        self._store = store
        self._limit = limit
        self._who = guess_name() if who is None else who
        self._path = find_verdicts(store, verdicts)
        self._log: VerdictLog | None = None

    @property
    def file(self) -> str:
        """Path of the verdict file."""
        return str(self._path)

    def check_writing(self) -> None:
        """Make sure that a verdict could be written.

        Raises:
            UsageError: nobody is named who decides.
        """
        self._writer()

    def proposals(self, witnesses: int = 0) -> list[Proposal]:
        """What nobody has decided yet, the most useful first.

        Args:
            witnesses: how many sources of each side are told with it; see ``detail`` for the others.
        """
        rulings = self._rulings()
        decided = rulings.must_link | rulings.cannot_link
        with open_references(self._store) as references:
            links = (link for link in references.proposals() if (link.left, link.right) not in decided)
            looked_at = list(islice(links, self._limit * _LOOKED_AT))
            sides = SideReader(references)
            counts = {form: references.count_references([form]) for link in looked_at for form in _ends(link)}
            ordered = sorted(looked_at, key=lambda link: (-usefulness(link, counts, rulings), *_ends(link)))
            return [_propose(link, sides, rulings, witnesses) for link in ordered[: self._limit]]

    def detail(self, proposal: Proposal) -> Proposal:
        """The same proposal with what the sources say of both sides."""
        with open_references(self._store) as references:
            sides = SideReader(references)
            return replace(proposal, left=sides.read(proposal.left.iri), right=sides.read(proposal.right.iri))

    def decide(self, left: str, choice: Choice, right: str, why: str = "") -> Verdict:
        """Write a verdict on two forms, or on a form and a source; see ``VerdictLog.add``."""
        with open_references(self._store) as references:
            sides = SideReader(references)
            other = sides.source_title(right) if is_source(right) else sides.label(right)
            labels = (sides.label(left), other)
        return self._writer().add(left, choice, right, why, labels)

    def undo(self) -> Verdict | None:
        """Take back this person's latest verdict that counts."""
        return self._writer().undo()

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Verdicts that cannot all hold."""
        return self._rulings().contradictions

    def apply(self) -> int:
        """Bring the graph up to date with the verdicts; nothing is read from the documents again.

        Returns:
            The number of sources whose graph was written again.

        Raises:
            UsageError: there is no store.
            StoreError: the store is held by another process, damaged, or its disk is full.
        """
        with open_references(self._store):
            rulings = self._rulings()
        return decide(self._store, rulings).written

    def export(self) -> list[str]:
        """The verdicts as N-Quads lines, see ``migkg.rdf.verdicts``."""
        rulings = self._rulings()
        return write_verdicts(rulings, {(form, source): split_iri(form, source) for form, source in rulings.splits})

    def find_form(self, text: str) -> str:
        """The IRI of the form that is meant by an IRI, the end of one, or a name that one form alone bears.

        Raises:
            UsageError: none or several are meant.
        """
        with open_references(self._store) as references:
            return find_form(references, text)

    def find_right(self, left: str, text: str, choice: Choice) -> str:
        """The other end of a verdict: a form, or for a split (and for taking one back) a source of the left form."""
        if choice != "split" and not (choice in _TAKES_BACK and is_source(_expand(text))):
            return self.find_form(text)
        with open_references(self._store) as references:
            sources = sorted({reference.source for reference in references.references_of(left)})
        found = [source for source in sources if source in {text, _expand(text)}]
        if not found and choice in _TAKES_BACK:
            return _expand(text)  # the thing has left the form by the split that is taken back
        if not found:
            listed = ", ".join(source.removeprefix(ID) for source in sources[:5]) or "none"
            raise UsageError(f"{text!r} is no source that speaks of {left.removeprefix(ID)}; these do: {listed}")
        return found[0]

    def _rulings(self) -> Rulings:
        return weigh_verdicts(load_verdicts(self._path))

    def _writer(self) -> VerdictLog:
        if self._log is None:
            self._log = VerdictLog(self._path, self._who)
        return self._log


def usefulness(link: Link, counts: Mapping[str, int], rulings: Rulings) -> float:
    """How much a verdict on a pair is worth: more the nearer its score is to the threshold, and the more it touches.

    Those that somebody could not decide come after all others.

    Args:
        counts: how many sources speak of each form.
    """
    nearness = max(0.0, 1.0 - abs(SAME - link.score))
    touched = log2(1 + counts[link.left] + counts[link.right])
    return nearness * touched - (1000.0 if (link.left, link.right) in rulings.unsure else 0.0)


def find_form(references: References, text: str) -> str:
    """See ``Review.find_form``."""
    for iri in (text, _expand(text)):
        if references.form(iri):
            return iri
    forms = [form for thing in references.find(text) for form in references.forms_of(thing)]
    named = [form for form in forms if _bears(references.form(form), text) or form.endswith(text)]
    if len(named) == 1:
        return named[0]
    if not named:
        raise UsageError(f"the store knows no form {text!r}; 'migkg why NAME' shows the IRIs of a thing and its forms")
    listed = ", ".join(form.removeprefix(ID) for form in named[:5])
    raise UsageError(f"{text!r} may mean {len(named)} forms; give one of their IRIs: {listed}")


def _bears(form: Form | None, name: str) -> bool:
    return form is not None and any(name.casefold() == known.casefold() for known, _ in form.names)


def _expand(text: str) -> str:
    return text if "://" in text else ID + text


def _ends(link: Link) -> tuple[str, str]:
    return link.left, link.right


def _propose(link: Link, sides: SideReader, rulings: Rulings, witnesses: int) -> Proposal:
    return Proposal(
        left=sides.read(link.left, witnesses),
        right=sides.read(link.right, witnesses),
        score=link.score,
        threshold=SAME,
        reasons=link.reasons,
        unsure=(link.left, link.right) in rulings.unsure,
    )
