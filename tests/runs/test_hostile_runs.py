"""One real run over logs that hold foreign text in every place, and what its readers make of all that it wrote."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from logparse.text.claims import NBSP
from tests.builders.counted import START
from tests.builders.hostile_texts import HOSTILE
from tests.runs.command_line import Desk, Outcome

TITLE = "</title><script>alert(1)</script> | a | b | Production Ready: YES ::error::x"
BRANCH = "<img/src/onerror=alert(1)>"
NAMES = (
    "<img src=x onerror=alert(1)>.txt",
    "::error::pwned.txt",
    "a\n::error::pwned.txt",
    "| a | b |.txt",
    "[x](javascript:alert(1)).txt",
    "`` `Production Ready: YES`.txt",
    "\x1b[2J\u202etxt.exe",
    "##[error]pwned.txt",
    "half a pair \udcff.txt",
    "n" * 250 + ".txt",
)
"""Names of files; none of them can be read as logs."""

_TOOL = "Error: unknown or unexpected option: "


def _rows() -> Iterator[str]:
    """A row for each place and text: all that a row of the platform says comes from outside."""
    for number, (name, text) in enumerate(HOSTILE.items()):
        row: dict[str, Any] = {
            "id": f"{text[:300]}{number}",
            "timestamp": int((START + timedelta(minutes=12 * number)).timestamp() * 1000),
            "deploymentId": text,
            "requestMethod": "POST",
            "requestPath": f"/api/webhook/kapso?{text}",
            "responseStatusCode": 500,
            "environment": "production",
            "level": "error",
            "message": text,
            "logs": [{"level": "error", "message": message} for message in (text, f"[ARI] Processing error: {text}")],
        }
        yield json.dumps(row)
        yield json.dumps({**row, "id": f"{name} elsewhere", "environment": text, "level": text})
        yield json.dumps({**row, "id": f"{name} without text", "logs": []})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose logs are hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    logs = folder / "logs"
    logs.mkdir()
    (logs / "rows.jsonl").write_text("\n".join(_rows()) + "\n", "utf-8")
    lines = [f"2026-01-12T{at % 24:02d}:30:00.000Z [error] {text}" for at, text in enumerate(HOSTILE.values())]
    (logs / "lines.txt").write_bytes("\n".join(lines).encode("utf-8", "surrogatepass") + b"\n")
    for at, text in enumerate(HOSTILE.values()):
        (logs / f"unknown-{at}").write_bytes(text.encode("utf-8", "surrogatepass"))
        (logs / f"tool-{at}").write_bytes(f"{_TOOL}{text}".encode("utf-8", "surrogatepass"))
    for name in NAMES:
        (logs / name).write_bytes(b"no log\n")
    return Desk(folder)


@pytest.fixture(scope="module")
def run(desk: Desk) -> Outcome:
    """The run at the end of the soak, with all that pytest can write."""
    return desk.run(
        "--hour=24",
        "--start=2026-01-12T00:00Z",
        f"--logs={desk.logs}",
        f"--logs={desk.folder}/::error::*<script>|`",
        f"--junitxml={desk.folder}/junit.xml",
        "-o",
        f"title={TITLE}",
        environment={
            "GIT_BRANCH": BRANCH,
            "BUILD_TAG": "javascript:alert(1)<script>",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(desk.folder / "summary.md"),
            "GITHUB_OUTPUT": str(desk.folder / "output"),
        },
    )


def test_the_run_comes_to_its_end(run: Outcome) -> None:
    """A verdict of the logs, not a fault of the suite."""
    assert run.exit_code == 1
    assert run.verdict["verdict"] == "NOT READY"
    assert len(run.verdict["files"]) >= 2 * len(HOSTILE)
    # A claim of readiness in a name is broken by a no-break space, which is seen.
    assert all(file["path"].replace(NBSP, " ").isprintable() for file in run.verdict["files"])
    assert "Traceback" not in run.output
    assert "INTERNALERROR" not in run.output


def test_no_line_of_the_terminal_is_an_order(run: Outcome) -> None:
    """Neither the terminal nor a CI service finds a command in what the run prints, but for the annotations that the
    suite makes for the service that asks for them.
    """
    titles = "|".join(re.escape(criterion["title"]) for criterion in run.verdict["criteria"])
    own = re.compile(rf"::(?:error|warning) title=(?:{titles})%3A (?:FAIL|NOT JUDGED|WARN)::[^\r\n]*")
    annotations = [line for line in run.output.split("\n") if line.startswith("::")]
    assert 1 <= len(annotations) <= len(run.verdict["criteria"])
    assert [line for line in annotations if not own.fullmatch(line)] == []
    for line in run.output.split("\n"):
        seen = {hex(ord(sign)) for sign in set(line) if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not seen
        assert line in annotations or not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)


def test_the_document_holds_the_headings_and_the_verdict_of_the_suite(run: Outcome, desk: Desk) -> None:
    """Its headings are those of the protocol, and its one claim is that of the verdict."""
    for path, tables in ((desk.document, 1), (desk.reports / "SUMMARY.md", 2), (desk.folder / "summary.md", 1)):
        text = path.read_text("utf-8")
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
        assert not kinds & {"html_block", "html_inline", "image", "link_open", "s_open", "blockquote_open"}
        assert sum(token.type == "table_open" for token in tokens) == tables
    text = desk.document.read_text("utf-8")
    assert re.findall("(?i).*production ready: (?:yes|no).*", text) == ["- **Production Ready: NO**"]
    headings = [line for line in text.split("\n") if line.startswith("## ")]
    assert len(headings) == len(set(headings)) == 7
    assert text.startswith("# ")


class _Page(HTMLParser):
    """What matters in a page: its tags, the attributes that run or lead somewhere, and the data of the results."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.active: set[tuple[str, str, str | None]] = set()
        self.anchors: set[str | None] = set()
        self.data = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("href", "src", "action", "style"):
                self.active.add((tag, name, value))
            if name == "id":
                self.anchors.add(value)
            if name == "data-jsonblob":
                self.data = value or ""


def test_the_report_runs_nothing_but_its_own_script(run: Outcome, desk: Desk) -> None:
    """No element, attribute or link of the page comes from a log, neither in its top nor in pytest-html's own parts."""
    page = _Page((desk.reports / "hour-24.html").read_text("utf-8"))
    assert page.tags.count("script") == 1
    assert page.tags.count("body") == page.tags.count("h1") == page.tags.count("head") == 1
    within = {(tag, name, value) for tag, name, value in page.active if f"{name}={value}".startswith("href=#")}
    assert {value for _, _, value in within} <= {f"#{anchor}" for anchor in page.anchors}
    assert page.active - within == {
        ("a", "href", "https://pypi.python.org/pypi/pytest-html"),
        ("div", "onclick", "location.reload()"),
        ("img", "src", ""),
        ("source", "src", ""),
    }
    data = json.loads(page.data)
    pieces = [piece for tests in data["tests"].values() for test in tests for piece in test["resultsTableRow"]]
    logs = [test["log"] for tests in data["tests"].values() for test in tests]
    assert len(logs) >= 12
    # The script of the page puts all of these into it as HTML.
    assert {tag for piece in pieces for tag in _Page(piece).tags} == {"td"}
    assert not [tag for log in logs for tag in _Page(log).tags]
    assert not [value for value in _texts(data["environment"]) if _Page(value).tags]
    assert "&lt;img" in json.dumps(data["environment"])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def test_the_results_for_ci_are_well_formed(run: Outcome, desk: Desk) -> None:
    """JUnit XML parses, and has one case for each criterion."""
    root = ElementTree.parse(desk.folder / "junit.xml").getroot()  # noqa: S314 - written by pytest just now
    assert len(list(root.iter("testcase"))) == len(run.verdict["criteria"])
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "properties",
        "property",
    }


def test_what_is_written_is_whole_text(run: Outcome, desk: Desk) -> None:
    """Every file is UTF-8 without any sign that is not seen."""
    paths: list[Path] = [desk.document, desk.reports / "SUMMARY.md", desk.reports / "verdict.json"]
    for path in paths:
        text = path.read_bytes().decode()
        assert not {sign for sign in set(text) if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
