"""What each output of a run says of its verdict, read as a person or a machine would read it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path

from logparse.outcome import State
from logparse.report.figures import COLUMNS
from logparse.values.criteria import CRITERIA
from tests.runs.agreement.runs import Made
from tests.runs.junit_file import read_junit

Row = tuple[str, ...]

_RULE = re.compile(r"=+ (.+?) =+")
_NAMES = frozenset(criterion.name for criterion in CRITERIA)
_STATES = tuple(str(state) for state in State)


@dataclass(frozen=True)
class Said:
    """What an output says: the verdict's title, or its state where it has no more, and what it tells of criteria.

    ``rows`` are the figures by the title of the criterion, as in figures.COLUMNS; ``failed`` the names of those whose
    test is told to have failed; None where the output has no such thing; ``rehearsal``: it says that it is one, in that
    very word and behind the title of the verdict, where it has one.
    """

    title: str
    rows: Mapping[str, Row] | None = None
    failed: frozenset[str] | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    rehearsal: bool = False


def of_terminal(made: Made) -> Said:
    """The title between rules, the table below it, and the block that people paste."""
    lines = made.ended.output.splitlines()
    titles = [found[1] for line in lines if (found := _RULE.fullmatch(line)) and found[1].startswith(_STATES)]
    (title,) = titles
    begin = next((at for at, line in enumerate(lines) if line.startswith("Criterion  ")), None)
    rows = {}
    if begin is not None:
        for line in lines[begin + 1 : lines.index("", begin)]:
            cells = re.split(r" {2,}", line)
            rows[cells[0]] = tuple(cells)
    blocks = ("monitoring-complete", "monitoring-stopped")
    (block,) = [line for line in lines if line in blocks or line.startswith("to mend: ")] or [""]
    begun = any(line.startswith("the soak has started") for line in lines)
    failed = frozenset(re.findall(r"^FAILED \S+::test_(\w+)", made.ended.output, flags=re.MULTILINE))
    return Said(title, rows, failed, {"block": block.split(":")[0], "begun": str(begun)})


class _Page(HTMLParser):
    """The text of the elements that matter: what is of the class state, the rows of criteria, the title."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.state: list[str] = []
        self.rows: dict[str, list[str]] = {}
        self.title = ""
        self.results = ""
        self._row: list[str] | None = None
        self._into: list[str] | None = None
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.results = about.get("data-jsonblob") or self.results
        if "state" in (about.get("class") or "").split():
            self.state.append("")
            self._into = self.state
        elif tag == "tr":
            self._row = self.rows.setdefault(about.get("id") or "", [])
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")
            self._into = self._row
        elif tag == "title":
            self._into = [""]

    def handle_endtag(self, tag: str) -> None:
        # The first is that of the page, the others are those of its pictures.
        if tag == "title" and self._into:
            self.title = self.title or self._into[0]
        if tag in ("p", "h1", "h2", "td", "th", "title"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def of_report(made: Made) -> Said:
    """The verdict at the top of the HTML report, the rows of its criteria, and the results of pytest's own table."""
    (path,) = made.desk.reports.glob("hour-*.html")
    page = _Page(path.read_text("utf-8"))
    tests = json.loads(page.results)["tests"]
    failed = {name for name, results in tests.items() if any(one["result"] == "Failed" for one in results)}
    of_criteria = [cells for name, cells in page.rows.items() if name in _NAMES]
    rows = {cells[0].removesuffix(" (not required)"): tuple(cells) for cells in of_criteria}
    told = {"title of the page": page.title}
    return Said(page.state[0], rows, frozenset(name.rsplit("::test_", 1)[-1] for name in failed), told)


def of_step_summary(made: Made) -> Said:
    """The heading of the step's summary, and its table."""
    text = made.summary.read_text("utf-8")
    title = text.splitlines()[0].removeprefix("## ").split(" ", 1)[1]
    return Said(_unescaped(title), _markdown_rows(text))


def of_soak_summary(made: Made) -> Said | None:
    """SUMMARY.md, which hour 24 alone writes."""
    path = made.desk.reports / "SUMMARY.md"
    if not path.exists():
        return None
    text = path.read_text("utf-8")
    complete = str("The phase is complete" in text)
    return Said(
        text.splitlines()[0].removeprefix("# Soak summary: "), _markdown_rows(text), more={"complete": complete}
    )


def of_document(made: Made) -> Said | None:
    """MONITORING-LOG.md: as of when the summary is and what the run concluded, its marks, and the conclusion."""
    text = made.desk.document.read_text("utf-8")
    as_of = re.search(r"^- \*\*As of:\*\* \S+ \S+ UTC: (.*)", text, flags=re.MULTILINE)
    if as_of is None or as_of[1].startswith("["):
        return None
    marks = {row[0]: row[2] for row in _cells(line for line in text.splitlines() if line.startswith("|"))}
    ready = re.findall(r"^- \*\*Production Ready: (YES|NO)\*\*$", text, flags=re.MULTILINE)
    status = re.findall(r"^- \*\*Status:\*\* (.*)", text, flags=re.MULTILINE)
    return Said(
        as_of[1],
        more={**marks, "ready": "".join(ready), "status": status[0], "conclusion": status[-1]},
    )


def of_index(made: Made) -> Said | None:
    """The page of the soak's checkpoints, where one was written."""
    path = made.desk.reports / "index.html"
    return Said(_Page(path.read_text("utf-8")).state[0].split(" ", 1)[1]) if path.exists() else None


def of_junit(made: Made) -> Said:
    """The properties of the suite, those of each criterion that was shown, and the tests that failed."""
    told = read_junit(made.junit)
    criteria = {name: json.dumps(properties) for name, properties in told.criteria.items()}
    more = {**criteria, "final of the suite": told.suite["final"]}
    return Said(told.suite["verdict"], None, told.failed, more, told.suite["rehearsal"] == "true")


def of_outputs(made: Made) -> Said:
    """The outputs of the step, as the steps behind it see them."""
    told = dict(line.split("=", 1) for line in made.outputs.read_text("utf-8").splitlines())
    return Said(told["title"], more={"verdict": told["verdict"], "final": told["final"]})


def of_annotations(made: Made) -> Said:
    """The errors and warnings that are shown beside the run, by the titles of criteria; they name no verdict."""
    found = re.findall(r"^::(\w+) title=([^:]*?)%3A ([^:]*)::", made.ended.output, flags=re.MULTILINE)
    more = {title: f"{kind} {outcome}" for kind, title, outcome in found}
    return Said("", more=more, rehearsal=more.pop("rehearsal", "") == "warning opens no gate")


def _titled(read: Callable[[Made], Said | None]) -> Callable[[Made], Said | None]:
    """What an output says that has the title of the verdict."""

    def reader(made: Made) -> Said | None:
        said = read(made)
        return said and replace(said, rehearsal="(rehearsal)" in said.title)

    return reader


READERS: Mapping[str, Callable[[Made], Said | None]] = {
    "terminal": _titled(of_terminal),
    "HTML report": _titled(of_report),
    "index": _titled(of_index),
    "MONITORING-LOG.md": _titled(of_document),
    "SUMMARY.md": _titled(of_soak_summary),
    "step summary": _titled(of_step_summary),
    "JUnit": of_junit,
    "outputs": _titled(of_outputs),
    "annotations": of_annotations,
}
"""The outputs beside verdict.json, by their names."""


def _cells(lines: Iterable[str]) -> list[list[str]]:
    """The cells of the rows of a table in Markdown."""
    return [[_unescaped(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in lines]


def _markdown_rows(text: str) -> dict[str, Row]:
    """The rows of the table of criteria, without what stands behind its usual columns."""
    lines = text.splitlines()
    head = f"| {' | '.join(COLUMNS)} |".removesuffix("|")
    begin = next((at for at, line in enumerate(lines) if line.startswith(head)), None)
    if begin is None:
        return {}
    rows = _cells(takewhile(lambda line: line.startswith("|"), lines[begin + 2 :]))
    titles = [cells[0].removesuffix(" (not required)") for cells in rows]
    return {title: (title, *cells[1 : len(COLUMNS)]) for title, cells in zip(titles, rows, strict=True)}


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def verdict_text(made: Made) -> str:
    """What stands in verdict.json."""
    return Path(made.desk.reports / "verdict.json").read_text("utf-8")
