"""Pages that are read by the description of their site: title, date, lead and body; and by general means where it finds nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from migkg.model import Document
from migkg.sources import Raw, parse_document
from support.release_site import TEXTS, release

URL = "https://www.example.org/news/1"
DESCRIPTION: dict[str, Any] = {
    "name": "example",
    "title": "A site for the tests",
    "publisher": "org:iom",
    "licence": "invented for the tests",
    "languages": ["en", "fr", "es"],
    "hosts": ["www.example.org"],
    "shape": {"as_of": "the tests", "tried": True},
    "starts": [{"sitemap": "https://www.example.org/sitemap.xml"}],
    "pages": {"include": ["/news/"]},
    "selectors": {
        "title": [".none", "h1"],
        "date": [".date"],
        "lead": [".lead p"],
        "body": [".none", ".text"],
        "drop": [".box"],
    },
    "boilerplate": ["Every release of this site .*"],
    "date_formats": ["iso", "written", "%d/%m/%Y"],
    "politeness": {"delay": 0},
    "expected": {"least": 1, "most": 9},
}
PUBLISHERS = {
    "en": "International Organization for Migration",
    "fr": "Organisation internationale pour les migrations",
    "es": "Organización Internacional para las Migraciones",
}


@pytest.fixture
def described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    describe(tmp_path)
    monkeypatch.setenv("MIGKG_SOURCES", str(tmp_path))
    yield


def describe(folder: Path, **changes: Any) -> None:
    (folder / "example.yaml").write_text(yaml.safe_dump(DESCRIPTION | changes), encoding="utf-8")


def read(page: bytes, url: str = URL) -> Document:
    return parse_document(Raw(url, url, page, "text/html"))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_page_of_the_site(described: None, language: str) -> None:
    title, _, lead, text = TEXTS[language]
    document = read(release(7, language))
    assert document.text.split("\n\n") == [f"{title} 7", lead, f"{text} (7)"]
    assert (document.title, document.published, document.language) == (f"{title} 7", "2013-03-18", language)
    assert document.publisher == PUBLISHERS[language]


def test_same_page_elsewhere_is_read_by_general_means(described: None) -> None:
    document = read(release(7), "https://other.example.org/news/1")
    assert "This line stands on every page of the site" in document.text
    assert (document.published, document.publisher) == ("2013-03-18", None)


def test_file_that_names_its_address_is_read_as_the_page(described: None) -> None:
    page = release(7).replace(b"</head>", f'<link rel="canonical" href="{URL}"></head>'.encode())
    document = parse_document(Raw("saved.html", "/somewhere/saved.html", page))
    assert document.text == read(release(7)).text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'class="text"', b'class="changed"', id="the body has another class"),
        pytest.param(b"<h1>", b"<h1 hidden>", id="the title is hidden"),
    ],
)
def test_page_of_another_shape_is_read_by_general_means(described: None, old: bytes, new: bytes) -> None:
    document = read(release(7).replace(old, new))
    assert TEXTS["en"][3] in document.text
    assert document.published == "2013-03-18"


def test_empty_frame_is_not_the_body(described: None) -> None:
    page = release(7).replace(b'<div class="text">', b'<div class="text"></div><div class="text">', 1)
    assert TEXTS["en"][3] in read(page).text


def test_lead_inside_the_body_is_there_once(described: None) -> None:
    page = release(7).replace(b'<div class="lead">', b'<div class="text"><div class="lead">')
    assert read(page).text.count(TEXTS["en"][2]) == 1


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("18/03/2013", "2013-03-18"),
        ("07/08/2020", "2020-08-07"),
        ("7/8/2020", "2020-08-07"),
        ("31/02/2020", None),
        ("18 March 2013", "2013-03-18"),
        ("le 1er mars 2013", "2013-03-01"),
        ("18 de marzo de 2013", "2013-03-18"),
        ("2013-03-18T10:00:00Z", "2013-03-18"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date_by_the_formats_of_the_site(described: None, shown: str, found: str | None) -> None:
    """07/08/2020 can be read in two ways; the site says in which."""
    assert read(release(7).replace(b"18/03/2013", shown.encode())).published == found


def test_date_in_an_attribute(described: None) -> None:
    page = release(7).replace(
        b'<div class="date">18/03/2013</div>', b'<time class="date" datetime="2014-05-06">today</time>'
    )
    assert read(page).published == "2014-05-06"


def test_hostile_page(described: None) -> None:
    """Very many elements that the site drops, inside one another, cost no more than reading them."""
    page = release(7).replace(b'<div class="box">', b'<div class="box">' * 2_000)
    assert read(page).text.startswith(TEXTS["en"][0])
