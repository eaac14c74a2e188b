"""HTML: the body of a page as blocks, whatever is around it and however it is nested."""

import pytest
from document_helpers import outline, read, texts

from migkg.errors import SourceSkip

PROSE = "The Government of Canada has given the money for the project of the Organization in Viet Nam."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def test_structure() -> None:
    document = read(
        page(
            """
            <main><h1>Office of the Director General</h1>
            <p>The Organization is managed by its <strong>Director</strong> <em>General</em>, whom the Council elects.</p>
            <div class="row"><div class="card"><h3>ANA RUIZ</h3><p>Director General</p></div>
            <div class="card"><h3>AWA DIOP</h3><p>Deputy<br>for Operations</p></div></div>
            <h2>Management</h2><p>Placed under the Deputy are:</p>
            <ul><li>Units
              <ul><li>Gender Unit</li><li><p>Ethics Unit</p><p>It is the newest of them.</p></li></ul></li>
            <li>Legal Affairs</li></ul>
            <h2>Members</h2>
            <table><thead><tr><th>Name</th><th>Post</th></tr></thead>
            <tbody><tr><td>Ana&nbsp;Ruiz</td><td>Chair</td></tr><tr><td>Awa Diop</td><td></td></tr></tbody></table>
            <dl><dt>Asylum</dt><dd>Runs the centres.</dd></dl></main>
            """
        )
    )
    assert outline(document) == [
        ("heading", 1, None, "Office of the Director General"),
        ("paragraph", 0, 0, "The Organization is managed by its Director General, whom the Council elects."),
        ("heading", 3, 0, "ANA RUIZ"),
        ("paragraph", 0, 2, "Director General"),
        ("heading", 3, 0, "AWA DIOP"),
        # Short lines parted by a break are lines of their own.
        ("paragraph", 0, 4, "Deputy"),
        ("paragraph", 0, 5, "for Operations"),
        ("heading", 2, 0, "Management"),
        ("paragraph", 0, 7, "Placed under the Deputy are:"),
        ("item", 1, 8, "Units"),
        ("item", 2, 9, "Gender Unit"),
        ("item", 2, 9, "Ethics Unit"),
        ("paragraph", 0, 11, "It is the newest of them."),
        ("item", 1, 8, "Legal Affairs"),
        ("heading", 2, 0, "Members"),
        ("cell", 1, 14, "Name"),
        ("cell", 1, 14, "Post"),
        ("cell", 1, 14, "Ana Ruiz"),
        ("cell", 1, 14, "Chair"),
        ("cell", 1, 14, "Awa Diop"),
        ("term", 1, 14, "Asylum"),
        ("definition", 1, 20, "Runs the centres."),
    ]
    assert [block.row for block in document.blocks if block.kind == "cell"] == [0, 0, 1, 1, 2]
    assert document.kind == "structure"


@pytest.mark.parametrize(
    "junk",
    [
        "<nav><ul><li>Home</li><li>About the junk</li></ul></nav>",
        "<header><p>The portal of junk</p></header>",
        "<footer><p>Junk street 1, all rights reserved</p></footer>",
        "<aside><h3>Further news</h3><p>Junk of another day, told at length in a full sentence.</p></aside>",
        '<div class="cookie-banner">This junk site stores cookies. <button>OK</button></div>',
        '<div id="tarteaucitron"><p>En poursuivant, vous acceptez junk.</p></div>',
        '<div role="dialog"><p>We use cookies and other junk.</p></div>',
        '<ol class="migas"><li>Inicio</li><li>Junk</li></ol>',
        "<div class='share'>Share this junk <a>Facebook</a></div>",
        "<section><h2>Read also</h2><ul><li>Junk visits the capital</li></ul></section>",
        "<section><h3>También te puede interesar</h3><ul><li>Junk baja</li></ul></section>",
        "<form><label>Subscribe to junk</label><input></form>",
        "<script>var junk = '<p>junk</p>';</script><style>.junk{}</style><noscript>junk</noscript>",
        "<template><p>junk</p></template><!-- junk -->",
        "<p hidden>junk</p><p style='color:red; display : none'>junk</p><p aria-hidden='true'>junk</p>",
        "<p>Photo: Junk Agency</p>",
        "<p>(Logo: https://example.org/junk)</p>",
        "<p>Home &gt; News &gt; Junk</p>",
        "<p><a href='#'>Read more</a></p><p>Skip to junk</p>",
        "<p>Tags: junk, more junk</p>",
        "<div><a href='#'>Junk one</a> | <a href='#'>Junk two</a></div>",
        "<h3>About IOM</h3><p>Founded in 1951, the agency of junk is the leading one of them all.</p>",
    ],
)
def test_junk_is_out(junk: str) -> None:
    document = read(page(f"<div><h1>Title of the release</h1><p>{PROSE}</p><p>{PROSE[4:]}</p>{junk}</div>"))
    assert texts(document) == ["Title of the release", PROSE, PROSE[4:]]
    assert "junk" not in document.text.lower()


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='content-sidebar-wrap'>{}</div>",
        "<div class='has-footer no-menu'><div>{}</div></div>",
        "<div id='share-page'><article>{}</article></div>",
        "<main><article><header>{}</header></article></main>",
        "<table role='presentation'><tr><td>{}</td></tr></table>",
        "<table><tr><td>{}</td><td><a>Home</a></td></tr></table>",
        "<center><font>{}</font></center>",
        "<div><article>{}</article><article><h2>Other</h2></article></div>",
    ],
)
def test_frames_are_no_junk(frame: str) -> None:
    """Names and elements of junk that hold the text itself in real page templates."""
    content = f"<h1>Title of the release</h1><p>{PROSE}</p><p>{PROSE[4:]} {PROSE} {PROSE}</p>"
    assert texts(read(page(frame.format(content))))[:2] == ["Title of the release", PROSE]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("the re<b>gio</b>nal pro<a href='#'>cess</a> of the 1<sup>er</sup>", "the regional process of the 1er"),
        ("the<br>Council and all of those who sat there with it on that day, said one of the", None),
        ("l&rsquo;OIM &amp; l&#8217;ONU &eacute;t&eacute; 2&nbsp;500 &lt;b&gt;", "l’OIM & l’ONU été 2 500 <b>"),
        ("a\n   b\t\tc", "a b c"),
        ("Viet&shy;namese and&#8203; Lao", "Vietnamese and Lao"),
        ("&#0; and &#xD800; and &#x80;", None),
    ],
)
def test_inline(markup: str, text: str | None) -> None:
    document = read(page(f"<h1>Title</h1><p>{PROSE}</p><p>{markup}</p>"))
    if text is not None:
        assert texts(document)[2] == text
    assert not any("\ud800" <= character <= "\udfff" or character == "\x00" for character in document.text)


def test_breaks() -> None:
    document = read(
        page(
            f"<h1>Title</h1><p>{PROSE}<br><br>{PROSE[4:]}<br>and so on it goes until the end of this long line of text</p>"
            "<h4>For further information</h4><p>In Dakar: Awa Diop, OIM, +221 00 000 00 00<br>In Bonn: Ann Roe, IFRC</p>"
        )
    )
    assert outline(document)[1:] == [
        ("paragraph", 0, 0, PROSE),
        ("paragraph", 0, 0, PROSE[4:]),
        ("paragraph", 0, 0, "and so on it goes until the end of this long line of text"),
        ("contact", 0, 0, "For further information"),
        ("contact", 0, 4, "In Dakar: Awa Diop, OIM"),
        ("contact", 0, 5, "In Bonn: Ann Roe, IFRC"),
    ]


def test_preformatted() -> None:
    text = "The Minister opened the meeting that the Organization\nholds in Dakar.\n\nThe Ambassador of Japan spoke after him\nand left."
    assert texts(read(page(f"<h1>Title</h1><pre>{text}</pre>"))) == [
        "Title",
        "The Minister opened the meeting that the Organization holds in Dakar.",
        "The Ambassador of Japan spoke after him and left.",
    ]


HEAD = (
    '<title>Short | Site</title><meta property="og:title" content="The title of it">'
    '<link rel="canonical" href="https://example.org/a"><meta property="og:url" content="https://example.org/b">'
    '<meta property="og:site_name" content="Le Calame"><meta property="article:published_time" content="2018-04-25T23:12:00">'
    '<meta property="article:modified_time" content="2020-01-01">'
)
LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Head", '
    '"datePublished": "2017-10-06", "dateModified": "2018-01-01", "publisher": {"@type": "Organization", "name": "OSCE"}}]}'
    "</script>"
)


@pytest.mark.parametrize(
    ("head", "body", "facts"),
    [
        (HEAD, "", ("The title of it", "https://example.org/a", "2018-04-25", "Le Calame")),
        (LINKED, "", ("Head", None, "2017-10-06", "OSCE")),
        # What a page shows itself of its title goes before what its head says.
        (HEAD, "<h1>The shown title</h1>", ("The shown title", "https://example.org/a", "2018-04-25", "Le Calame")),
        ("", "<h1>T</h1><time datetime='2015-06-12'>12/06/2015</time>", ("T", None, "2015-06-12", None)),
        # A day of modification alone is no date, broken JSON and a relative address are nothing.
        (
            '<meta property="article:modified_time" content="2020-01-01"><link rel=canonical href="/a">'
            '<script type="application/ld+json">{"datePublished": </script>',
            "<h1>T</h1><time itemprop='dateModified' datetime='2020-01-01'>now</time>",
            ("T", None, None, None),
        ),
        ('<meta name="dcterms.issued" content="2018-11-28">', "<h1>T</h1>", ("T", None, "2018-11-28", None)),
        ("", "<h1>T</h1><p>Published 18/03/2013</p>", ("T", None, "2013-03-18", None)),
    ],
    ids=["meta", "json-ld", "h1", "time", "modified", "dublin-core", "visible"],
)
def test_facts(head: str, body: str, facts: tuple[str | None, ...]) -> None:
    document = read(page(f"{body}<p>{PROSE}</p>", head))
    assert (document.title, document.url, document.published, document.publisher) == facts
    assert document.name == (document.url or "page.html")


def test_title_outside_the_main_part() -> None:
    document = read(page(f"<div class='hero'><h1>Canada pays</h1></div><main><p>{PROSE}</p></main>"))
    assert texts(document) == ["Canada pays", PROSE]


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta name="author" content="DGEF">', "DGEF"),
        # An author who may be a person is not taken.
        ('<meta name="author" content="Redacción">', None),
        ('<meta name="author" content="Ana Ruiz">', None),
        ('<meta name="DC.publisher" content="Ministry of the Interior">', "Ministry of the Interior"),
        ('<script type="application/ld+json">{"headline": "T", "publisher": ["x", 1]}</script>', None),
    ],
)
def test_publisher(head: str, publisher: str | None) -> None:
    assert read(page(f"<h1>T</h1><p>{PROSE}</p>", head)).publisher == publisher


def test_list_of_links_stays() -> None:
    """The parts of an organisation are often links to pages of their own."""
    items = "<li><a href='/a'>Legal Affairs</a></li><li><a href='/b'>Audit</a></li>"
    assert texts(read(page(f"<h1>Structure</h1><p>{PROSE}</p><ul>{items}</ul>")))[2:] == ["Legal Affairs", "Audit"]


def test_two_titles() -> None:
    """A site whose logo is a heading of level 1 as well."""
    head = "<title>Canada pays for the project | IOM</title>"
    document = read(page(f"<h1>IOM</h1><h1>Canada pays for the project</h1><p>{PROSE}</p>", head))
    assert (document.title, texts(document)[0]) == ("Canada pays for the project", "Canada pays for the project")


@pytest.mark.parametrize("depth", [300, 5_000])
@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul><li", "table><tr><td", "section"])
def test_deep(tag: str, depth: int) -> None:
    document = read(f"<body><h1>Title</h1>{f'<{tag}>' * depth}{PROSE}")
    assert texts(document) == ["Title", PROSE]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<div>" * 100_000 + PROSE, "nested 100000 deep"),
        ("<p>x" * 400_000, "400000 tags"),
        ("<html><head><title>Nothing</title></head></html>", "no body text"),
        ("<html><body><script>var a = 1;</script></body></html>", "no body text"),
        (f"<p>{PROSE * 12_000}", "characters of text"),
    ],
)
def test_refused(content: str, reason: str) -> None:
    with pytest.raises(SourceSkip, match=reason):
        read(content)


def test_tags_in_scripts_do_not_count() -> None:
    script = "<script>" + "var a = '<div><div>';" * 10_000 + "</script>"
    assert texts(read(page(f"{script}<h1>Title</h1><p>{PROSE}</p>"))) == ["Title", PROSE]


@pytest.mark.parametrize("name", ["page.txt", "page", "page.html"])
def test_known_by_content(name: str) -> None:
    assert texts(read(page(f"<h1>Title</h1><p>{PROSE}</p>"), name)) == ["Title", PROSE]


def test_text_called_html() -> None:
    assert texts(read(f"Title of it\n\n{PROSE} It is < 5 and > 3.\n", "page.html"))[0] == "Title of it"
