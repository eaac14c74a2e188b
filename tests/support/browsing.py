"""Chromium as a reader uses it, and the nodes that the tests draw."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,900",
    # Otherwise Chromium ignores the 201st change of the address within half a minute: a quick machine asks that fast.
    "--disable-ipc-flooding-protection",
)  # fmt: skip
VISIBLE_TEXT = r"""const found = document.querySelector(arguments[0]);
return found.checkVisibility() ? found.innerText.replace(/\u00a0/g, " ").trim() : ''"""

# Runs before anything of the page: collects what goes wrong, and what a text got to run.
WATCH = """window.__errors = []; window.__pwn = undefined;
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(kind, (e) => __errors.push(kind + ": " + (e.message || e.reason || e.blockedURI)), true);"""


def open_chromium(profile: Path) -> Any:
    """A selenium driver that watches requests and errors; without Chromium the test is skipped."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("install chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.execute_cdp_cmd("Network.enable", {})
    return driver


class Browser:
    """Chromium, driven by selenium; every page is opened as a file."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, ready: str = "document.documentElement.dataset.drawn") -> None:
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        self.wait(ready)

    def visit(self, address: str, ready: str = "document.documentElement.dataset.ready") -> None:
        """Open an address anew, even where only the part after # is another one."""
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(address)
        self.wait(ready)

    def console(self) -> list[str]:
        """What the browser wrote to its console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def wait(self, condition: str) -> None:
        """Until an expression is true in the page."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20, poll_frequency=0.05).until(lambda _: self.run(f"return {condition}"))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def requests(self) -> list[str]:
        """Addresses other than the page itself that were asked for since it was opened."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [p["request"]["url"] for p in sent if p["type"] != "Document"]

    def errors(self) -> list[str]:
        return list(self.run("return window.__errors"))

    def click_at(self, x: float, y: float) -> None:
        """Press the mouse at a place of the drawing, given in the coordinates of the network."""
        from selenium.webdriver.common.action_chains import ActionChains

        stage = self.driver.find_element("id", "mynetwork")
        point = self.run("return migkg.network.canvasToDOM({x: arguments[0], y: arguments[1]})", x, y)
        size = stage.size
        actions = ActionChains(self.driver, duration=20)
        actions.move_to_element_with_offset(stage, point["x"] - size["width"] / 2, point["y"] - size["height"] / 2)
        actions.click().perform()

    def type(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver, duration=20).send_keys(*keys).perform()

    def text(self, selector: str) -> str:
        """What can be read of an element; found and read in one step, since a page may draw it anew in between."""
        return str(self.run(VISIBLE_TEXT, selector))

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def node(label: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {
        "label": label,
        "labels": {"en": label},
        "aliases": (),
        "type": kind,
        "country": None,
        "when": None,
        "themes": (),
    } | facts
