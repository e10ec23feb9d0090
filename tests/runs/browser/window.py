"""A headless Chromium through selenium: what a page shows, what it asks for, and what its console says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


@dataclass(frozen=True)
class Window:
    """One window of the browser."""

    driver: Any

    def reset(self) -> None:
        """Makes it light, wide, and with scripts, and forgets what was logged."""
        self.scripts(True)
        self.look("light", 1600)
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)

    def look(self, scheme: str, width: int) -> None:
        """Sets the colour scheme that the reader prefers, and the width of the screen."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def scripts(self, on: bool) -> None:
        """Lets pages run scripts, or none."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, page: Path) -> None:
        """Opens a file."""
        self.driver.get(page.as_uri())

    def run(self, script: str) -> Any:
        """What a script in the page returns."""
        return self.driver.execute_script(script)

    def asked_for(self) -> set[str]:
        """The addresses that the page asked for, itself among them."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [message["params"] for message in messages if message["method"] == "Network.requestWillBeSent"]
        return {params["request"]["url"] for params in sent} - {"about:blank"}

    def said(self) -> list[str]:
        """What stands in the console."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]

    def perceived(self) -> dict[str, list[str]]:
        """What a reader is told of the page, by its role: the names in the tree of accessibility, in order."""
        self.driver.execute_cdp_cmd("Accessibility.enable", {})
        tree = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})
        self.driver.execute_cdp_cmd("Accessibility.disable", {})
        found: dict[str, list[str]] = {}
        for node in tree["nodes"]:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                found.setdefault(node["role"]["value"], []).append(name)
        return found

    def faults(self, axe: str) -> list[str]:
        """What axe-core finds, with how bad it is."""
        self.driver.execute_script(axe)
        violations = self.driver.execute_async_script(
            "const done = arguments[0];"
            "axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations));"
        )
        return [f"{one['impact']}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]


@contextmanager
def open_window(driver: str, browser: str) -> Iterator[Window]:
    """Starts the browser, and ends it."""
    from selenium import webdriver  # noqa: PLC0415  # where it is not installed, these tests are skipped
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield Window(opened)
    finally:
        opened.quit()
