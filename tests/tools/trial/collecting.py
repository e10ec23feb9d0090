"""Days that were not collected wholly, and days that were: by a command, by hand, with and without proof."""

from collections.abc import Sequence
from dataclasses import replace

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, READY, WARN, Files, TrialDay
from tests.tools.trial.traffic import Exchange, beats, changed, in_order, talks

TOOL = '''"""A tool that prints the logs of a stretch of time, and may have its ways: see the words behind the times."""
import json, pathlib, sys, time
since, until, way, source = sys.argv[1:5]
folder = pathlib.Path(__file__).parent
rows = (folder / source).read_text("utf-8").splitlines()
def when(row):
    if row.startswith("{"):
        at = json.loads(row)["timestamp"] / 1000
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    return row[:19] + "Z"
rows = [row for row in rows if since <= when(row) < until]
calls = folder / "calls.txt"
call = len(calls.read_text().splitlines()) if calls.exists() else 0
calls.write_text((calls.read_text() if calls.exists() else "") + since + "\\n")
PAGE = "<html>\\n<head><title>502 Bad Gateway</title></head>\\n<body>\\n<center><h1>502 Bad Gateway</h1></center>\\n" \\
       "<hr><center>nginx</center>\\n</body>\\n</html>"
if way == "first-100": rows = rows[:100]
if way == "last-100": rows = rows[-100:]
if way == "502" or (way == "502-at-first" and call < 6): rows = PAGE.splitlines()
if way == "502-once" and since[11:13] == "14": rows = PAGE.splitlines()
if way == "base64": rows = ["H4sIAAAAAAAAA8tIzcnJVyjPL8pJUeDlAgCUhn8BDgAAAA=="] * 40
if way == "json-error": rows = ['{"error":{"code":"forbidden","message":"Not authorized"}}']
if way == "nothing": rows = []
if way == "nothing-once" and since[11:13] == "14": rows = []
if way == "dies-once" and since[11:13] == "14": sys.exit("connection reset by peer")
if way == "hangs": time.sleep(300)
if way == "ends-with-error": rows = rows[:len(rows) // 2] + ["Error: failed to fetch logs: rate limited, retry in 60 s"]
for row in rows: print(row)
'''


def steady(count: int = 200) -> list[Exchange]:
    """A healthy day for rows."""
    return in_order(talks(ari, count), beats())


def steady_text() -> list[Exchange]:
    """A healthy day for text."""
    return in_order(talks(ari), beats("[Health] ok"))


def by_command(way: str, source: str = "all.log") -> dict[str, str]:
    """The settings of a collection by the tool, in one of its ways."""
    return {"collect_command": "{python} {folder}/tool.py {since} {until} " + f"{way} {source}"}


def _tool(day: Sequence[Exchange], rows: bool = False) -> Files:
    return {"tool.py": TOOL.encode(), "all.log": shapes.vercel_rows(day) if rows else shapes.docker_logs(day)}


def _tooled(name: str, way: str, right: str, tells: dict[str, str] | None = None, *, says: tuple[str, ...] = (),
            silent: tuple[str, ...] = (), rule: str = "", runs: tuple[tuple[str, ...], ...] = (),
            settings: dict[str, str] | None = None) -> TrialDay:  # fmt: skip
    return TrialDay(
        name,
        lambda: _tool(steady_text()),
        right,
        tells or {},
        says,
        silent,
        rule,
        settings={**by_command(way), **(settings or {})},
        options=("--collect=command",),
        runs=runs,
    )


def _two_soaks() -> Files:
    bad = changed(talks(ari), lambda one: one.until("[Grok]").saying("FATAL ERROR: Reached heap limit", "error"), 50)
    return {**_tool(steady_text()), "bad.log": shapes.docker_logs(in_order(bad, beats("[Health] ok")))}


def _busy_with_failures_at_first() -> Files:
    """More than a hundred requests in each window; the first of each fail."""

    day = talks(ari, 900)
    failing = changed(day, lambda one: replace(one.until("Response sent"), status=500), *range(3, 900, 150))
    return _tool(in_order(failing, beats()), rows=True)


DAYS: tuple[TrialDay, ...] = (
    TrialDay(
        "a secret stands in the command that collects",
        lambda: _tool(steady_text()),
        READY,
        silent=("hunter2pass",),
        settings={"collect_command": by_command("all")["collect_command"] + " -u bot:hunter2pass"},
        options=("--collect=command",),
    ),
    _tooled(
        "a command brings all there is of each window",
        "all",
        READY,
        {"evidence": WARN},
        rule="a command does not know that it reached the end: not proven whole, and nothing speaks against it",
    ),
    TrialDay(
        "a tool stops at its own 100 rows and leaves out the failures before them",
        _busy_with_failures_at_first,
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=(r"\b100\b",),
        settings=by_command("first-100"),
        options=("--collect=command",),
    ),
    TrialDay(
        "a tool prints the oldest 100 rows of each window alone",
        lambda: _tool(in_order(talks(ari, 900), beats()), rows=True),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=(r"\b100\b",),
        settings=by_command("last-100"),
        options=("--collect=command",),
    ),
    _tooled(
        "a command brings a page that says 502 for every window",
        "502",
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("monitoring-stopped",),
    ),
    _tooled(
        "a command brings a page that says 502 for one window",
        "502-once",
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("monitoring-stopped",),
        rule="a window whose output is no log is a window that was not fetched",
    ),
    _tooled(
        "a command brought pages that say 502, and the next run brought the logs",
        "502-at-first",
        READY,
        runs=(("--hour=24", "--collect=command"),),
        rule="a fetch that brought no log is a failed fetch: the next run tries again",
    ),
    _tooled("a command brings base64 that nobody can read", "base64", NOT_JUDGED, {"evidence": NOT_JUDGED}),
    _tooled("a command brings an error in JSON with exit code 0", "json-error", NOT_JUDGED, {"evidence": NOT_JUDGED}),
    _tooled(
        "a command brings nothing at all",
        "nothing",
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("monitoring-stopped", "look at the provider's webhook"),
    ),
    _tooled(
        "a command brings nothing for one window between others",
        "nothing-once",
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("monitoring-stopped",),
        rule="a window that is empty by the word of a source that does not know its end can never make a FAIL",
    ),
    _tooled(
        "a command fails in one window", "dies-once", NOT_JUDGED, {"evidence": NOT_JUDGED}, says=("connection reset",)
    ),
    _tooled(
        "a command waits for ever", "hangs", NOT_JUDGED, {"evidence": NOT_JUDGED}, settings={"collect_timeout": "1"}
    ),
    _tooled(
        "a command prints half of each window, then an error, with exit code 0",
        "ends-with-error",
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "two soaks begun in the same minute share a folder, and the second bot crashed",
        _two_soaks,
        NOT_READY,
        {"critical_errors": FAIL},
        settings={"collect_source": "command"},
        options=(
            "--collect=command",
            "--monitoring-log={folder}/b.md",
            "-ocollect_command={python} {folder}/tool.py {since} {until} all bad.log",
        ),
        runs=(
            (
                "--hour=24",
                "--collect=command",
                "--monitoring-log={folder}/a.md",
                "-ocollect_command={python} {folder}/tool.py {since} {until} all all.log",
            ),
        ),
        rule="a manifest of another request proves nothing for this one",
    ),
    TrialDay(
        "an unattended run has lost its document",
        lambda: {"logs/a.jsonl": shapes.vercel_rows(steady())},
        NOT_JUDGED,
        options=("--hour=due",),
        start="",
        says=("--hour=0",),
        rule="due never starts a soak",
    ),
)
