"""Writes docs/images/network-*.png: the network page of the sample releases, as Chromium shows it.

Usage: screenshots.py [FOLDER]   (needs chromium and chromium-driver; the default folder is docs/images)
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1400, 900)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

# Name of the picture, colour scheme, and what is chosen before it is taken.
STRONGEST_FUNDS = """const sums = (edge) => (edge.claims ?? []).flatMap((claim) => claim.amounts ?? []).length;
    const edge = migkg.edges.findIndex((edge) => edge.relation === "funds" && sums(edge) > 0);
    migkg.choose({edge: Math.max(edge, 0)}, {look: false})"""
PICTURES = (
    ("network-light", "light", ""),
    ("network-dark", "dark", "migkg.choose({node: 0}, {look: false})"),
    ("network-evidence", "light", STRONGEST_FUNDS),
)


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
                take(driver, page, scheme, script).replace(target / f"{picture}.png")
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


def take(driver: Any, page: Path, scheme: str, script: str) -> Path:
    """Open the page in a colour scheme, run a script in it, and keep what is to be seen."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get(page.as_uri())
    WebDriverWait(driver, 30).until(lambda d: d.execute_script("return document.documentElement.dataset.drawn"))
    driver.execute_script(script)
    time.sleep(0.8)
    file = page.with_suffix(".png")
    driver.save_screenshot(str(file))
    return file


if __name__ == "__main__":
    main()
