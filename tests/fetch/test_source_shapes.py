"""Each described source against a local copy of the shape that its description states: lists, addresses, pages.

The pages are invented. That the real sites have this shape is what the descriptions say, with where it is known from; it
was not tried against them. What is tried here is that a site of that shape is found, fetched and read as it should be.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastwarc.warc import ArchiveIterator, WarcRecordType

from migkg.fetch import fetch
from migkg.lexicon.gazetteer import official_names
from migkg.model import Document
from migkg.sources import Raw, parse_document
from migkg.sources.sites import find_site, site_paths
from support.release_site import TEXTS, ReleaseSite, Reply, serve

MENU = '<nav><a href="/">Home</a> <a href="/about">About</a> <a href="{here}">This page</a></nav>'
DATES = {"en": "18 March 2013", "fr": "18 mars 2013", "es": "18 de marzo de 2013"}


def drupal(title: str, date: str, paragraphs: str) -> str:
    """A page with its text in a field, and other fields around it."""
    return f"""<div class="banner"><h1>{title}</h1><div class="date">{date}</div></div><div class="related-links">
<p>Another release of the site that is long enough to be taken for a part of this one, were it not left out.</p></div>
<div class="narrow-content"><div class="field field--type-text-with-summary">{paragraphs}</div></div>
<p>The last words of every page of this site, which are about the site and not about the release.</p>"""


def govuk(title: str, date: str, paragraphs: str) -> str:
    return f"""<main><h1 class="gem-c-heading__text">{title}</h1><dl><dt>Published</dt><dd>18 March 2013</dd>
<dt>Last updated</dt><dd>20 March 2014</dd></dl><div class="gem-c-govspeak govuk-govspeak govspeak">{paragraphs}</div>
<p>Is there anything wrong with this page, or is there something that could be better in your opinion?</p></main>"""


def plain(title: str, date: str, paragraphs: str) -> str:
    """A page without anything that a selector could hold on to."""
    return f"<main><h1>{title}</h1><p>{date}</p>{paragraphs}</main>"


def motto(title: str, date: str, paragraphs: str) -> str:
    """A page under the motto of its site, as stored copies have it."""
    above = "<p>Enhancing cooperation among the Prague Process states</p><p>Select your language</p>"
    return f"<main>{above}<h1>{title}</h1><p>{date}</p>{paragraphs}</main>"


@dataclass(frozen=True)
class Shape:
    """How a site looks: the path of its lists (by page, from its first), of its pages, and what a page is made of."""

    lists: tuple[str, ...]
    page: str
    build: Callable[[str, str, str], str] = plain
    head: str = ""
    feed: bool = False


SEARCH = "/search?type%5B2%5D=press_release&created=All&sort_bef_combine=created_DESC&page={n}"
SHAPES = {
    "iom-en": Shape((SEARCH,), "/news/release-{n}", drupal),
    "iom-fr": Shape(("/fr" + SEARCH,), "/fr/news/communique-{n}", drupal),
    "iom-es": Shape(("/es" + SEARCH,), "/es/news/comunicado-{n}", drupal),
    "unhcr-en": Shape(("/news/press-releases?page={n}", "/news/briefing-notes?page={n}"), "/news/press-releases/unhcr-{n}"),
    "unhcr-es": Shape(("/noticias/news-releases?page={n}",), "/noticias/news-releases/acnur-{n}"),
    "icmpd-en": Shape(("/news?page={n}",), "/news/project-{n}"),
    "prague-process-en": Shape(("/en/news-events/news",), "/en/news-events/news/{n}-meeting", motto),
    "uk-home-office-en": Shape(
        ("/search/news-and-communications.atom?organisations%5B%5D=home-office",),
        "/government/news/news-{n}",
        govuk,
        '<meta name="govuk:first-published-at" content="2013-03-18T10:00:00+00:00"><meta name="govuk:updated-at" content="2014-03-20T10:00:00Z">',
        feed=True,
    ),
    "pe-migraciones-es": Shape(("/institucion/migraciones/noticias?sheet={n}",), "/institucion/migraciones/noticias/{n}-migraciones"),
}  # fmt: skip


@pytest.fixture
def site() -> Iterator[ReleaseSite]:
    with serve() as site:
        yield site


def localise(path: Path, folder: Path, site: ReleaseSite) -> dict[str, Any]:
    """The description, with the local server in the place of the site, and no pauses. All else is as it stands."""
    described: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    here = re.escape(site.url)
    for start in described["starts"]:
        start |= {
            key: re.sub(r"^https://[^/]+", site.url, value) for key, value in start.items() if isinstance(value, str)
        }
    described["hosts"] = [site.host]
    described["pages"]["include"] = [
        re.sub(r"^\^https://[^/]+", lambda _: f"^{here}", p) for p in described["pages"]["include"]
    ]
    described["politeness"] = {"delay": 0, "networks": ["127.0.0.1/32"]}
    described["expected"] |= {"least": 1}
    (folder / path.name).write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    return described


def publish(site: ReleaseSite, shape: Shape, language: str, first: int) -> None:
    """Two lists of two pages each (a feed: one of four), and beside the releases what else such lists link to."""
    title, _, lead, text = TEXTS[language]
    pages = [shape.page.replace("{n}", str(number)) for number in range(100, 104)]
    for number, path in enumerate(pages):
        body = shape.build(f"{title} {number}", DATES[language], f"<p>{lead}</p><p>{text}</p>")
        html = f'<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{shape.head}</head><body>'
        site.replies[path] = Reply((html + MENU.format(here=path) + body + "</body></html>").encode())
    if shape.feed:
        entries = "".join(
            f'<entry><id>{p}</id><title>t</title><link href="{site.url}{p}"/></entry>'
            for p in [*pages, "/government/speeches/a"]
        )
        feed = (
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>f</id>{entries}</feed>'
        )
        site.replies[shape.lists[0]] = Reply(feed.encode(), kind="application/atom+xml")
        return
    split = len(pages) if "{n}" not in shape.lists[0] else 2
    for i, some in enumerate(filter(None, (pages[:split], pages[split:]))):
        links = "".join(f'<article><h3><a href="{path}">{title}</a></h3></article>' for path in some)
        other = '<a href="/donate">Donate</a><a href="/news">All</a><a href="https://elsewhere.example/news/x">Elsewhere</a>'
        page = f"<html><body>{MENU.format(here='/')}<main>{links}</main>{other}</body></html>".encode()
        site.replies[shape.lists[0].replace("{n}", str(first + i))] = Reply(page)


def read(folder: Path, name: str) -> list[Document]:
    found = []
    for record in ArchiveIterator(
        str(folder / f"{name}-00001.warc.gz"), record_types=WarcRecordType.response, fsspec_args=False
    ):
        url = record.headers["WARC-Target-URI"]
        found.append(parse_document(Raw(url, url, record.reader.read(), record.http_headers.get("Content-Type"))))
    return found


def test_every_source_has_its_shape() -> None:
    assert SHAPES.keys() == {path.stem for path in site_paths()}


@pytest.mark.parametrize("path", site_paths(), ids=lambda path: path.stem)
def test_source_of_this_shape(site: ReleaseSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    described, shape = localise(path, tmp_path, site), SHAPES[path.stem]
    language = described["languages"][0]
    publish(site, shape, language, described["starts"][0].get("first", 0))
    report = fetch(find_site(str(tmp_path / path.name)), tmp_path / "kept", "test@example.org", pause=0.01)
    assert (report.new, report.stopped) == (4, "")
    # A list that is not there is told; the second one of UNHCR has no pages in this copy.
    assert [skip.source for skip in report.skipped if "briefing-notes" not in skip.source] == []
    monkeypatch.setenv("MIGKG_SOURCES", str(tmp_path))
    monkeypatch.setattr("migkg.sources.sites.data_path", lambda name: tmp_path / "none")
    title, _, lead, text = TEXTS[language]
    documents = read(tmp_path / "kept", path.stem)
    assert [document.title for document in documents] == [f"{title} {number}" for number in range(4)]
    for document in documents:
        assert document.text.split("\n\n")[-2:] == [lead, text]
        assert "every page of this site" not in document.text and "Is there anything wrong" not in document.text
        assert "Enhancing cooperation" not in document.text
        assert (document.published, document.language) == ("2013-03-18", language)
        assert document.publisher == official_names(language)[described["publisher"]]
