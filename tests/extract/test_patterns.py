"""The example sentences of data/lexicons/<lang>/relations.yaml: each pattern finds what its author says it finds."""

import pytest

from migkg.extract.release import read_release
from migkg.lexicon.language import languages
from migkg.lexicon.patterns import load_examples, load_patterns
from migkg.model import Block, Document
from migkg.model.vocabulary import RELATIONS

EXAMPLES = [(code, example) for code in languages() for example in load_examples(code)]


def statements_of(code: str, text: str) -> set[str]:
    """The ids of the rules that find a stated relation in a text, each with the relation."""
    block = Block("paragraph", 0, len(text))
    reading = read_release(Document("example", "example", text, (block,), code))
    return {draft.rule for draft in reading.drafts if draft.status == "stated"}


@pytest.mark.parametrize(
    ("code", "example"),
    [pytest.param(c, e, id=f"{e.pattern}:{'yes' if e.matches else 'no'}:{e.text[:40]}") for c, e in EXAMPLES],
)
def test_example(code, example):
    rules = statements_of(code, example.text)
    found = any(rule == example.pattern or rule.startswith(f"{example.pattern}.") for rule in rules)
    assert found == example.matches, f"rules that speak here: {sorted(rules)}"


@pytest.mark.parametrize("code", languages())
def test_ids_are_unique_up_to_the_rows_of_one_entry(code):
    entries = [p.id for p in load_patterns(code)]
    assert all(p.startswith(f"{code}.") for p in entries)
    # The rows of one entry stand together: the same id never comes back later in the file.
    changes = [a for a, b in zip(entries, [*entries[1:], ""], strict=True) if a != b]
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize("code", languages())
def test_every_relation_of_releases_has_patterns(code):
    assert {p.predicate for p in load_patterns(code)} == set(RELATIONS) - {"reportsTo"}
