"""The matrix of scenarios and seeds as a document: what each was expected to give, and what it gave."""

import argparse
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.scenarios.judged import differences, judged
from tests.scenarios.scenario import WARN, Scenario
from tests.scenarios.scenarios import GROUPS, SCENARIOS

SEEDS = (1, 2, 3)
COMMAND = "python -m tests.scenarios matrix"
DOCUMENT = Path(__file__).with_name("matrix.md")

INTRODUCTION = """\
# Seen to block

Every simulated soak that the suite was tried on, what was expected of each, and what was given. The table is written by

    {command}

and checked: the plain tests judge every second scenario on the first seed, in one of its formats; the slow tests judge
all of them on all seeds, and compare each with its row here. A difference fails, whether better or worse. So does a
known miss that has vanished.

| | |
| --- | --- |
| scenarios × seeds | {scenarios} × {seeds} = {cells} judgements |
| formats | {formats} |
| as expected | {as_expected} |
| known misses | {missed} ([below](#known-misses)) |
| unexpected | {unexpected} |
{verdicts}

The groups: {groups}.

How to read a row:

- **Expected** was written down by hand: the verdict, then the outcomes and counts that matter. Evidence is WARN where
  nothing is said of it, because no collection here has a manifest that proves it whole. A criterion that is not named
  must not be FAIL or NOT JUDGED.
- **Given**, seed by seed: ✓ where verdict, outcomes and counts were all as expected; ✗ with what was given instead.
- A seed decides when messages come, what they say, how long answers take, and when the fault strikes. The fault itself
  is exact: to the message, or to the millisecond.
- **Format** is the log format by its name in `logparse/formats`; what stands after a comma is the way in which text
  with ISO times begins its lines. **Hour** is the checkpoint at which the soak was judged.
"""

TABLE_HEAD = f"""\
| scenario | format | hour | expected | {" | ".join(f"seed {seed}" for seed in SEEDS)} |
| --- | --- | --- | --- | {" | ".join("---" for _ in SEEDS)} |
"""


def row(scenario: Scenario, misses: Mapping[int, Sequence[str]]) -> str:
    """The line of the table for a scenario, from the differences that each seed gave."""
    cells = [f"✗ {', '.join(misses[seed])}" if misses[seed] else f"✓ {scenario.verdict}" for seed in SEEDS]
    return f"{row_start(scenario)}{' | '.join(cells)} |"


def judged_row(scenario: Scenario) -> str:
    """The line of the table for a scenario, judged now on every seed."""
    return row(scenario, {seed: differences(scenario, judged(scenario, seed)) for seed in SEEDS})


def _judged_row_at(place: int) -> str:
    return judged_row(SCENARIOS[place])


def row_start(scenario: Scenario) -> str:
    """The line of a scenario up to what was given: its name, its circumstances, and what is expected."""
    name = scenario.name + (" (known miss)" if scenario.known_miss else "")
    return f"| {name} | {scenario.format} | {scenario.under.hour} | {_expected(scenario)} | "


def _expected(scenario: Scenario) -> str:
    outcomes = [
        f"{name.replace('_', ' ')} {outcome}"
        for name, outcome in scenario.outcomes.items()
        if (name, outcome) != ("evidence", WARN)
    ]
    numbers = [f"{number:,} {name.replace('_', ' ')}" for name, number in scenario.numbers.items()]
    return f"**{scenario.verdict}**" + "".join(f", {part}" for part in outcomes + numbers)


def document(rows: Iterable[str]) -> str:
    """The whole page from the rows of all scenarios, in their order."""
    lines = dict(zip([scenario.label for scenario in SCENARIOS], rows, strict=True))
    parts = [_introduction(lines)]
    for title, scenarios in GROUPS.items():
        table = "".join(lines[scenario.label] + "\n" for scenario in scenarios)
        parts.append(f"## {title}\n\n{TABLE_HEAD}{table}")
    return "\n".join([*parts, _known_misses()])


def _introduction(lines: Mapping[str, str]) -> str:
    missed = [scenario for scenario in SCENARIOS if scenario.known_miss]
    missed_cells = sum(lines[scenario.label].count("| ✗ ") for scenario in missed)
    unexpected = sum(line.count("| ✗ ") for line in lines.values()) - missed_cells
    cells = len(SCENARIOS) * len(SEEDS)
    by_verdict = {
        verdict: sum(s.verdict == verdict for s in SCENARIOS) for verdict in dict.fromkeys(s.verdict for s in SCENARIOS)
    }
    return INTRODUCTION.format(
        command=COMMAND,
        scenarios=len(SCENARIOS),
        seeds=len(SEEDS),
        cells=f"{cells:,}",
        as_expected=f"{cells - missed_cells - unexpected:,}",
        missed=missed_cells,
        unexpected=unexpected,
        formats=len({scenario.format for scenario in SCENARIOS}),
        verdicts="\n".join(f"| scenarios expected to be {verdict} | {n} |" for verdict, n in by_verdict.items()),
        groups=", ".join(f"[{title}](#{_anchor(title)})" for title in GROUPS),
    )


def _anchor(title: str) -> str:
    """What a heading is linked by."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _known_misses() -> str:
    reasons = [f"- **{s.name}** ({s.format}): {s.known_miss}" for s in SCENARIOS if s.known_miss]
    return "## Known misses\n\nWhat is expected there would be right, and is not given:\n\n" + "\n".join(reasons) + "\n"


def expected_of(row: str) -> str:
    """The start of a row, up to what was given."""
    return row.rsplit(" | ", len(SEEDS))[0] + " | "


def rows_of(text: str) -> list[str]:
    """The rows of scenarios that a page holds."""
    return re.findall(r"^\| .+ \| \d+ \| \*\*.*$", text, flags=re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Judge every scenario on every seed and write the page; 1 where something was not as expected."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Judge every scenario on every seed; write the table.")
    parser.add_argument("--out", type=Path, default=DOCUMENT)
    out: Path = parser.parse_args(arguments).out
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        # Scenarios hold functions, which do not travel between processes: their places in the list do.
        rows = list(pool.map(_judged_row_at, range(len(SCENARIOS)), chunksize=4))
    out.write_text(document(rows), encoding="utf-8")
    wrong = [line for scenario, line in zip(SCENARIOS, rows, strict=True) if is_unexpected(scenario, line)]
    print("\n".join([*wrong, f"{out}: {len(rows)} scenarios, {len(wrong)} not as expected"]))
    return 1 if wrong else 0


def is_unexpected(scenario: Scenario, line: str) -> bool:
    """Whether a row shows a difference that is not known, or a known miss that has vanished on some seed."""
    differing = line.count("| ✗ ")
    return differing != (len(SEEDS) if scenario.known_miss else 0)
