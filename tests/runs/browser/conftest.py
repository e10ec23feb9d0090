"""A headless Chromium, and the reports that it opens; without one these tests are skipped, and say what is missing.

`.ci/run` installs the browser and refuses skipped tests.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.runs.browser import reports
from tests.runs.browser.window import Window, open_window

AXE = "LOGPARSE_AXE"
"""Names the file axe.min.js."""


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The report of each soak by its name."""
    return {name: reports.written(name, tmp_path_factory.mktemp("browser") / name) for name in reports.NAMES}


@pytest.fixture(scope="session")
def opened() -> Iterator[Window]:
    """The browser, once for all tests."""
    pytest.importorskip("selenium", reason="selenium is not installed: pip install --editable '.[dev]'")
    driver, browser = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or browser is None:
        pytest.skip("no browser: apt-get install chromium chromium-driver")
    with open_window(driver, browser) as window:
        yield window


@pytest.fixture
def window(opened: Window) -> Window:
    """The browser as it was at first: light, wide, with scripts."""
    opened.reset()
    return opened


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    path = os.environ.get(AXE, "")
    if not path:
        pytest.skip(
            f"no axe-core: npm install --prefix DIR axe-core@4.14.1; {AXE}=DIR/node_modules/axe-core/axe.min.js"
        )
    return Path(path).read_text("utf-8")
