"""Archives and feeds in a store: unchanged texts are not read again, and a file is taken out with all its texts."""

from pathlib import Path

import pytest

from migkg.build import build, remove
from sources.archive_helpers import TEXTS, pack, page, response

RECORDS = [response(f"https://example.org/{code}", page(f"Title {code}", text)) for code, text in TEXTS.items()]
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{}</channel></rss>"""
ENTRY = "<item><guid>https://example.org//{0}</guid><link>https://example.org/{0}</link><description>{1}</description></item>"


def feed(texts: dict[str, str]) -> bytes:
    return FEED.format("".join(ENTRY.format(code, text) for code, text in texts.items())).encode()


@pytest.mark.parametrize(("name", "data"), [("a.warc.gz", pack(RECORDS)), ("a.xml", feed(TEXTS))])
def test_texts_of_a_file(tmp_path: Path, name: str, data: bytes) -> None:
    path, store = tmp_path / name, tmp_path / "store"
    path.write_bytes(data)
    first = build([str(tmp_path / "*.*")], store)
    assert (first.added, first.documents, first.skipped) == (3, 3, [])
    again = build([str(path)], store)
    assert (again.added, again.unchanged) == (0, 3)
    changed = build([str(path)], store, people="none")
    assert (changed.replaced, changed.documents) == (3, 3)
    gone = remove([str(path)], store)
    assert (gone.removed, gone.documents) == (3, 0)


def test_a_broken_archive_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(pack(RECORDS)[:-20])
    report = build([str(path)], tmp_path / "store")
    assert report.documents == 2
    assert [skip.source for skip in report.skipped] == [str(path)]
    path.write_bytes(pack(RECORDS))
    assert build([str(path)], tmp_path / "store").documents == 3
