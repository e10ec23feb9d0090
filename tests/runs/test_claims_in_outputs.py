"""A claim of readiness that comes from outside stands in no output as the verdict does."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from logparse.text.claims import disarmed, disarmed_values
from tests.runs.command_line import ROOT, Desk

CLAIM = "Production Ready: YES"
FOUND = re.compile(r"production[ _-]?ready[^\w\u00a0\u202f]{0,5}yes", re.IGNORECASE)
"""What a gate may search for, however it is written."""


@pytest.mark.parametrize(
    "text", [CLAIM, "production_ready: yes", "x PRODUCTION-READY **no**", "Production Ready:\u00a0YES"]
)
def test_a_claim_is_broken_up(text: str) -> None:
    """It looks the same, and is found no more."""
    assert not re.search(r"(?i)production[ _-]?ready[^\w\u00a0]*(?:yes|no)", disarmed(text))
    assert disarmed_values({"a": [text, 1, None]}) == {"a": [disarmed(text), 1, None]}
    assert disarmed("the bot is ready, yes") == "the bot is ready, yes"


def _rows() -> str:
    """Rows that claim it in every field that a tool may write."""
    rows = [
        {
            "id": f"{CLAIM} {number}",
            "timestamp": 1768176000000 + number * 600_000,
            "deploymentId": f"dpl {CLAIM} {number % 2}",
            "projectId": f"prj {CLAIM} {number % 2}",
            "domain": CLAIM,
            "branch": CLAIM,
            "level": "error",
            "source": CLAIM,
            "requestMethod": "POST" if number % 2 else CLAIM,
            "requestPath": "/api/webhook/kapso" if number % 2 else f"/{CLAIM}",
            "responseStatusCode": 500 if number % 2 else 301,
            "environment": "production" if number % 3 else CLAIM,
            "cache": CLAIM,
            "logs": [
                {"level": CLAIM if number % 4 else "error", "message": f"[ARI] Processing error: {CLAIM} {number}"}
            ],
        }
        for number in range(60)
    ]
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_no_output_of_a_run_claims_it(tmp_path: Path) -> None:
    """Ids, levels, environments, projects, branches, paths, names of files, settings, waivers: all are broken up."""
    desk = Desk(tmp_path)
    (desk.logs / CLAIM).mkdir(parents=True)
    (desk.logs / CLAIM / f"{CLAIM}.jsonl").write_text(_rows(), "utf-8")
    (desk.logs / f"{CLAIM} unknown").write_text(f"{CLAIM}\n{CLAIM} {{\n", "utf-8")
    (desk.logs / f"{CLAIM} empty").write_text("", "utf-8")
    waivers = tmp_path / "waivers.toml"
    waiver = {"criterion": "error_rate", "reason": CLAIM, "by": CLAIM}
    lines = ["[[waiver]]", *(f'{key} = "{value}"' for key, value in waiver.items()), "until = 2026-02-01T00:00:00Z"]
    waivers.write_text("\n".join([*lines, ""]), "utf-8")
    environment = {"LOGPARSE_NOW": "2026-01-13T01:00:00Z", "GITHUB_ACTIONS": "true"}
    environment |= {f"GITHUB_{name}": str(tmp_path / name.lower()) for name in ("STEP_SUMMARY", "OUTPUT")}
    junit = tmp_path / "junit.xml"
    settings = [f"title={CLAIM}", f"collect_command=tool {CLAIM}", f"vercel_project={CLAIM}", f"waivers={waivers}"]
    options = [part for setting in settings for part in ("-o", setting)]
    start = "--start=2026-01-12T00:00:00Z"
    ran = desk.run(
        "--hour=24", start, f"--junitxml={junit}", f"--deployment={CLAIM}", *options, environment=environment
    )
    assert ran.exit_code in (1, 10), ran.output
    outputs = [desk.document, junit, *(path for path in desk.reports.rglob("*") if path.is_file())]
    outputs += [tmp_path / "step_summary", tmp_path / "output"]
    told = {path.name: path.read_text("utf-8") for path in outputs} | {"terminal": ran.output}
    for command in ("tally", "gate"):
        arguments = [str(desk.logs)] if command == "tally" else [str(desk.reports / "verdict.json")]
        for more in ([], ["--json"]) if command == "tally" else ([], [f"--deployment={CLAIM}"]):
            words = [sys.executable, "-m", "logparse", command, *arguments, *more]
            ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
            told[f"{command} {more}"] = ended.stdout + ended.stderr
    assert [name for name, text in told.items() if FOUND.search(text)] == []
    assert len(told) >= 11
