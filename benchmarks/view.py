"""The network page at three sizes: file, seconds to write it, and how it behaves in headless Chromium, network off.

The page is opened as a file, 1400 by 900. "first graph" and "all clickable" count from the start of the navigation, the
second to the end of the last long task of the script. "pan fps" and "zoom fps" are the frames in three seconds of
dragging and of turning the wheel with everything in view, "worst ms" the longest gap between two of them. "evidence s"
is from choosing a link to its sentence on the screen, the first time; "filter s" from a click in the legend, "period s"
from a change of the years, to the drawn frame. "write s" is layout and page, from the network in memory; "read s" what
a store takes to give that. Both are CPU time.
"""

import itertools
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import made_up
import report

from migkg.network.projection import project
from migkg.render.page import render_page
from migkg.store import open_store

SIZES = ((1000, 2500), (5000, 13_000), (20_000, 51_000))
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1400,900",
    "--disable-software-rasterizer",  # no WebGL, as on a remote desktop
)  # fmt: skip
# Runs before the page: notes frames, long tasks and errors.
WATCH = """window.__frames = []; window.__long = []; window.__errors = [];
const note = (time) => (__frames.push(time), requestAnimationFrame(note)); requestAnimationFrame(note);
new PerformanceObserver((list) => list.getEntries().forEach((e) => __long.push(e.startTime + e.duration)))
  .observe({type: "longtask", buffered: true});
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(kind, (e) => __errors.push(kind + ": " + (e.message || e.reason || e.blockedURI)), true);"""
TO_EVIDENCE = """const done = arguments[0], start = performance.now(), details = document.getElementById("details");
const edge = migkg.edges.findIndex((edge) => edge.count);
const look = () => details.querySelector("blockquote")?.textContent
  ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))) : setTimeout(look, 5);
migkg.choose({edge}); look();"""
FILTERED = """const done = arguments[0], start = performance.now();
document.querySelector("#types button").click();
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));"""
PERIOD = """const done = arguments[0], start = performance.now();
Object.assign(migkg.shown, {from: 2012, until: 2014}); migkg.applyFilters();
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));"""
AGAIN = "document.getElementById('reset').click(); migkg.choose(null)"


def write(folder: Path, nodes: int, edges: int) -> tuple[dict[str, Any], Path]:
    """CPU seconds from an opened store to the page on disk, and the page."""
    store = open_store(folder / "store")
    graphs = made_up.Network(nodes, edges).graphs()
    store.replace_graphs(list(graphs), itertools.chain.from_iterable(graphs.values()))
    start = time.process_time()
    graph = project(store, limit=None)
    read = time.process_time()
    page = folder / "network.html"
    page.write_text(render_page(graph), encoding="utf-8")
    done = time.process_time()
    store.close()
    shown = f"{len(graph):,} / {graph.number_of_edges():,}"
    return {
        "nodes / links": shown,
        "MB": page.stat().st_size / 1e6,
        "read s": read - start,
        "write s": done - read,
    }, page


@contextmanager
def browser(page: Path) -> Iterator[Any]:
    """Chromium with the page open and the network off."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver: Any = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            driver.execute_cdp_cmd("Network.enable", {})
            off = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
            driver.execute_cdp_cmd("Network.emulateNetworkConditions", off)
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
            driver.get("about:blank")
            driver.get_log("performance")
            driver.get(page.as_uri())
            drawn = "return window.migkg && document.documentElement.dataset.drawn"
            WebDriverWait(driver, 60, poll_frequency=0.2).until(lambda d: d.execute_script(drawn))
            yield driver
        finally:
            driver.quit()


def moved(driver: Any, step: Any, seconds: float = 3.0) -> tuple[float, float]:
    """Frames a second, and the longest gap in milliseconds, while ``step`` is called again and again."""
    first = driver.execute_script("return __frames.length")
    start, count = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        step(count)
        count += 1
    frames = driver.execute_script(f"return __frames.slice({first})")
    gaps = [after - before for before, after in itertools.pairwise(frames)]
    return 1000 * len(gaps) / sum(gaps), max(gaps)


def behaved(page: Path) -> dict[str, Any]:
    """How the page opens, moves and answers."""
    with browser(page) as driver:
        time.sleep(1)
        drawn = float(driver.execute_script("return Number(document.documentElement.dataset.drawn)"))
        busy = max(driver.execute_script("return __long.slice()"), default=0.0)
        row: dict[str, Any] = {"first graph s": drawn / 1000, "all clickable s": max(drawn, busy) / 1000}

        def mouse(kind: str, x: float, y: float, **more: Any) -> None:
            driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})

        mouse("mouseMoved", 300, 600)
        mouse("mousePressed", 300, 600, button="left", buttons=1, clickCount=1)
        row["pan fps"], worst = moved(
            driver, lambda n: mouse("mouseMoved", 300 + n * 7 % 500, 600 - n * 5 % 400, button="left", buttons=1)
        )
        mouse("mouseReleased", 300, 600, button="left", buttons=0, clickCount=1)
        time.sleep(1)
        row["zoom fps"], worst_zoom = moved(
            driver, lambda n: mouse("mouseWheel", 650, 450, deltaX=0, deltaY=-40 if n // 20 % 2 else 40)
        )
        row["worst ms"] = max(worst, worst_zoom)
        time.sleep(1)
        for name, script in (("evidence s", TO_EVIDENCE), ("filter s", FILTERED), ("period s", PERIOD)):
            row[name] = float(driver.execute_async_script(script)) / 1000
            driver.execute_script(AGAIN)
            time.sleep(0.3)
        sent = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        asked = [m for m in sent if m["method"] == "Network.requestWillBeSent" and m["params"]["type"] != "Document"]
        row["requests"], row["errors"] = len(asked), len(driver.execute_script("return __errors"))
        return row


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=2, help="the best is shown: the machine may be shared")
    parser.add_argument("--sizes", type=int, default=len(SIZES), help="only the first so many of the three sizes")
    chosen = parser.parse_args()
    rows = []
    for nodes, edges in SIZES[: chosen.sizes]:
        with tempfile.TemporaryDirectory() as folder:
            row, page = write(Path(folder), nodes, edges)
            runs = [behaved(page) for _ in range(chosen.repeats)]
        best = {name: (max if "fps" in name else min)(run[name] for run in runs) for name in runs[0]}
        rows.append(row | best)
    report.show("The network page", rows, chosen.json, sentences_deflate_to=made_up.deflated())


if __name__ == "__main__":
    main()
