"""Lines that could not be read: shown with file, line and reason, so that nobody has to look for them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from logparse.judge import judge
from logparse.report.page.top import page
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict, to_json
from tests.builders.asked import asked
from tests.builders.counted import START
from tests.scenarios.traffic import steady_day
from tests.scenarios.writers import write_vercel

BROKEN = ('{"id": "sin1::torn", "timestamp": ', "phone +62 812 3456 7890 {", "x" * 5_000, "not shown any more")


def _judged(folder: Path) -> Verdict:
    """The verdict on a file of rows with broken ones behind the first."""
    rows = write_vercel(steady_day(START, hours=4, deliveries=20)).decode().splitlines()
    text = "\n".join([rows[0], *BROKEN, *rows[1:]]) + "\n"
    (folder / "rows.jsonl").write_text(text, "utf-8")
    now = START + timedelta(hours=5)
    return judge(asked(4, ("rows.jsonl",), folder, START, StartSource.OPTION, now, folder, folder), parse())


def test_first_rejected_lines_are_shown_with_number_and_reason(tmp_path: Path) -> None:
    """The first three are named by their lines, masked and cut, with what a line of the format needs."""
    rejected = _judged(tmp_path).files[0].rejected
    assert [line.line for line in rejected] == [2, 3, 4]
    assert rejected[0].text == BROKEN[0].strip()
    assert "812" not in rejected[1].text
    assert len(rejected[2].text) < 200
    assert {line.reason for line in rejected} == {
        "read as Vercel rows (vercel logs --json), it needs a JSON object with id and timestamp"
    }


def test_every_output_accounts_for_the_lines(tmp_path: Path) -> None:
    """verdict.json holds classes, sum, records and rejected lines of each file; the report shows them."""
    verdict = _judged(tmp_path)
    document = json.loads(to_json(verdict))
    (file,) = document["files"]
    assert (file["lines"]["rejected"], document["lines"]["rejected"]) == (4, 4)
    assert document["records"] == file["records"] == verdict.files[0].records > 100
    assert file["rejected"][0]["line"] == 2
    assert "rows.jsonl:2" in page(verdict)
    assert f"(of {sum(verdict.lines.values())})" in page(verdict)
