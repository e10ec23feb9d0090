"""Manifests: what they prove, and that only whole and known ones are read."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from logparse.storage.manifest import Fetch, Manifest, NotAManifest, from_json, joined, to_json
from logparse.values.schedule import Span

START = datetime(2026, 1, 12, 6, tzinfo=UTC)
WINDOW = Span(START, START + timedelta(hours=4))
FETCH = Fetch(
    source="vercel",
    request={"url": "https://vercel.com/api/logs/request-logs", "environment": "production"},
    asked=WINDOW,
    started=WINDOW.end + timedelta(minutes=5),
    ended=WINDOW.end + timedelta(minutes=6),
    settled=timedelta(minutes=2),
    pages=7,
    rows=301,
    first=START,
    last=WINDOW.end - timedelta(seconds=1),
    complete=True,
)
MANIFEST = Manifest("logs-hour-04.jsonl", WINDOW, (FETCH,), "ab" * 32, "")


def _span(begin: int, end: int) -> Span:
    return Span(START + timedelta(minutes=begin), START + timedelta(minutes=end))


def test_manifest_survives_json() -> None:
    """What is written is what is read."""
    assert from_json(to_json(MANIFEST)) == MANIFEST


PROVEN = {
    "a complete fetch proves what it asked for": (FETCH, WINDOW),
    "one that did not reach the end proves nothing": (replace(FETCH, complete=False), None),
    "one whose tool failed proves nothing": (replace(FETCH, exit_code=1), None),
    "one that began before the end proves what had settled": (
        replace(FETCH, started=START + timedelta(hours=2)),
        _span(0, 118),
    ),
    "one that began with the window proves nothing": (replace(FETCH, started=START), None),
}


@pytest.mark.parametrize(("fetch", "span"), PROVEN.values(), ids=PROVEN)
def test_fetch_proves_what_it_covers(fetch: Fetch, span: Span | None) -> None:
    """Only what was asked for, had settled, and came to the end."""
    assert fetch.covered == span


def test_stretches_are_joined() -> None:
    """Those that touch or overlap are one."""
    assert joined([_span(60, 90), _span(0, 30), _span(30, 40), _span(20, 35)]) == (_span(0, 40), _span(60, 90))


def test_what_is_missing_is_told() -> None:
    """Between two fetches."""
    first, second = (replace(FETCH, asked=span) for span in (_span(0, 60), _span(90, 240)))
    assert replace(MANIFEST, fetches=(first, second)).missing(WINDOW) == (_span(60, 90),)


def test_failure_over_the_same_time_is_noted_once() -> None:
    """An hourly job that fails all night does not fill the manifest."""
    failed = replace(FETCH, complete=False, problem="HTTP 500")
    manifest = MANIFEST
    for _ in range(5):
        manifest = manifest.with_failed(failed)
    assert manifest.fetches == (FETCH, failed)


BROKEN = {
    "no JSON": "{",
    "another kind of JSON": "[]",
    "a schema of the future": to_json(MANIFEST).replace('"schema": 1', '"schema": 2'),
    "a time without a zone": to_json(MANIFEST).replace("2026-01-12T06:00:00Z", "2026-01-12T06:00:00"),
    "no time": to_json(MANIFEST).replace("2026-01-12T06:00:00Z", "soon"),
    "a word for whether it is complete": to_json(MANIFEST).replace('"complete": true', '"complete": "yes"'),
    "a key too many": json.dumps(
        {**json.loads(to_json(MANIFEST)), "fetches": [{**json.loads(to_json(MANIFEST))["fetches"][0], "more": 1}]}
    ),
    "deep nesting": "[" * 100_000,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_is_no_manifest_is_refused(text: str) -> None:
    """A proof that is not understood is none."""
    with pytest.raises(NotAManifest):
        from_json(text)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("a time without a zone", "fetches[0].asked.start is no time with a zone"),
        ("a word for whether it is complete", "fetches[0].complete is no true or false"),
        ("a key too many", "fetches[0].more is not known"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(kind: str, said: str) -> None:
    """For whoever looks at the file."""
    with pytest.raises(NotAManifest, match=re.escape(said)):
        from_json(BROKEN[kind])
