"""A real browser, driven by tests: Chromium with its driver, as Debian has them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium import webdriver

BINARIES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium(width: int = 1300, height: int = 900) -> Iterator[webdriver.Chrome]:
    """A browser without a window; the test is skipped, with what to install, where there is none."""
    binary = next(filter(None, map(shutil.which, BINARIES)), None)
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("there is no browser here; on Debian and Ubuntu: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    # In a container there is no sandbox of its own to be had, and little shared memory.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--window-size={width},{height}"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()
