"""Logs that were fetched by hand: whole, or not, with and without proof."""

import hashlib
import json

from tests.tools.trial import shapes
from tests.tools.trial.bots import ari
from tests.tools.trial.collecting import steady, steady_text
from tests.tools.trial.day import FAIL, NOT_JUDGED, NOT_READY, PASS, READY, Files, TrialDay
from tests.tools.trial.traffic import beats, changed, in_order, moment, part, talks, without


def _hundred(proven: str = "") -> Files:
    """Six files of exactly 100 rows; with a manifest each where asked: of one answer, or of two."""
    day = in_order(talks(ari, 24 * 25 - 144), beats())
    assert len(day) == 600
    files: dict[str, bytes] = {}
    for at in range(6):
        name = f"logs-hour-{4 * at + 4:02d}.jsonl"
        content = shapes.vercel_rows(sorted(day, key=lambda one: one.at)[100 * at : 100 * at + 100])
        # The hundredth row of a window lies at its end, up to some minutes.
        files[f"logs/2026-01-12T06-00Z/{name}"] = content
        if proven:
            files[f"logs/2026-01-12T06-00Z/{name}.manifest.json"] = manifest(
                name,
                content,
                4 * at,
                pages=1 if proven == "limit" else 2,
                spoilt=proven == "spoilt" and at == 2,
            )
    return files


def manifest(name: str, content: bytes, hour: int, pages: int = 2, spoilt: bool = False) -> bytes:
    """The proof of a fetch that came to the end: an answer holds 100 rows at most, and there were so many answers."""
    window = [f"{shapes.written(moment(at), '%Y-%m-%dT%H:%M:%S')}Z" for at in (hour, hour + 4)]
    fetch = {
        "source": "vercel",
        "request": {"projectId": "prj_shop", "environment": "production"},
        "asked": window,
        "started": "2026-01-13T07:00:00Z",
        "ended": "2026-01-13T07:00:09Z",
        "settled": 120.0,
        "tool": "vercel API",
        "version": "",
        "pages": pages,
        "rows": 100,
        "first": window[0],
        "last": window[1],
        "limit": 100,
        "complete": True,
        "exit_code": 0,
        "problem": "",
        "stderr": "",
        "unproven": "",
    }
    document = {
        "schema": 1,
        "file": name,
        "window": window,
        "sha256": hashlib.sha256(content + (b"x" if spoilt else b"")).hexdigest(),
        "replaces": "",
        "added": 1,
        "covered": [window],
        "fetches": [fetch],
    }
    return (json.dumps(document, indent=2) + "\n").encode()


def _by_hours(*hours: int) -> Files:
    return {f"logs/logs-hour-{at:02d}.jsonl": shapes.vercel_rows(part(steady(), at - 4, at)) for at in hours}


def _proven_silence() -> Files:
    day = without(talks(ari, 300), 13, 15.2)
    files: dict[str, bytes] = {}
    for hour in range(0, 24, 4):
        name = f"logs-hour-{hour + 4:02d}.jsonl"
        content = shapes.vercel_rows(part(day, hour, hour + 4))
        files[f"logs/2026-01-12T06-00Z/{name}"] = content
        files[f"logs/2026-01-12T06-00Z/{name}.manifest.json"] = manifest(name, content, hour)
    return files


DAYS: tuple[TrialDay, ...] = (
    TrialDay("nothing was collected", dict, NOT_JUDGED, {"evidence": NOT_JUDGED}),
    TrialDay(
        "a link in the folder leads to another bot's logs outside of it",
        lambda: {
            "logs/a.log": shapes.docker_logs(steady_text()),
            "private/b.log": shapes.docker_logs(
                in_order(changed(talks(ari), lambda one: one.saying("FATAL ERROR: Reached heap limit", "error"), 60))
            ),
        },
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("link",),
        links={"logs/other": "../private"},
        rule="a link that leads outside is not followed, and what it was to bring is missing",
    ),
    TrialDay("the file of the logs is empty", lambda: {"logs/a.jsonl": b""}, NOT_JUDGED, {"evidence": NOT_JUDGED}),
    TrialDay(
        "the file holds the help of the tool",
        lambda: {"logs/a.log": b"Vercel CLI 50.42.0\nError: unknown or unexpected option: --production\n"},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "the window of hour 12 was not fetched",
        lambda: _by_hours(4, 8, 16, 20, 24),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("hour 12",),
    ),
    TrialDay(
        "two hours are missing in the middle of the night",
        lambda: {"logs/a.log": shapes.docker_logs(without(steady_text(), 17, 19))},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        silent=("vercel logs",),
        rule="nothing at all was recorded for over an hour; the mend names no tool that was never used",
    ),
    TrialDay(
        "the logs are of the day before",
        lambda: {"logs/a.log": shapes.docker_logs(steady_text())},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        start="2026-01-13T06:00Z",
    ),
    TrialDay(
        "the last row was cut off in the middle",
        lambda: {"logs/a.jsonl": shapes.pino(steady_text())[:-30]},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "six files of exactly 100 rows were fetched by hand",
        _hundred,
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("100",),
    ),
    TrialDay(
        "six files of exactly 100 rows, as many as one answer holds by their manifests",
        lambda: _hundred("limit"),
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        says=("100",),
    ),
    TrialDay(
        "six files of exactly 100 rows, which manifests prove to be all",
        lambda: _hundred("whole"),
        READY,
        {"evidence": PASS},
        rule="a row-limit finding falls to a manifest of a source that knows its end",
    ),
    TrialDay("a file does not fit its manifest", lambda: _hundred("spoilt"), NOT_JUDGED, {"evidence": NOT_JUDGED}),
    TrialDay(
        "only the newest requests were fetched: half of the day is missing",
        lambda: {"logs/a.jsonl": shapes.vercel_rows(part(steady(), 12, 24))},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "a tool's error stands behind the rows",
        lambda: {"logs/a.jsonl": shapes.vercel_rows(steady()) + b"Error: failed to fetch logs: the API answered 500\n"},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
        rule="a tool's line at an edge of the file is the tool's: the fetch broke off",
    ),
    TrialDay(
        "a tool's error is all that a file holds, beside files that hold a part of the day",
        lambda: {**_by_hours(4, 8, 12, 16, 20), "logs/logs-hour-24.jsonl": b"Error: Not authorized\n"},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "all rows are of the staging environment",
        lambda: {"logs/a.jsonl": shapes.vercel_rows(steady()).replace(b'"production"', b'"staging"')},
        NOT_JUDGED,
        {"success_rate": NOT_JUDGED},
        says=("other environments|staging",),
    ),
    TrialDay(
        "logs of staging are mixed in, and production fails",
        lambda: {
            "logs/a.jsonl": shapes.vercel_rows(
                in_order(
                    changed(
                        talks(ari),
                        lambda one: one.until("[ARI] Proc").saying("[ARI] Processing error: no model", "error"),
                        *range(0, 200, 15),
                    ),
                    beats(),
                )
            )
            + shapes.vercel_rows(steady(210)).replace(b'"production"', b'"preview"')
        },
        NOT_READY,
        {"error_rate": FAIL, "success_rate": FAIL},
    ),
    TrialDay(
        "a binary file lies among the logs and nothing else",
        lambda: {"logs/a.log": bytes(range(256)) * 40},
        NOT_JUDGED,
        {"evidence": NOT_JUDGED},
    ),
    TrialDay(
        "the bot was silent for two hours while health checks went on",
        lambda: {"logs/a.jsonl": shapes.vercel_rows(in_order(without(talks(ari), 13, 15.2), beats()))},
        NOT_READY,
        {"silence": FAIL},
    ),
    TrialDay(
        "the bot was silent for two hours by the word of manifests",
        _proven_silence,
        NOT_READY,
        {"silence": FAIL},
        rule="a source that knows its end was asked for the whole time: nothing came",
    ),
)
