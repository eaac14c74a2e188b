"""Megabytes of WET text a second that the sieve reads, and what it lets through.

The archive has mostly other text: words of many languages as faker makes them, texts that share words with those on
migration (tests/sources/sieve/others.yaml), and a few releases. Once the records name their language as those of Common
Crawl do, once they do not, so that every byte is looked at. Aim: 20 MB/s or more on one core.

The table of quality is taken on the annotated documents and samples (on migration) against the other texts.
"""

import gzip
import io
import random
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import report
import yaml
from corpus import LANGUAGES, read_paragraphs
from faker import Faker
from fastwarc.warc import WarcRecord, WarcRecordType

from migkg.errors import SourceSkip
from migkg.model import Document
from migkg.resources import data_path
from migkg.sources import Raw, open_source, read_documents
from migkg.sources.sieve import Sieve
from migkg.text.language import guess_language

ROOT = Path(__file__).resolve().parent.parent
OTHERS = yaml.safe_load((ROOT / "tests/sources/sieve/others.yaml").read_text("utf-8"))
# Locale of faker, ISO 639-3 code, share of the pages: roughly those of a web crawl, English first.
LOCALES = (
    *(("en_US", "eng", 42), ("ru_RU", "rus", 6), ("de_DE", "deu", 6), ("ja_JP", "jpn", 5), ("zh_CN", "zho", 5)),
    *(("es_ES", "spa", 5), ("fr_FR", "fra", 5), ("it_IT", "ita", 3), ("pl_PL", "pol", 3), ("nl_NL", "nld", 2)),
    *(("cs_CZ", "ces", 2), ("ar_AA", "ara", 2), ("el_GR", "ell", 2), ("fa_IR", "fas", 2)),
)
RELEASES = 0.005  # of the pages
HARD = 0.05  # of those in English, French and Spanish


def pages(count: int) -> Iterator[tuple[str, str, bool]]:
    """Text, language code, and whether it is a release."""
    chance = random.Random(7)
    Faker.seed(7)
    pools = {locale: [Faker(locale).text(2000) for _ in range(40)] for locale, _, _ in LOCALES}
    releases = {code: read_paragraphs(code)[1] for code in LANGUAGES}
    weights = [share for *_, share in LOCALES]
    for _ in range(count):
        locale, code, _ = chance.choices(LOCALES, weights)[0]
        short = locale[:2]
        if chance.random() < RELEASES:
            short = chance.choice(LANGUAGES)
            code = {"en": "eng", "fr": "fra", "es": "spa"}[short]
            yield "\n".join(chance.choices(releases[short], k=8)), code, True
        elif short in OTHERS and chance.random() < HARD:
            hard = chance.choice(list(OTHERS[short].values()))
            yield "\n".join([*chance.choices(pools[locale], k=2), *[hard] * 3]), code, False
        else:
            yield "\n".join(chance.choices(pools[locale], k=chance.randint(1, 5))), code, False


def write_archive(path: Path, count: int, named: bool) -> tuple[int, set[str]]:
    """Bytes of text, and the addresses of the releases."""
    size, wanted = 0, set()
    with path.open("wb") as out:
        for number, (text, code, is_release) in enumerate(pages(count)):
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.conversion)
            url = f"https://example.org/{number}"
            record.headers["WARC-Target-URI"] = url
            record.headers["Content-Type"] = "text/plain"
            if named:
                record.headers["WARC-Identified-Content-Language"] = code
            data = text.encode()
            record.set_bytes_content(data)
            plain = io.BytesIO()
            record.write(plain, checksum_data=True)
            out.write(gzip.compress(plain.getvalue(), 6))
            size += len(data)
            wanted |= {url} if is_release else set()
    return size, wanted


def measure(path: Path, wanted: set[str]) -> dict[str, object]:
    """One pass of the sieve over an archive, in CPU time of this process."""
    for code in LANGUAGES:  # tables and models are loaded once
        Sieve().admit(Raw("a", "/a", "\n".join(read_paragraphs(code)[1]).encode(), "text/plain"))
    with suppress(SourceSkip):
        guess_language("ene mene miste es rappelt in der Kiste")
    sieve, passed = Sieve(), set()
    started = time.process_time()
    for item in open_source(str(path)):
        if isinstance(item, Raw) and sieve.admit(item):
            passed.add(item.url)
    seconds = time.process_time() - started
    return {
        "MB of text": sieve.bytes / 1e6,
        "texts": sum(sieve.counts.values()),
        "passed": len(passed),
        "releases": len(wanted),
        "missed": len(wanted - passed),
        "wrong": len(passed - wanted),
        "MB/s": sieve.bytes / 1e6 / seconds,
    }


def judge(folders: list[Path]) -> dict[str, float]:
    """Recall on documents that are on migration, and how many of the others pass."""
    sieve = Sieve()
    found = (d for folder in folders for d in read_documents([str(folder)]))
    documents = list({d.text: d for d in found if isinstance(d, Document) and d.name != "README.md"}.values())
    passed = sum(sieve.admit(Raw("a", "/a", d.text.encode(), "text/plain")) is not None for d in documents)
    others = [text for texts in OTHERS.values() for text in texts.values()]
    wrong = sum(sieve.admit(Raw("a", "/a", text.encode(), "text/plain")) is not None for text in others)
    facts = {"documents": len(documents), "documents_passed": passed, "others": len(others), "others_passed": wrong}
    return {**facts, "recall": passed / len(documents), "precision": passed / max(passed + wrong, 1)}


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--documents", type=Path, action="append", help="more folders of documents on migration")
    chosen = parser.parse_args()
    rows = []
    with TemporaryDirectory() as folder:
        for label, named in (("named", True), ("not named", False)):
            path = Path(folder) / "a.warc.wet.gz"
            _, wanted = write_archive(path, chosen.pages, named)
            rows.append({"language of the records": label, **measure(path, wanted)})
    folders = [data_path("samples"), ROOT / "tests/gold", *(chosen.documents or [])]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.show("The sieve on WET files", rows, chosen.json, **judge(folders), peak_MiB=peak)


if __name__ == "__main__":
    main()
