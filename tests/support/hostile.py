"""Texts that would run, or break out of their place, in a page that trusts what it is given."""

from collections.abc import Iterator

from migkg.lines import write_literal
from migkg.rdf.namespaces import ID, MG, RDF, SKOS

RUN = "window.__pwn='text ran'"
HOSTILE = {
    "script end": f"</script><script>{RUN}</script>",
    "image": f'<img src=x onerror="{RUN}">',
    "image and the word href": f'see href <a href="https://example.org">x</a><img src=x onerror="{RUN}">',
    "attribute": f'x" onmouseover="{RUN}" autofocus onfocus="{RUN}',
    "svg": f"<svg onload={RUN}>",
    "comment": f"<!--<script>{RUN}//--></script>",
    "quotes": f"a \"q\" 'p' \\ `b` ${{{RUN}}} \u2028 \u2029 ';{RUN};//",
    "template": f"{{{{ 7*7 }}}} {{% raw %}} {{n}} <%= {RUN} %>",
    "javascript address": f"javascript:{RUN}",
    "data address": f"data:text/html,<script>{RUN}</script>",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt; &#x3c;img src=x onerror={RUN}&#x3e;",
    "option": f"</option></select></textarea></title></style><img src=x onerror={RUN}>",
    "direction and control": "\u202egnp.exe \u0000\u0007\u001b[31m",
    "direction override and isolates": f"\u202e\u2066\u200b<img src=x onerror={RUN}>\u2069\u202c\ufeff",
    "style end": f'#fff}}</style><img src=x onerror="{RUN}">',
    "options": "'}; " + RUN + f'; //" {{"font": </script><script>{RUN}</script>}}',
    "graph file": f'digraph{{A -> "B</script><script>{RUN}</script>"}}',
    "address with a break": f'https://example.org/" onclick="{RUN}\n',
    "vbscript and tab": f"java\tscript:{RUN}",
    "formula": '=HYPERLINK("https://example.org","x")',
    "constructor": "constructor",
    "prototype": "__proto__",
    "long": "A" * 100_000,
}
# Markup, line breaks, and characters that XML cannot hold, in one text.
MIXED = 'He said "<b>&amp;</b>"\n</script><script>alert(1)</script> \u2028 \x00\x0b ]]> 🛂'


def hostile_lines(texts: list[str]) -> Iterator[str]:
    """A graph whose every text is hostile: names, countries, dates, quotes, titles, addresses, statuses."""
    graph, source = f"<{ID}source/bad>", f"<{ID}source/bad>"

    def quad(subject: str, predicate: str, object_: str) -> str:
        return f"{subject} <{predicate}> {object_} {graph} ."

    yield quad(source, f"{RDF}type", f"<{MG}Source>")
    iom = f"<{ID}org/iom>"
    yield quad(iom, f"{RDF}type", f"<{MG}IntergovernmentalOrganisation>")
    for number, text in enumerate(texts):
        literal = write_literal(text)
        thing, claim = f"<{ID}programme/bad-{number}>", f"<{ID}claim/bad-{number}>"
        own = f"<{ID}source/bad-{number}>"
        yield quad(thing, f"{RDF}type", f"<{MG}Programme>")
        yield quad(thing, f"{SKOS}prefLabel", write_literal(text, "en"))
        for predicate in (f"{MG}country", f"{MG}when", f"{MG}postName"):
            yield quad(thing, predicate, literal)
        yield quad(iom, f"{MG}funds", thing)
        yield quad(own, f"{RDF}type", f"<{MG}Source>")
        for name in ("title", "issued", "language"):
            yield quad(own, f"http://purl.org/dc/terms/{name}", literal)
        yield quad(
            own, "https://schema.org/url", write_literal(text, datatype="http://www.w3.org/2001/XMLSchema#anyURI")
        )
        yield quad(own, f"{MG}publisherName", literal)
        yield quad(claim, f"{RDF}type", f"<{MG}Claim>")
        for name, end in (("subject", iom), ("predicate", f"<{MG}funds>"), ("object", thing)):
            yield quad(claim, RDF + name, end)
        for name, value in (
            ("quote", literal),
            ("source", own),
            ("status", f"<{ID}status/stated>"),
            ("confidence", literal),
        ):
            yield quad(claim, MG + name, value)


_ALL = f"""SELECT ?thing ?thingName ?country ?when ?quote ?title ?source ?n {{
  ?thing <{SKOS}prefLabel> ?thingName ; <{MG}country> ?country ; <{MG}when> ?when .
  ?claim <{RDF}object> ?thing ; <{MG}quote> ?quote ; <{MG}source> ?source .
  ?source <http://purl.org/dc/terms/title> ?title BIND(1 AS ?n) }}"""
_TRIPLES = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . ?s a <{MG}Programme> }}"
# Ways to bring those texts onto the page of the service, as parts of its address.
HOSTILE_QUERIES = {
    "rows": {"sparql": _ALL},
    "triples": {"sparql": _TRIPLES},
    "evidence": {"q": "evidence-of", "p.subject": f"{ID}org/iom"},
    "find": {"q": "find", "p.text": "a"},
}
# Looks at everything that an answer can be looked at with; gives the addresses of all links.
EVERYTHING = """const done = arguments[0], wait = (ms) => new Promise((r) => setTimeout(r, ms));
  (async () => {
    for (const view of document.querySelectorAll("#results [data-view]")) {
      view.click();
      await wait(150);
      for (const e of document.querySelectorAll("#results .view *"))
        e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
    }
    document.querySelector("#results [data-view=table]").click();
    await wait(100);
    const rows = [...document.querySelectorAll("#results .evidence")];
    for (const one of rows.filter((_, at) => at % Math.ceil(rows.length / 15) === 0)) {
      one.click();
      await wait(60);
    }
    await wait(200);
    done([...document.links].map((a) => a.href));
  })();"""
