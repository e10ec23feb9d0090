"""Personal data in every place of a log that can be shown, and none of it in anything that is written."""

import json
from datetime import timedelta

import pytest

from logparse.judge import judge
from logparse.monitoring_log import create, update
from logparse.report import terminal
from logparse.report.failure import failure_message
from logparse.report.page import top
from logparse.report.summary import summary
from logparse.settings.checked import parse
from logparse.values.schedule import StartSource
from logparse.verdicts.verdict import Verdict, to_json
from tests.builders.asked import asked
from tests.builders.counted import START

PHONE, MAIL, KEY, OWN = "6281254495462", "siti@example.co.id", "xai-AbCdEf0123456789", "customer-Budi"
SECRETS = (PHONE, MAIL, KEY, OWN, "8125449546", "siti@", "AbCdEf01", "Budi")
_TEXT = f"{MAIL} {KEY} {PHONE} {OWN}"


def _row(number: int, message: str) -> str:
    row = {
        "id": f"{PHONE}-{number}",
        "timestamp": int((START + timedelta(hours=number)).timestamp() * 1000),
        "deploymentId": f"dpl {_TEXT} {number}",
        "requestMethod": "POST",
        "requestPath": f"/api/webhook/kapso?from={PHONE}&mail={MAIL}",
        "responseStatusCode": 500,
        "environment": "production",
        "logs": [{"level": "error", "message": message}],
    }
    return json.dumps(row)


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """The verdict over logs that hold personal data wherever a log can hold any."""
    folder = tmp_path_factory.mktemp("personal")
    logs = folder / "logs"
    logs.mkdir()
    long = "word " * 38
    messages = [
        f"[ARI] Processing error: {_TEXT}",
        f"[ARI] Kapso API error for {PHONE}\n    at {_TEXT}",
        f"[ARI] Processing message for contact {PHONE} in workspace {MAIL}",
        *(f"[ARI] Failed {long[at:]}{_TEXT}" for at in range(60)),
        f"[ARI] Processing error: {'x ' * 220}{_TEXT}",
    ]
    (logs / "rows.jsonl").write_text("".join(_row(at % 24, message) + "\n" for at, message in enumerate(messages)))
    (logs / "unknown").write_text(f"{_TEXT}\nhello {_TEXT}\n")
    (logs / "tool").write_text(f"Error: unknown or unexpected option: {_TEXT}\n")
    (logs / "text").write_text(f"2026-01-12T00:10:00Z hello\nError: exceeded runtime logs limit {_TEXT}\n")
    settings = parse({"mask": "customer-\\w+"})
    now = START + timedelta(hours=25)
    return judge(asked(24, ("logs",), folder, START, StartSource.OPTION, now, folder, folder), settings)


def test_no_output_shows_personal_data(verdict: Verdict) -> None:
    """Neither whole nor torn, in any output; and what was masked is told all the same."""
    outputs = {
        "page": top.page(verdict),
        "document": update(create(START), verdict),
        "summary": summary(verdict),
        "verdict.json": to_json(verdict),
        "terminal": "\n".join([*terminal.reasons(verdict), *terminal.deployments(verdict)]),
        "tests": "\n".join(map(failure_message, verdict.criteria)),
    }
    assert [(name, secret) for name, text in outputs.items() for secret in SECRETS if secret in text] == []
    assert all("***" in text for text in outputs.values())
