"""The helper finds what the gold files say: otherwise the tests that build on it would test nothing."""

from support.gold import gold_files, read_all


def test_every_gold_file_is_read() -> None:
    assert len(gold_files()) >= 59


def test_mentions_and_evidence_stand_in_the_text() -> None:
    lost = []
    for extraction in read_all():
        text = extraction.document.text
        lost += [f"{extraction.document.source}: {e.label}" for e in extraction.entities if not e.mentions]
        for entity in extraction.entities:
            assert all(text[m.start : m.end] == m.text for m in entity.mentions)
        for statement in extraction.statements:
            evidence = statement.evidence
            assert evidence.text
            assert text[evidence.start : evidence.end] == evidence.text
    assert lost == []
