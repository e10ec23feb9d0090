"""The top of the HTML report: the verdict and the criteria as plain HTML, readable without a script."""

from collections.abc import Iterator, Mapping

from logparse.flags import Severity
from logparse.report import quality, trend
from logparse.report.figures import COLUMNS, row_of
from logparse.report.safe import html
from logparse.verdict import FileAccount, Verdict, WindowResult
from logparse.wording import exact, moment, percent, seconds

STYLE = """
<style>
  body { display: flex; flex-direction: column; min-width: 0; max-width: 76rem; margin: 1rem auto; padding: 0 1rem; }
  body > * { order: 1; min-width: 0; }
  #title, body > p { order: -2; }
  .summary { order: -1; display: block; }
  .summary__data { width: 100%; }
  .verdict { font-size: 1rem; color: #1b1b1b; }
  .verdict h3 { margin: 1.2rem 0 .4rem; font-size: 1.1rem; color: inherit; }
  .verdict .state { font-size: 2rem; font-weight: bold; margin: .5rem 0; padding: .6rem 1rem; }
  .verdict .state { border-left: .8rem solid; }
  .verdict .ready { border-color: #1a7f37; } .verdict .not-ready { border-color: #b3261e; }
  .verdict .not-judged { border-color: #9a6700; } .verdict .started { border-color: #0969da; }
  .verdict table { border-collapse: collapse; width: 100%; font-size: .95rem; color: #1b1b1b; }
  .verdict th, .verdict td { border: 1px solid #8886; padding: .35rem .5rem; text-align: left; vertical-align: top; }
  .verdict .scroll { overflow-x: auto; }
  .verdict th { min-width: 6rem; }
  .verdict td { overflow-wrap: break-word; }
  .verdict .errors-by-kind td:first-child, .verdict .red-flags td { overflow-wrap: anywhere; min-width: 7rem; }
  .verdict .criteria td:not(.reason), .verdict .windows td { white-space: nowrap; }
  .verdict td.reason { min-width: 18rem; }
  .verdict tr.fail td.outcome { color: #b3261e; font-weight: bold; }
  .verdict tr.not-judged td.outcome, .verdict tr.warn td.outcome { color: #7a5200; font-weight: bold; }
  .verdict tr.pass td.outcome { color: #1a7f37; }
  .verdict code { overflow-wrap: anywhere; }
</style>
"""


UNFINISHED = "NOT JUDGED: the run did not finish"
"""What a report says that was written although nothing was concluded."""


def page(verdict: Verdict) -> str:
    """The verdict as HTML; all text of logs, files and settings in it is escaped."""
    return "".join(_parts(verdict))


def title(verdict: Verdict) -> str:
    """The title of the report, as plain text."""
    return f"{verdict.title}: soak from {moment(verdict.start)}, hour {verdict.hour}"


def unfinished() -> str:
    """What stands in place of the verdict where the run did not come to its end."""
    return f'{STYLE}<section class="verdict"><p class="state not-judged">{html(UNFINISHED)}</p></section>'


def _parts(verdict: Verdict) -> Iterator[str]:
    yield STYLE
    yield '<section class="verdict">'
    yield f'<p class="state {_css(verdict.state)}">{html(verdict.title)}</p>'
    yield f"<p>{html(_sentence(verdict))}</p>"
    if verdict.mend:
        yield f"<p><strong>To mend:</strong> <code>{html(verdict.mend)}</code></p>"
    if verdict.criteria:
        yield from _criteria(verdict)
    yield from trend.section(verdict)
    yield from quality.section(verdict)
    yield from _windows(verdict.windows)
    yield from _flags(verdict)
    yield from _error_kinds(verdict)
    yield from _files(verdict.files, verdict.lines)
    yield from _rejected(verdict.files)
    yield "</section>"


def _sentence(verdict: Verdict) -> str:
    deployments = f" Deployment: {', '.join(verdict.deployments)}." if verdict.deployments else ""
    reason = verdict.reason[:1].upper() + verdict.reason[1:]
    return f"{reason}.{deployments} Start: {moment(verdict.start)} ({verdict.start_source})."


def _criteria(verdict: Verdict) -> Iterator[str]:
    rows = []
    for judgement in verdict.criteria:
        cells = row_of(judgement)
        required = "" if judgement.required else " (not required)"
        inner = "".join(f"<td>{html(cell)}</td>" for cell in cells[1:-1])
        rows.append(
            f'<tr class="{_css(judgement.outcome)}" id="{html(judgement.name)}">'
            f'<th scope="row">{html(cells[0])}{required}</th><td class="outcome">{html(cells[-1])}</td>{inner}'
            f'<td class="reason">{html(judgement.reason)}</td></tr>'
        )
    # The outcome stands second, so that a narrow screen shows it.
    heads = (COLUMNS[0], COLUMNS[-1], *COLUMNS[1:-1], "Reason")
    yield from _table("Criteria", heads, rows)


def _windows(windows: tuple[WindowResult, ...]) -> Iterator[str]:
    heads = (
        "Window",
        "From",
        "To",
        "Deliveries",
        "Processed",
        "Replies",
        "Errors",
        "Success rate",
        "Response time",
        "Judged",
    )
    rows = []
    for window in windows:
        metrics = window.metrics
        rate, mean = metrics.success_rate, metrics.response_ms_mean
        cells = (
            f"Hour {window.hour}",
            moment(window.span.start),
            moment(window.span.end),
            f"{metrics.deliveries:,}",
            f"{metrics.processed:,}",
            f"{metrics.replies:,}",
            f"{metrics.errors:,}",
            "–" if rate is None else percent(rate),
            "–" if mean is None else seconds(mean),
            "yes" if window.judged else f"no: {window.reason}",
        )
        rows.append("<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>")
    yield from _table("Windows", heads, rows)


def _flags(verdict: Verdict) -> Iterator[str]:
    rows = []
    for flag in verdict.flags:
        contacts = "–" if flag.contacts is None else f"{flag.contacts:,}"
        words = "critical" if flag.severity is Severity.CRITICAL else "warning"
        place = str(flag.place) if flag.place else "–"
        cells = (
            words,
            flag.label,
            exact(flag.first),
            exact(flag.last),
            f"{flag.records:,}",
            contacts,
            flag.message,
            place,
            flag.cause,
        )
        rows.append("<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>")
    heads = ("Severity", "Red flag", "First", "Last", "Records", "Contacts", "Message", "Where", "Likely cause")
    yield from _table("Red flags", heads, rows)


def _error_kinds(verdict: Verdict) -> Iterator[str]:
    rows = []
    for kind in verdict.error_kinds:
        place = str(kind.place) if kind.place else "–"
        cells = (kind.kind, f"{kind.count:,}", exact(kind.first), exact(kind.last), place)
        rows.append("<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>")
    yield from _table("Errors by kind", ("Kind", "Count", "First", "Last", "Where the first is"), rows)


def _files(files: tuple[FileAccount, ...], lines: Mapping[str, int]) -> Iterator[str]:
    rows = []
    total = ("All files", "", f"{sum(file.records for file in files):,}", _classes(lines), "", "")
    for file in files:
        cells = (
            file.path,
            file.format or "–",
            f"{file.records:,}",
            _classes(file.lines),
            file.sha256[:16],
            file.problem or "–",
        )
        rows.append("<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>")
    if rows:
        rows.append('<tr class="total">' + "".join(f"<td>{html(cell)}</td>" for cell in total) + "</tr>")
    heads = ("File", "Format", "Records", "Lines by class", "SHA-256", "Problem")
    yield from _table("Files", heads, rows)


def _classes(lines: Mapping[str, int]) -> str:
    """The physical lines by class, and their sum."""
    listed = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in lines.items() if count)
    return f"{listed} (of {sum(lines.values()):,})" if listed else "–"


def _rejected(files: tuple[FileAccount, ...]) -> Iterator[str]:
    lines = [(f"{file.path}:{line.line}", line.text, line.reason) for file in files for line in file.rejected]
    rows = ["<tr>" + "".join(f"<td>{html(cell)}</td>" for cell in cells) + "</tr>" for cells in lines]
    yield from _table("Lines that could not be read", ("Where", "Line", "Why"), rows)


def _table(name: str, heads: tuple[str, ...], rows: list[str]) -> Iterator[str]:
    if rows:
        yield f'<h3>{html(name)}</h3><div class="scroll {_css(name)}"><table><thead><tr>'
        yield "".join(f'<th scope="col">{html(head)}</th>' for head in heads)
        yield "</tr></thead><tbody>" + "".join(rows) + "</tbody></table></div>"


def _css(words: str) -> str:
    return str(words).lower().replace(" ", "-")
