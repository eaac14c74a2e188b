"""`migkg query-page`: size of the file, seconds to write it, and how long a browser takes until it answers.

Aim: 100,000 triples in under 5 MB, ready to be asked 2.5 s after the double click, a count over all claims in 0.2 s
and a table of 100 rows drawn in 0.3 s. Headless Chromium, network off, the file opened from the disk. The first graph
is that of the sample releases, the second one the annotated documents over and over with other countries, names and
sums (as in queries.py). Times are wall times in the page, but for the CPU seconds that all processes of the browser
spent until the store was ready; the fastest run is shown, since the machine may be shared.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import report

import queries
from migkg.build import build
from migkg.resources import data_path
from migkg.serve.query_page.page import render_query_page
from migkg.store import open_store
from migkg.store.base import Rows

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from support.browsing import Browser, open_chromium  # noqa: E402

MG = "PREFIX mg: <https://w3id.org/migkg/ont#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
AGGREGATE = f"{MG}SELECT ?relation (COUNT(?claim) AS ?n) {{ ?claim rdf:predicate ?relation }} GROUP BY ?relation"
TABLE = f"""{MG}SELECT ?claim ?subject ?object ?quote {{
  ?claim a mg:Claim ; rdf:subject ?subject ; rdf:object ?object ; mg:quote ?quote }} LIMIT 100"""
# From the moment that a query is asked until its table has been painted, in milliseconds.
ASKED = """const [query, done] = arguments, results = document.querySelector("#results");
  migkg.editor.setValue(query);
  results.replaceChildren();
  const start = performance.now();
  new MutationObserver((_, watch) => {
    if (!results.querySelector("tbody tr")) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  }).observe(results, { childList: true, subtree: true });
  document.querySelector("#run-sparql").click();"""


def write(store: Path, page: Path) -> dict[str, Any]:
    """Triples, CPU seconds to write the page and its megabytes."""
    opened = open_store(store, read_only=True)
    counted = opened.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(counted, Rows)
    start = time.process_time()
    page.write_text(render_query_page(opened), encoding="utf-8")
    seconds = time.process_time() - start
    opened.close()
    triples = int(next(term.value for term in counted.rows[0] if term))
    return {"triples": f"{triples:,}", "written, CPU s": seconds, "MB": page.stat().st_size / 1e6}


def opened(page: Path) -> dict[str, float]:
    """Seconds from the opening to the first page and to a store that can be asked, and of queries then."""
    with tempfile.TemporaryDirectory() as profile:
        driver = open_chromium(Path(profile))
        offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        try:
            browser = Browser(driver)
            before = spent(driver)
            browser.visit(f"{page.as_uri()}#ui=en")
            painted = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
            browser.wait("document.documentElement.dataset.store")
            ready = float(browser.run("return document.documentElement.dataset.store"))
            cpu = spent(driver) - before
            browser.run("document.getElementById('tab-sparql').click()")
            asked = [driver.execute_async_script(ASKED, query) for query in (AGGREGATE, TABLE)]
            assert all(url.startswith("blob:") for url in browser.requests())
            assert browser.errors() == []
        finally:
            driver.quit()
    names = ("first paint s", "store ready s", "aggregate s", "table of 100 rows s")
    seconds = {name: float(value) / 1000 for name, value in zip(names, (painted, ready, *asked), strict=True)}
    return seconds | {"ready, CPU s": cpu}


def spent(driver: Any) -> float:
    """CPU seconds of the browser and all its processes so far."""
    service = psutil.Process(driver.service.process.pid)
    return sum(sum(process.cpu_times()[:2]) for process in service.children(recursive=True))


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=3, help="the fastest is shown: the machine may be shared")
    parser.add_argument("--documents", type=int, default=250, help="of the larger graph, about 400 triples each")
    chosen = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([str(data_path("samples"))], folder / "samples")
        large = open_store(folder / "large")
        queries.fill(large, queries.make_extractions(chosen.documents))
        large.close()
        for graph in ("samples", "large"):
            page = folder / f"{graph}.html"
            facts = write(folder / graph, page)
            runs = [opened(page) for _ in range(chosen.repeats)]
            rows.append({"graph": graph} | facts | {key: min(run[key] for run in runs) for key in runs[0]})
            shutil.rmtree(folder / graph)
    report.show("The page in one file", rows, chosen.json)


if __name__ == "__main__":
    main()
