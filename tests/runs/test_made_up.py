"""A criterion and a flag that were added in one place each stand in every output, with all that is known of them."""

import json
from collections.abc import Mapping
from subprocess import DEVNULL
from typing import Any

import pytest

from tests.runs.command_line import CORE_PLUGINS, Desk
from tests.scenarios.scenario import START, steady
from tests.scenarios.writers import write_vercel


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The outputs of a run of hour 24 that knows them, by their names."""
    desk = Desk(tmp_path_factory.mktemp("made-up"))
    desk.logs.mkdir()
    (desk.logs / "log").write_bytes(write_vercel(steady()))
    junit, step = desk.folder / "junit.xml", desk.folder / "step.md"
    environment = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(step),
        "GITHUB_OUTPUT": str(desk.folder / "output"),
    }
    ended = desk.run(
        "--hour=24",
        f"--start={START.isoformat()}",
        f"--junitxml={junit}",
        environment=environment,
        stdin=DEVNULL,
        plugins=(*CORE_PLUGINS, "tests.runs.made_up"),
    )
    assert ended.exit_code == 1, ended.output
    return {
        "terminal": ended.output,
        "document": desk.document.read_text("utf-8"),
        "page": (desk.reports / "hour-24.html").read_text("utf-8"),
        "SUMMARY.md": (desk.reports / "SUMMARY.md").read_text("utf-8"),
        "verdict.json": (desk.reports / "verdict.json").read_text("utf-8"),
        "JUnit": junit.read_text("utf-8"),
        "step summary": step.read_text("utf-8"),
    }


TOLD = {
    "terminal": (
        "delivery failures at most 0, replies at most 0\n",
        "\nReplies             300              at most 0           300         –                  ✗ FAIL\n",
        "\nFAIL: Replies: it spoke\n",
        "FAILED tests/acceptance/test_criteria.py::test_replies - NotMet: Replies: FAIL",
        "\nmonitoring-stopped\n",
        "\n::error title=Replies%3A FAIL::it spoke\n",
    ),
    "document": (
        "\n- Replies at most 0\n",
        "- **Limits in this window:** 50 answers\n",
        "- **Talkative bot** (critical): 2026-01-12 00:00 to 23:57 UTC, 300 records, 211 contacts\n",
        "**Configuration:** 1 point\n  - **CRITICAL** Talkative bot: let the bot rest *(hour 24)*\n",
        "**Performance:** 1 point\n  - **FAIL** Replies: teach the bot to listen *(hour 24)*\n",
        "\n  - **FAIL** Replies: it spoke *(hour 24)*\n",
        "\n  - **CRITICAL** Talkative bot: 1 flag, from 2026-01-12 00:00 UTC, see Issues Encountered. To mend it: ",
    ),
    "page": (
        '<tr class="fail" id="replies"><th scope="row">Replies</th><td class="outcome">✗ FAIL</td><td>300</td>'
        "<td>at most 0</td><td>300 over</td><td>300</td>",
        'it spoke<span class="look">Look at: <a href="#files">what it said</a></span>',
        "<title>Replies, hour 24: FAIL</title>",
        "<title>Replies: 300 of 0 used</title>",
        "◆<title>Talkative bot (critical): 2026-01-12 00:00:36 UTC to 2026-01-12 23:57:04 UTC, 300 records</title>",
        '<th scope="row">Talkative bot</th>',
    ),
    "SUMMARY.md": (
        "| Replies | 300 | at most 0 | 300 | – | ✗ FAIL |",
        "- **Talkative bot** (critical, 300 records, from 2026-01-12 00:00 UTC)",
        "- **Performance:** Replies: teach the bot to listen\n",
        "- **Configuration:** Talkative bot: let the bot rest\n",
        "- Replies (FAIL): it spoke.",
    ),
    "JUnit": ('name="test_replies"', '<property name="name" value="replies"', '<property name="unit" value="replies"'),
    "step summary": (
        "| Replies | 300 | at most 0 | 300 | – | ✗ FAIL | it spoke |",
        "- **Talkative bot** (critical, 300 records, 2026-01-12 00:00:36 UTC)",
    ),
}
"""What each output tells of the two."""


@pytest.mark.parametrize("output", TOLD)
def test_what_was_added_stands_in_every_output(told: Mapping[str, str], output: str) -> None:
    """Value, side of the limit, margin, links, budget, advice, severity and contacts: as it was written, not as nobody
    chose it.
    """
    assert [words for words in TOLD[output] if words not in told[output]] == []


def test_what_was_added_stands_in_the_verdict(told: Mapping[str, str]) -> None:
    """The criterion with its unit, its budget and what would change it; the flag with its severity and contacts."""
    verdict: Mapping[str, Any] = json.loads(told["verdict.json"])
    judged, flag = verdict["criteria"][-1], verdict["flags"][-1]
    assert (judged["name"], judged["title"], judged["unit"]) == ("replies", "Replies", "replies")
    assert judged["required"] is True
    assert verdict["budgets"][-1] == {"criterion": "replies", "allowed": 0, "used": 300, "left": -300}
    assert verdict["would_change"][0] == "Replies: it has happened; nothing that comes later takes it back."
    assert {checkpoint["outcomes"]["replies"] for checkpoint in verdict["checkpoints"]} == {"FAIL"}
    assert (flag["label"], flag["severity"], flag["contacts"]) == ("Talkative bot", "critical", 211)
