"""The review in a real browser: from its first page to the written section by keys alone, and closed to other pages."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import make_server

from logparse.monitoring_log import read_checks
from logparse.review.guard import LOOPBACK, Door
from logparse.review.web import application
from logparse.values.ratings import Check, Quality, Tag
from tests.builders.talks import NOW, Table, cards, sitting, talk
from tests.runs.browser.chromium import chromium

PATIENCE = 90
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """One browser for all."""
    with chromium() as found:
        yield found


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Three conversations to review."""
    laid = Table(tmp_path)
    laid.lay([talk(name, f"<b>halo</b> {name}?", f"Halo, {name}!\nSecond line.") for name in ("a", "b", "c")])
    return laid


class Review:
    """The command as somebody starts it, and the address that it prints."""

    def __init__(self, table: Table) -> None:
        command = [sys.executable, "-m", "logparse", "review", "--hour=4", "--no-browser"]
        environment = {**os.environ, "LOGPARSE_NOW": NOW, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, cwd=table.folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = re.findall(r"http://\S+", self.process.stdout.readline())[0]

    def end(self) -> tuple[int, str]:
        """Waits until it has ended; its exit code and last words."""
        output, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, output


@pytest.fixture
def review(table: Table) -> Iterator[Review]:
    """A review that is under way; whatever is left of it is ended."""
    begun = Review(table)
    yield begun
    begun.process.kill()
    begun.process.communicate()


def first_check(table: Table) -> Check:
    """The check as the document has it."""
    return read_checks(table.document.read_text("utf-8"))[0]


def press(browser: webdriver.Chrome, *keys: str) -> None:
    """Presses keys, wherever the focus is."""
    ActionChains(browser).send_keys(*keys).perform()


def until(browser: webdriver.Chrome, what: Callable[[], object]) -> None:
    """Waits for something; where it does not come, fails with what the page shows and the browser complained of."""
    try:
        WebDriverWait(browser, PATIENCE).until(lambda _: what())
    except TimeoutException:
        shown = browser.execute_script(
            "return {address: location.href, state: document.readyState, seen: document.visibilityState,"
            " script: typeof pressed, focus: document.hasFocus(), on: document.activeElement?.outerHTML.slice(0, 200),"
            " keys: document.getElementById('keys')?.checked, status: document.getElementById('status')?.textContent}"
        )
        pytest.fail(f"it did not come in {PATIENCE} s; the page: {shown}; the browser: {messages(browser)}")


def visit(browser: webdriver.Chrome, address: str) -> None:
    """Opens a page of a review, and waits until its script has run, without which keys do nothing."""
    browser.get(address)
    ready = "return document.readyState === 'complete' && typeof pressed === 'function' && location.href"
    until(browser, lambda: str(browser.execute_script(ready)).startswith(address))


def said(browser: webdriver.Chrome) -> str:
    """What the page tells somebody who does not see it."""
    return browser.find_element(By.CSS_SELECTOR, "[role=status]").text


def messages(browser: webdriver.Chrome) -> list[object]:
    """What the browser complained of since it was asked last."""
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]


def test_a_whole_review_by_keys_alone(browser: webdriver.Chrome, table: Table, review: Review) -> None:
    """Rate, tag, note, go on, go back, end: each choice stands in the document at once, and the command ends with 0."""
    visit(browser, review.address)
    assert browser.title == "Conversation 1 of 3: check 1 (hour 4)"
    assert len(browser.find_elements(By.CSS_SELECTOR, ".bubbles li")) == 2
    assert browser.find_elements(By.CSS_SELECTOR, ".bubbles b b") == []
    press(browser, "a")
    until(browser, lambda: first_check(table).rated == 1)
    until(browser, lambda: said(browser) == "Saved.")
    press(browser, "j")
    until(browser, lambda: browser.title.startswith("Conversation 2 of 3"))
    press(browser, "n", "2")
    until(browser, lambda: first_check(table).tags[Tag.OFF_TOPIC] == 1)
    press(browser, "m", "about a, j and 5", Keys.ESCAPE)
    until(browser, lambda: first_check(table).ratings[1].notes == "about a, j and 5")
    until(browser, lambda: said(browser) == "Saved.")
    press(browser, "j")
    until(browser, lambda: browser.title.startswith("Conversation 3 of 3"))
    press(browser, "5")
    until(browser, lambda: first_check(table).rated == 3)
    assert first_check(table).ratings[2].quality is Quality.NEEDS_IMPROVEMENT, "harmful needs improvement"
    press(browser, "k")
    until(browser, lambda: browser.title.startswith("Conversation 2 of 3"))
    assert browser.find_element(By.ID, "notes").get_attribute("value") == "about a, j and 5"
    press(browser, "j")
    until(browser, lambda: browser.title.startswith("Conversation 3 of 3"))
    press(browser, "j")
    until(browser, lambda: browser.title.startswith("The end"))
    assert browser.find_element(By.TAG_NAME, "h1").text == "All conversations are rated"
    press(browser, "f")
    until(browser, lambda: "3 of 3 conversations rated, 2 need improvement" in said(browser))
    exit_code, output = review.end()
    assert (exit_code, "3 of 3 conversations rated, 2 need improvement" in output) == (0, True)
    check = first_check(table)
    assert check.missing == ""
    assert [rating.quality for rating in check.ratings] == [
        Quality.APPROPRIATE,
        Quality.NEEDS_IMPROVEMENT,
        Quality.NEEDS_IMPROVEMENT,
    ]
    assert [rating.tags for rating in check.ratings] == [(), (Tag.OFF_TOPIC,), (Tag.HARMFUL,)]
    assert messages(browser) == [], "nothing was blocked, nothing failed"


def test_the_tab_key_reaches_everything(browser: webdriver.Chrome, review: Review) -> None:
    """In the order of the page, with what it is for people who hear it; single keys can be switched off."""
    visit(browser, review.address)
    names = []
    for _ in range(20):
        press(browser, Keys.TAB)
        names.append(browser.switch_to.active_element.accessible_name)
    assert names[:2] == ["Skip to the conversation", "Conversation 1, not rated"]
    assert [name for name in ("Appropriate", "Wrong language", "Harmful", "Notes", "Next") if name not in names] == []
    browser.find_element(By.TAG_NAME, "summary").click()
    browser.find_element(By.ID, "keys").click()
    press(browser, "a")
    assert not browser.find_elements(By.CSS_SELECTOR, "[name=quality]:checked")


def test_keys_that_were_switched_off_are_on_in_another_review(browser: webdriver.Chrome, tmp_path: Path) -> None:
    """Also in one that comes upon the same port, and so is of the same origin; in one review they stay off."""
    shown = sitting(tmp_path, cards("a", "b"))
    with make_server(LOOPBACK, 0, lambda _, __: (), threaded=True) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        one, another = Door(server.server_port, "one"), Door(server.server_port, "another")
        server.app = application(shown, one, server.shutdown)
        visit(browser, one.address)
        browser.find_element(By.TAG_NAME, "summary").click()
        browser.find_element(By.ID, "keys").click()
        visit(browser, f"{one.address}2")
        assert not browser.find_element(By.ID, "keys").is_selected()
        server.app = application(shown, another, server.shutdown)
        visit(browser, another.address)
        assert browser.find_element(By.ID, "keys").is_selected()
        browser.get("about:blank")
        server.shutdown()


def test_a_review_that_was_killed_goes_on(browser: webdriver.Chrome, table: Table, review: Review) -> None:
    """The page says that nothing was saved any more; another run begins with what is left."""
    visit(browser, review.address)
    press(browser, "a")
    until(browser, lambda: first_check(table).rated == 1)
    until(browser, lambda: said(browser) == "Saved.")
    review.process.send_signal(signal.SIGKILL)
    review.process.wait(PATIENCE)
    press(browser, "n")
    until(browser, lambda: said(browser).startswith("Not saved"))
    assert first_check(table).ratings[0].quality is Quality.APPROPRIATE
    again = Review(table)
    try:
        visit(browser, again.address)
        assert browser.title.startswith("Conversation 2 of 3")
        press(browser, "a")
        until(browser, lambda: first_check(table).rated == 2)
        visit(browser, f"{again.address}end")
        press(browser, "f")
        until(browser, lambda: "2 of 3 conversations rated" in said(browser))
        exit_code, output = again.end()
        assert (exit_code, "it goes on with the 1 that are left" in output) == (10, True)
    finally:
        again.process.kill()
        again.process.communicate()


ATTACK = """<!doctype html><title>waiting</title><script>
const rating = JSON.stringify({quality: "needs-improvement", tags: ["harmful"], notes: "", notes_before: "",
  quality_before: null, tags_before: []});
const tries = [
  fetch("ADDRESS1", {method: "PUT", headers: {"Content-Type": "application/json"}, body: rating}),
  fetch("ADDRESS1", {method: "PUT", body: rating}),
  fetch("ADDRESSend", {method: "POST", mode: "no-cors", body: "{}"}),
  fetch("ADDRESSend", {method: "POST", mode: "no-cors", headers: {"Content-Type": "text/plain"}, body: "{}"}),
  fetch("ADDRESS1").then((answer) => answer.text()),
  new Promise((_, failed) => { const script = document.createElement("script"); script.onerror = failed;
    script.src = "ADDRESSreview.js"; document.head.append(script); }),
];
Promise.allSettled(tries).then((all) => { document.title = all.map((one) => one.status).join(" "); });
</script><form method="post" action="ADDRESSend" target="frame" enctype="text/plain"><input name="a" value="b"></form>
<iframe name="frame"></iframe><iframe src="ADDRESS1"></iframe><script>document.forms[0].submit();</script>"""


class _Elsewhere(BaseHTTPRequestHandler):
    """A page of another origin, which even knows the address of the review."""

    def __init__(self, page: str, *given: object) -> None:
        self._page = page
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answers with the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self._page.encode())

    def log_message(self, format: str, *given: object) -> None:
        """Writes nothing."""


@pytest.mark.parametrize("knows_the_token", [True, False], ids=["one that knows the address", "one that does not"])
def test_another_page_cannot_post_a_rating(
    knows_the_token: bool, browser: webdriver.Chrome, table: Table, review: Review
) -> None:
    """By no way that a browser has: not with its token, nor by a form, a frame, a script, or a request without CORS."""
    before = table.document.read_bytes()
    address = review.address if knows_the_token else re.sub(r"/[\w-]+/$", "/guess/", review.address)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Elsewhere, ATTACK.replace("ADDRESS", address))) as elsewhere:
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        browser.get(f"http://127.0.0.1:{elsewhere.server_port}/")
        until(browser, lambda: browser.title != "waiting")
        outcomes = browser.title.split()
        browser.get("about:blank")
        elsewhere.shutdown()
    assert outcomes == ["rejected"] * 6
    assert table.document.read_bytes() == before
    assert review.process.poll() is None, "the review goes on"
    messages(browser)
    visit(browser, review.address)
    press(browser, "a")
    until(browser, lambda: first_check(table).rated == 1)
