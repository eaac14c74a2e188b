"""The sieve: what it must let through, what it must keep back, and that its archive says the same as the texts."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from fastwarc.warc import WarcRecordType

from migkg.cli import cli
from migkg.model import Document
from migkg.sources import Raw, read_documents
from migkg.sources.sieve import Sieve
from sources.archive_helpers import TEXTS, conversion, pack, page, record, response

OTHERS = yaml.safe_load((Path(__file__).parent / "sieve/others.yaml").read_text("utf-8"))
FOREIGN = {
    "de": "Die Internationale Organisation für Migration (IOM) und UNHCR begrüßen das Abkommen über Flüchtlinge und Asyl. "
    "Die Grenzpolizei und die Behörden für Migration arbeiten zusammen, um Menschenhandel zu bekämpfen.",
    "pt": "A OIM e o ACNUR assinaram um acordo sobre migração e refugiados. A polícia de fronteira e as autoridades de "
    "migração do Brasil trabalham juntas contra o tráfico de pessoas e pela proteção dos refugiados que ali vivem.",
    "ru": "МОМ и УВКБ ООН подписали соглашение о миграции. " * 5,
}


def text(content: str) -> Raw:
    return Raw("a", "/a", content.encode(), "text/plain")


@pytest.mark.parametrize(
    "content",
    [
        *TEXTS.values(),
        TEXTS["es"].upper() + " MIGRACIÓN",
        TEXTS["fr"].replace("é", "e").replace("è", "e"),
        "Menu Home News\n" + TEXTS["en"] + "\nShare",
    ],
)
def test_lets_through(content: str) -> None:
    more = " Migration officers, border police and the asylum office met. Réfugiés, migrants ; refugiados y migrantes."
    assert Sieve().admit(text(content + more))


@pytest.mark.parametrize(
    "content", [*(words for texts in OTHERS.values() for words in texts.values()), *FOREIGN.values(), "", "\0\xff"]
)
def test_keeps_back(content: str) -> None:
    assert Sieve().admit(text(content)) is None


def test_words_far_apart_are_chance() -> None:
    """A list of everything holds any three words somewhere."""
    sieve = Sieve()
    assert (
        sieve.admit(text("migrants, refugees and asylum at the border. " + "Prices rose again in the shops. " * 500))
        is None
    )
    assert sieve.counts["matter"] == 1


def test_language_that_the_archive_names_comes_first() -> None:
    sieve = Sieve()
    for raw in read_raws(TEXTS["en"] * 2, "deu", "eng,deu"):
        sieve.admit(raw)
    assert (sieve.counts["language"], sieve.counts["passed"]) == (1, 1)


def read_raws(content: str, *named: str) -> list[Raw]:
    import tempfile

    from migkg.sources import open_source

    with tempfile.NamedTemporaryFile(suffix=".warc.wet.gz") as file:
        for number, codes in enumerate(named):
            extra = {"Content_Type": "text/plain", "WARC_Identified_Content_Language": codes}
            part = record(f"https://example.org/{number}", content.encode(), WarcRecordType.conversion, **extra)
            file.write(pack([part]))
        file.flush()
        return [item for item in open_source(file.name) if isinstance(item, Raw)]


def test_sieved_archive_says_the_same(tmp_path: Path) -> None:
    whole, small = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    parts = [response(f"https://example.org/{code}", page("T", words * 2)) for code, words in TEXTS.items()]
    parts += [conversion("https://example.org/wet", TEXTS["en"] * 2), conversion("https://example.org/x", "Nothing.")]
    whole.write_bytes(pack(parts))
    run = CliRunner().invoke(cli, ["sieve", str(whole), "-o", str(small)], standalone_mode=False)
    assert run.return_value == 0, run.output
    before = [d.id for d in read_documents([str(whole)]) if isinstance(d, Document) and "Nothing." not in d.text]
    assert [d.id for d in read_documents([str(small)]) if isinstance(d, Document)] == before
    assert len(before) == 4
    first = small.read_bytes()
    CliRunner().invoke(cli, ["sieve", str(whole), "-o", str(small)], standalone_mode=False)
    assert small.read_bytes() == first


def test_lines_and_a_broken_archive(tmp_path: Path) -> None:
    whole = tmp_path / "a.warc.gz"
    whole.write_bytes(pack([conversion("https://example.org/en", TEXTS["en"] * 2), b"WARC/1.0\r\nWARC-Ty"]))
    run = CliRunner().invoke(cli, ["sieve", str(whole)], standalone_mode=False)
    assert run.return_value == 1
    line = json.loads(run.stdout.splitlines()[0])
    assert (line["url"], line["language"]) == ("https://example.org/en", "en")
    assert "skipped" in run.stderr
