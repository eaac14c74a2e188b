"""Writes docs/images/network-*.png, service-*.png and query-page-*.png: the pages of the sample releases.

And compare.png, chart.png, map.png, flow.png, diff.png and units.png, of the sample releases and the annotated
documents and made pages of the tests.

Usage: screenshots.py [FOLDER]   (needs chromium and chromium-driver; the default folder is docs/images)
"""

import base64
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1360, 870)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-lcd-text",
)  # fmt: skip

# Name of the picture, colour scheme, and what is chosen before it is taken.
EVIDENCE = """const weigh = ({claims = []}) => claims.length + 2 * claims.some((claim) => claim.amounts)
        + claims.some((claim) => migkg.sources[claim.source].url);
    const edges = [...migkg.edges.keys()].filter((edge) => migkg.edges[edge].relation === "funds");
    const edge = edges.sort((a, b) => weigh(migkg.edges[b]) - weigh(migkg.edges[a]))[0];
    migkg.choose({node: migkg.edges[edge].from}, {look: false});
    migkg.choose({edge}, {look: false})"""

# Fewer shades make a much smaller file; counted from the colour of the paper, so that this one stays as it is.
FEWER_SHADES = """const [source, done] = arguments, image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
      [canvas.width, canvas.height] = [image.width, image.height];
      brush.drawImage(image, 0, 0);
      const pixels = brush.getImageData(0, 0, image.width, image.height);
      const middle = 4 * (image.width * 100 + image.width / 2), paper = [...pixels.data.slice(middle, middle + 4)];
      pixels.data.forEach((value, place) => {
        const from = paper[place % 4];
        pixels.data[place] = Math.max(0, Math.min(255, from + Math.round((value - from) / 10) * 10));
      });
      brush.putImageData(pixels, 0, 0);
      done(canvas.toDataURL("image/png").split(",")[1]);
    };
    image.src = "data:image/png;base64," + source"""
PICTURES = (
    ("network-light", "light", ""),
    ("network-dark", "dark", "migkg.choose({node: 0}, {look: false})"),
    ("network-evidence", "light", EVIDENCE),
)

NETWORK_READY = "return document.documentElement.dataset.drawn"

# Of the service: name of the picture, colour scheme, the link that is opened, what is waited for, what is done then.
EDITING = """document.getElementById("tab-sparql").click();
    migkg.editor.setValue(`PREFIX mg: <https://w3id.org/migkg/ont#>

SELECT ?government ?event {
  ?government a mg:Government ;
    part
}`);
    migkg.editor.focus();
    migkg.editor.setCursor(4, 8);
    migkg.editor.autocomplete()"""
SENTENCES = "document.querySelector('#results .evidence').click()"
DONOR = "q=follow-the-money&p.donor=government%3AJPN"
SERVICE = (
    ("service-first", "light", "ui=en", "dataset.ready", ""),
    ("service-answer", "light", f"ui=en&{DONOR}", "querySelector('#results .evidence')", SENTENCES),
    ("service-network", "dark", f"ui=en&{DONOR}&view=network", "querySelector('#results .stage')?.dataset.drawn", ""),
    ("service-editor", "light", "ui=es", "dataset.ready", EDITING),
)
# The page in one file: as for the service.
QUERY_PAGE = (
    ("query-page-light", "light", "ui=en&q=funders-of&p.country=MRT", "querySelector('#results .evidence')", SENTENCES),
    ("query-page-dark", "dark", f"ui=fr&{DONOR}&view=network", "querySelector('#results .stage')?.dataset.drawn", ""),
)
# Of compare, chart, map and flow: name, colour scheme, what is called, what is done in the page.
PRESS = "document.querySelector('{}').dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"
BOARDS = (
    ("compare", "light", ("compare", "--periods", "2009..2016", "2017..2026"), PRESS.format(".hit[data-kind=added]")),
    ("chart", "light", ("chart", "ICMPD"), PRESS.format(".holder button")),
    ("map", "dark", ("map",), PRESS.format(".dot")),
    ("flow", "light", ("flow",), PRESS.format('[data-drawing="1"]') + ";" + PRESS.format(".money")),
)
# Of migkg diff: likewise; the second is of two pages that were made for the tests.
CHOOSE = (
    """document.querySelector('[data-change=added]').click(); document.querySelector('[data-row] button').click()"""
)
RENAMED = """const place = migkg.facts.findIndex((fact) => fact.what === "renamed");
    document.querySelector(`[data-row="${place}"] button`).click()"""
PAIR = "tests/network/structure_pairs/ministry-departments.en.yaml"


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "network.html"
        migkg("build", ROOT / "data" / "samples", "--store", folder / "store")
        migkg("view", "--store", folder / "store", "-o", page)
        driver = open_browser(folder / "profile")
        try:
            for picture, scheme, script in PICTURES:
                take(driver, page.as_uri(), scheme, NETWORK_READY, script, target / f"{picture}.png")
            with serving(folder / "store") as address:
                take_all(driver, address, SERVICE, target)
            migkg("query-page", "--store", folder / "store", "-o", folder / "query.html")
            take_all(driver, (folder / "query.html").as_uri(), QUERY_PAGE, target)
            take_boards(driver, folder, target)
            take_differences(driver, folder, target)
        finally:
            driver.quit()


def migkg(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "migkg", *map(str, arguments)], check=True)


def open_browser(profile: Path) -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    metrics = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    return driver


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """The address of a service of the store, which ends with the block."""
    command = [sys.executable, "-m", "migkg", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def take_all(driver: Any, address: str, pictures: tuple[tuple[str, ...], ...], target: Path) -> None:
    for picture, scheme, link, ready, script in pictures:
        wait = f"return document.documentElement.{ready}"
        take(driver, f"{address}#{link}", scheme, wait, script, target / f"{picture}.png")


def take_boards(driver: Any, folder: Path, target: Path) -> None:
    """The pages of compare, chart, map and flow; those of the samples alone would be nearly empty."""
    migkg("build", ROOT / "data" / "samples", ROOT / "tests" / "gold", "--store", folder / "all")
    for picture, scheme, command, script in BOARDS:
        page = folder / f"{picture}.html"
        migkg(*command, "--store", folder / "all", "-o", page)
        take(driver, page.as_uri(), scheme, NETWORK_READY, script, target / f"{picture}.png")


def take_differences(driver: Any, folder: Path, target: Path) -> None:
    """The page of a difference between two stores, and of the units of one organisation between two pages."""
    migkg("build", ROOT / "tests" / "gold", "--store", folder / "part")
    pair = yaml.safe_load((ROOT / PAIR).read_text(encoding="utf-8"))
    for side in ("old", "new"):
        (folder / f"{side}.html").write_text(pair[side], encoding="utf-8")
    migkg("build", folder / "old.html", folder / "new.html", "--store", folder / "pages")
    pictures = (
        ("diff", "light", (folder / "part", folder / "all"), CHOOSE),
        ("units", "light", (folder / "pages", "--structure", pair["organisation"]), RENAMED),
    )
    for picture, scheme, arguments, script in pictures:
        page = folder / f"{picture}.html"
        migkg("diff", *arguments, "-o", page)
        take(driver, page.as_uri(), scheme, NETWORK_READY, script, target / f"{picture}.png")


def take(driver: Any, address: str, scheme: str, ready: str, script: str, target: Path) -> None:
    """Open a page in a colour scheme, run a script in it when it is ready, and keep what is to be seen."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get("about:blank")
    driver.get(address)
    WebDriverWait(driver, 30).until(lambda d: d.execute_script(ready))
    driver.execute_script(script)
    time.sleep(1.2)
    shot = driver.get_screenshot_as_base64()
    driver.get("about:blank")  # the policy of the page itself allows no image
    target.write_bytes(base64.b64decode(driver.execute_async_script(FEWER_SHADES, shot)))


if __name__ == "__main__":
    main()
