"""Chromium as a reader uses it, and the nodes that the tests draw."""

import json
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,900",
)  # fmt: skip

# Runs before anything of the page: collects what goes wrong, and what a text got to run.
WATCH = """window.__errors = []; window.__pwn = undefined;
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
  addEventListener(kind, (e) => __errors.push(kind + ": " + (e.message || e.reason || e.blockedURI)), true);"""


class Browser:
    """Chromium, driven by selenium; every page is opened as a file."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, ready: str = "document.documentElement.dataset.drawn") -> None:
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        self.wait(ready)

    def wait(self, condition: str) -> None:
        """Until an expression is true in the page."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda _: self.run(f"return {condition}"))

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
        return str(self.driver.find_element("css selector", selector).text)

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def node(label: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"label": label, "labels": {"en": label}, "aliases": (), "type": kind, "country": None, "when": None} | facts
