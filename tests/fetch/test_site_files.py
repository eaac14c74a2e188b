"""Descriptions of sites: those of the project are whole, and every mistake in one is told with file, line and key."""

from pathlib import Path

import pytest

from migkg.errors import DataFileError, UsageError
from migkg.lexicon.gazetteer import official_names
from migkg.sources.site import host_of
from migkg.sources.site_file import read_site
from migkg.sources.sites import find_site, load_sites, site_of, site_paths

GOOD = """\
name: example
title: A site
publisher: org:iom
licence: none
languages: [en]
hosts: [www.example.org]
shape:
  as_of: the tests
  tried: true
starts:
  - sitemap: https://www.example.org/sitemap.xml
pages:
  include: ['/news/']
politeness:
  delay: 5
expected:
  least: 1
  most: 10
"""


def described(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "example.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("title: A site\n", "", ":1: title: the key is missing", id="a key is missing"),
        pytest.param("title: A site", "title: ''", ":2: title: a text is expected", id="an empty text"),
        pytest.param("title: A site", "title: [a]", ":2: title: a text is expected", id="a list for a text"),
        pytest.param("title: A site", "title: A site\ntitle: B", ":3: title: is there twice", id="a key twice"),
        pytest.param("title: A site", "tittle: x\ntitle: A site", ":2: tittle: unknown key", id="an unknown key"),
        pytest.param("name: example", "name: other", ":1: name: must be example, the name of the file", id="another name"),
        pytest.param("org:iom", "org:nobody", ":3: publisher: no such key in the authority tables: org:nobody", id="an unknown publisher"),
        pytest.param("[en]", "[de]", ":5: languages: de is not a language that is read", id="an unknown language"),
        pytest.param("[en]", "[]", ":5: languages: at least 1 is expected", id="no language"),
        pytest.param("[en]", "en", ":5: languages: a list of texts is expected", id="a text for a list"),
        pytest.param("[www.example.org]", "[WWW.example.org]", ":6: hosts: 'WWW.example.org' is not a host", id="a host in capitals"),
        pytest.param("[www.example.org]", "['https://www.example.org']", ":6: hosts:", id="an address for a host"),
        pytest.param("tried: true", "tried: maybe", ":9: tried: true or false is expected", id="no flag"),
        pytest.param("sitemap: https", "sitmap: https", ":11: one of sitemap, robots, feed, listing is expected", id="an unknown start"),
        pytest.param("sitemap: https", "listing: https", ":11: links: the key is missing", id="a listing without links"),
        pytest.param("https://www.example.org/sitemap", "https://other.org/sitemap", ":11: sitemap: other.org is not among the hosts", id="a start elsewhere"),
        pytest.param("https://www.example.org/sitemap.xml", "file:///etc/passwd", ":11: sitemap: 'file:///etc/passwd' is not an http or https address", id="a start that is a file"),
        pytest.param("'/news/'", "'/news/('", ":13: include: '/news/(' is not a pattern", id="a broken pattern"),
        pytest.param("delay: 5", "delay: -1", ":15: delay: a number from 0 to 3600 is expected", id="a negative delay"),
        pytest.param("delay: 5", "delay: soon", ":15: delay: a number from 0 to 3600 is expected", id="a delay in words"),
        pytest.param("delay: 5", "delay: true", ":15: delay: a number", id="a flag for a number"),
        pytest.param("delay: 5", "delay: 5\n  networks: [10.0.0.1/8]", ":16: networks: 10.0.0.1/8 has host bits set", id="a wrong network"),
        pytest.param("least: 1", "least: 11", ":17: least (11) is more than most (10)", id="counts the wrong way round"),
        pytest.param("politeness:\n  delay: 5", "politeness: 5", ":14: politeness: a mapping of keys is expected", id="a number for a mapping"),
        pytest.param("starts:\n  - sitemap: https://www.example.org/sitemap.xml", "starts: []", ":10: starts: a list is expected", id="no starts"),
        pytest.param("pages:", "selectors:\n  body: ['p >']\npages:", ":13: body: 'p >' is not a CSS selector", id="a broken selector"),
        pytest.param("pages:", "date_formats: ['%d/%m']\npages:", ":12: date_formats: '%d/%m' is neither iso", id="a date without a year"),
        pytest.param("pages:", "boilerplate: ['(']\npages:", ":12: boilerplate: '(' is not a pattern", id="a broken boilerplate"),
        pytest.param("title: A site", "title: *x", ":2: not YAML: found undefined alias", id="an alias to nothing"),
        pytest.param("title: A site", "title: 'A", ": not YAML", id="a quote that is not closed"),
        pytest.param("title: A site", "title: !!python/object:os.system x", ":2: title:", id="a tag that would run code"),
        pytest.param(GOOD, "- a\n- b", ":1: the file: a mapping of keys is expected", id="a list"),
        pytest.param(GOOD, "", ":1: the file: a mapping of keys is expected", id="nothing"),
    ],
)  # fmt: skip
def test_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = described(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DataFileError) as error:
        read_site(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_good_description(tmp_path: Path) -> None:
    site = read_site(described(tmp_path, GOOD))
    assert site.selects("https://www.example.org/news/a")
    assert not site.selects("https://www.example.org:8443/news/a")
    assert not site.selects("https://www.example.org.evil.example/news/a")


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        read_site(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="no source is called nothing; there are icmpd-en, iom-en"):
        find_site("nothing")
    with pytest.raises(UsageError, match="no such file"):
        find_site("nothing.yaml")


def test_sources_of_the_project() -> None:
    sites = load_sites()
    assert {"iom-en", "iom-fr", "iom-es"} <= sites.keys()
    assert len({site.publisher for site in sites.values()}) >= 5
    for site in sites.values():
        assert site.publisher in official_names("en")
        assert site.politeness.delay >= 5 and not site.politeness.networks, site.name
        assert len(site.shape.as_of) > 20, site.name
        assert all(start.url.startswith("https://") for start in site.starts), site.name


@pytest.mark.parametrize("path", site_paths(), ids=lambda path: path.stem)
def test_description_says_what_it_is_from(path: Path) -> None:
    """Each one says at its top what is known and from where; nobody has tried them against the sites."""
    head = path.read_text(encoding="utf-8").partition("\nname:")[0]
    assert head.count("#") >= 3
    assert "Known without the site" in head
    assert "Not known" in head or "Assumed" in head
    assert not read_site(path).shape.tried


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.iom.int/news/japan-funds-it", "iom-en"),
        ("https://www.iom.int/fr/news/le-japon", "iom-fr"),
        ("https://www.iom.int/es/news/el-japon", "iom-es"),
        ("https://www.iom.int/news/a/b", None),
        ("https://www.iom.int/donate", None),
        ("https://peru.iom.int/es/news/oim", None),
        ("https://www.unhcr.org/news/press-releases/a", "unhcr-en"),
        ("https://www.pragueprocess.eu/en/news-events/news/450-handing-over", "prague-process-en"),
        ("https://www.gob.pe/institucion/migraciones/noticias/746781-migraciones", "pe-migraciones-es"),
        ("https://www.gob.pe/institucion/mininter/noticias/753617-policia", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_page_belongs_to_its_source(url: str | None, name: str | None) -> None:
    site = site_of(url)
    assert (site.name if site else None) == name


def test_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    described(tmp_path, GOOD)
    monkeypatch.setenv("MIGKG_SOURCES", str(tmp_path))
    site = site_of("https://www.example.org/news/a")
    assert site is not None and site.name == "example"
    assert find_site("example") == site
    (tmp_path / "iom-en.yaml").write_text(GOOD.replace("name: example", "name: iom-en"))
    with pytest.raises(DataFileError, match="another source of this name"):
        load_sites()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://A.example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://a.example:443/", "a.example:443"),
        ("http://[::1]:80/", "[::1]"),
        ("http://[::1]:81/", "[::1]:81"),
        ("https://a.example:x/", ""),
        ("mailto:a@b", ""),
        ("", ""),
    ],
)
def test_host(url: str, host: str) -> None:
    assert host_of(url) == host
