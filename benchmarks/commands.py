"""Every command that is timed, side by side: this suite, its peers, and what limits all of them."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.inputs import START, Input

PEERS = Path(__file__).parent / "peers"
PROJECT = Path(__file__).parent.parent

OURS, CACHED, NOTHING = "this suite", "this suite, counted before", "pytest that does nothing"
COUNTING = "this suite, the counting alone"


@dataclass(frozen=True)
class Command:
    """One thing to time: its name, the command, what it needs, what it counts, and the exit codes that are no failure.

    ``needs`` is a program. ``before``: run first and not timed, each time. ``tells_seconds``: the command prints
    them last, and they are taken in place of its own. ``largest``: the size in bytes from which it is left out.
    """

    name: str
    command: Sequence[str]
    counts: str
    needs: str = ""
    allowed: frozenset[int] = frozenset({0})
    before: Sequence[str] = ()
    tells_seconds: bool = False
    largest: int = 10**12

    @property
    def is_there(self) -> bool:
        """Whether the machine has the program."""
        return not self.needs or shutil.which(self.needs) is not None


def commands(log: Input, folder: Path) -> list[Command]:
    """The commands for one input; ``folder`` is for what they write."""
    return [*_ours(log, folder), *(_of_text(log) if log.kind == "text" else _of_rows(log)), *_limits(log)]


def _judged(log: Input, folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "pytest", "--hour=24", f"--logs={log.path}", f"--start={START:%Y-%m-%dT%H:%MZ}"),
        *(f"--monitoring-log={folder}/MONITORING-LOG.md", f"--reports={folder}/reports", "-q"),
        *("-o", f"cache_dir={folder}/cache"),
    ]


def _ours(log: Input, folder: Path) -> list[Command]:
    all_of_it = "all events, marks and response times by minute; sha256; account of lines; verdict, document, reports"
    clean, warm = folder / "clean", folder / "warm"
    forget = ["rm", "-rf", str(clean)]
    nothing = folder / "nothing"
    nothing.mkdir(exist_ok=True)
    (nothing / "test_nothing.py").write_text("def test_nothing() -> None:\n    pass\n")
    return [
        Command(OURS, _judged(log, clean), all_of_it, before=forget),
        Command(CACHED, _judged(log, warm), "the same, with the tally in the cache"),
        Command(
            COUNTING,
            [sys.executable, "-m", "benchmarks.counting_alone", str(log.path)],
            "the same without process start, judging and reports",
            tells_seconds=True,
        ),
        Command(NOTHING, [sys.executable, "-m", "pytest", "-q", str(nothing)], "one empty test, the same plugins"),
        Command(
            "pytest that does nothing, in this project",
            [sys.executable, "-m", "pytest", "-q", "--hour=24", "--collect-only"],
            "the same with this suite's plugin loaded; nothing judged",
        ),
    ]


GREPS = (["Webhook.*Received"], ["Signature verified"], ["ARI.*Processing"], ["Response sent in"], ["-i", "error"])
"""The five greps that are done by hand today."""


def _shell(name: str, script: str, counts: str, needs: str, largest: int = 10**12) -> Command:
    return Command(name, ["sh", "-c", script], counts, needs, largest=largest)


def _greps(log: Input, program: str) -> str:
    return "; ".join(shlex.join([program, "-c", *pattern, str(log.path)]) for pattern in GREPS)


def _of_text(log: Input) -> list[Command]:
    path = str(log.path)
    return [
        _shell("five greps", _greps(log, "grep"), "five patterns, each in a pass, anywhere in a line", "grep"),
        _shell("ripgrep, five times", _greps(log, "rg"), "the same", "rg"),
        Command(
            "mawk in one pass",
            ["mawk", "-f", str(PEERS / "five.awk"), path],
            "five patterns at the start of a message, by minute",
            needs="mawk",
        ),
        Command(
            "DuckDB by hand",
            [sys.executable, str(PEERS / "text_by_hand.py"), path],
            "five patterns at the start of a message, by minute",
        ),
        _lnav(log, ["[Webhook] Received payload (masked): {%", "[ARI] Response sent in %"]),
    ]


def _lnav(log: Input, patterns: Sequence[str]) -> Command:
    sums = ", ".join(f"sum(log_body LIKE '{pattern}')" for pattern in patterns)
    query = f";SELECT strftime('%Y-%m-%d %H:%M', log_time) AS minute, {sums} FROM generic_log GROUP BY minute"
    return Command(
        "lnav",
        ["lnav", "-n", "-c", query, "-c", ":write-csv-to -", str(log.path)],
        "two patterns at the start of a message, by minute, in SQL; it first makes an index of all lines",
        needs="lnav",
        largest=11 * 10**8,
    )


def _of_rows(log: Input) -> list[Command]:
    path = str(log.path)
    go = '{ "timestamp":"%x", "requestMethod":"%m", "requestPath":"%U", "responseStatusCode":"%s", "domain":"%h" }'
    return [
        _shell(
            "jq",
            f"jq -r -f {PEERS / 'five.jq'} {shlex.quote(path)} | sort | uniq -c",
            "five patterns at the start of a message, by window",
            needs="jq",
            largest=11 * 10**8,
        ),
        Command(
            "DuckDB's read_json by hand",
            [sys.executable, str(PEERS / "rows_by_hand.py"), path],
            "the same columns; four patterns and the level, by window",
        ),
        _shell("five greps", _greps(log, "grep"), "rows in which a pattern stands anywhere", "grep"),
        _shell("ripgrep, five times", _greps(log, "rg"), "the same", "rg"),
        Command(
            "GoAccess",
            [
                *("goaccess", path, "--no-global-config", "--no-ip-validation", "--no-progress", "-o", "json"),
                *(f"--log-format={go}", "--date-format=%f", "--time-format=%f", "--datetime-format=%f"),
            ],
            "requests by path and status; no messages, so no events; it takes milliseconds for microseconds",
            needs="goaccess",
            largest=11 * 10**8,
        ),
    ]


def _limits(log: Input) -> list[Command]:
    path = str(log.path)
    hashing = "import hashlib, sys; print(hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256').hexdigest())"
    return [
        Command("wc -l", ["wc", "-l", path], "lines", needs="wc"),
        Command("reading", ["dd", f"if={path}", "of=/dev/null", "bs=1M", "status=none"], "nothing", needs="dd"),
        Command("sha256", [sys.executable, "-c", hashing, path], "nothing; this suite proves with it what it judged"),
    ]


CANNOT = {
    "text": (
        "GoAccess reads the logs of web servers: text of messages has no request in it, and it refuses the file.",
        "lnav can do each pattern in SQL, too, but holds an index of all lines in memory, and is left out over 1 GB.",
    ),
    "rows": (
        "lnav needs a format description for these rows, and its SQL then sees the JSON of `logs` as one text.",
        "GoAccess counts requests, and does not look into `logs`. Its own times are wrong here.",
        "mawk cannot read JSON.",
    ),
}
"""What is not in the table, and why."""
