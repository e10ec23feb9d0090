"""Secrets and numbers of persons, in every wrapping: no output of a whole run shows one."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.builders.secret_samples import SAMPLES
from tests.runs.command_line import Desk
from tests.unit.text.test_secrets import WRAPPED, shown_of

pytestmark = pytest.mark.counts


def _message(name: str, text: str) -> str:
    """A kind of error of its own for each, because only the first of a kind is shown."""
    word = "".join(chr(ord("a") + int(digit)) for digit in str(list(SAMPLES).index(name)))
    return text.replace("Processing error", f"Processing error {word}", 1)


def _rows(names: Sequence[str], wrapping: Callable[[str], str]) -> Iterator[str]:
    for at, name in enumerate(names):
        text = SAMPLES[name].text
        row: dict[str, Any] = {
            "id": f"iad1::x-{at}",
            "timestamp": 1768176000000 + at * 60_000,
            "deploymentId": f"dpl_{at} {text}" if at < 3 else "dpl_1",
            "environment": f"production {text}" if at % 9 == 8 else "production",
            "requestMethod": "POST",
            "requestPath": f"/api/webhook/kapso?text={quote(text)}",
            "responseStatusCode": 500 if at % 5 == 4 else 200,
            "logs": [{"level": "fatal" if at % 7 == 6 else "error", "message": _message(name, wrapping(text))}],
        }
        yield json.dumps(row)


_NAMES = tuple(SAMPLES)
_BATCHES = [(wrapping, _NAMES[at : at + 90]) for wrapping in WRAPPED for at in range(0, len(_NAMES), 90)]


@pytest.mark.parametrize(
    ("wrapping", "names"),
    [pytest.param(wrapping, names, id=f"{wrapping}, {at}") for at, (wrapping, names) in enumerate(_BATCHES)],
)
def test_no_output_of_a_run_shows_one(wrapping: str, names: Sequence[str], tmp_path: Path) -> None:
    """A run as a user makes it: the document, the verdict, the pages, the terminal, the JUnit file and the summary."""
    desk = Desk(tmp_path)
    desk.logs.mkdir()
    rows = [*_rows(names, WRAPPED[wrapping])]
    (desk.logs / "rows.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    (desk.logs / "unknown").write_text("".join(SAMPLES[name].text.split("\n")[0] + "\n" for name in names[:9]), "utf-8")
    environment = {"LOGPARSE_NOW": "2026-01-13T01:00:00Z", "GITHUB_ACTIONS": "true"}
    environment |= {f"GITHUB_{name}": str(tmp_path / name.lower()) for name in ("STEP_SUMMARY", "OUTPUT")}
    junit = tmp_path / "junit.xml"
    ran = desk.run("--hour=24", "--start=2026-01-12T00:00:00Z", f"--junitxml={junit}", environment=environment)
    outputs = [desk.document, junit, *(path for path in desk.reports.rglob("*") if path.is_file())]
    outputs += [tmp_path / "step_summary", tmp_path / "output"]
    texts = {path.name: path.read_text("utf-8") for path in outputs if path.exists()} | {"terminal": ran.output}
    assert len(texts) >= 7
    # Three digits stand in any report.
    telling = [name for name in names if min(map(len, SAMPLES[name].secrets)) >= 6]
    shown = [(where, name) for where, text in texts.items() for name in telling if shown_of(SAMPLES[name], _told(text))]
    assert shown == []
    assert desk.verdict()["error_kinds"] != []


def _told(output: str) -> str:
    """What an output says, without the escapes of HTML and of Markdown."""
    return re.sub(r"\\(?=[^\w\s\"])", "", output.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&"))
