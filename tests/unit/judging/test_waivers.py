"""Waivers: what a file of them may say, and what one changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logparse.errors import UsageProblem
from logparse.monitoring_log import create, update
from logparse.outcome import Outcome, State
from logparse.report import terminal
from logparse.report.page import top
from logparse.report.summary import summary
from logparse.settings.waivers import LONGEST_FILE, LONGEST_TEXT, read_waivers, unneeded
from logparse.values.criteria import CRITERIA
from logparse.values.schedule import StartSource
from logparse.values.waiver import Waiver
from logparse.verdicts.verdict import Verdict, to_json
from tests.builders.examples import examples
from tests.builders.verdicts import START, verdict

NAMES = [criterion.name for criterion in CRITERIA]
UNWAIVABLE = {criterion.name for criterion in CRITERIA if not criterion.waivable}
STOPPING = {criterion.name for criterion in CRITERIA if criterion.stops}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")

GOOD = """
# A comment.
[[waiver]]
criterion = "error_rate"
reason = "The CRM was down,\\n and  handled"
by = "Rina"
until = {until}
"""


def _read(folder: Path, text: str) -> tuple[Waiver, ...]:
    path = folder / "waivers.toml"
    path.write_bytes(text.encode())
    return read_waivers(path, JAKARTA, NOW)


UNTIL = {
    "a day, to its end in the zone of the settings": ("2026-12-01", datetime(2026, 12, 1, 17, tzinfo=UTC)),
    "a day in quotes": ('"2026-12-01"', datetime(2026, 12, 1, 17, tzinfo=UTC)),
    "a time in UTC": ("2026-12-01T18:00:00Z", datetime(2026, 12, 1, 18, tzinfo=UTC)),
    "a time elsewhere": ("2026-12-01T18:00:00+07:00", datetime(2026, 12, 1, 11, tzinfo=UTC)),
    "a time in quotes": ('"2026-12-01T18:00Z"', datetime(2026, 12, 1, 18, tzinfo=UTC)),
    "today, which is not over": ("2026-11-24", datetime(2026, 11, 24, 17, tzinfo=UTC)),
    "a second from now": ("2026-11-24T12:00:01Z", NOW + timedelta(seconds=1)),
}


@pytest.mark.parametrize(("written", "until"), UNTIL.values(), ids=UNTIL)
def test_a_waiver_as_people_write_it(tmp_path: Path, written: str, until: datetime) -> None:
    """Its words come on one line, its end as a time in UTC, its place as file and line."""
    (waiver,) = _read(tmp_path, GOOD.replace("{until}", written))
    assert waiver == Waiver("error_rate", "The CRM was down, and handled", "Rina", until, "waivers.toml:3")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "waiver = []\n"])
def test_a_file_may_hold_none(tmp_path: Path, text: str) -> None:
    """An empty file waives nothing."""
    assert _read(tmp_path, text) == ()


def _of(**fields: str) -> str:
    given = {"criterion": '"silence"', "reason": '"known"', "by": '"Rina"', "until": "2026-12-01", **fields}
    return "[[waiver]]\n" + "".join(f"{key} = {value}\n" for key, value in given.items() if value)


BAD = {
    "no TOML": ("[[waiver]\n", ":1: is not TOML: "),
    "a key twice": (_of() + "by = 'x'\n", ":6: is not TOML: "),
    "a text that does not end": ("[[waiver]]\ncriterion = '", ":2: is not TOML: "),
    "a number that is none": (_of(until="9" * 5000), ": is not TOML: "),
    "very deep": (f"waiver = {'[' * 3000}", ": is not TOML: "),
    "another table": ("[[waivers]]\n", ": 'waivers' is not known there; each waiver stands under a line [[waiver]]"),
    "a table in place of a list": ("[waiver]\n", ": 'waiver' is not known there"),
    "a list of texts": ("waiver = ['silence']\n", ": 'waiver' is not known there"),
    "a key that nobody knows": (_of(untill="2026-12-01"), ":6: 'untill' is no key of a waiver"),
    "no criterion": (_of(criterion=""), ':1: names no criterion; write criterion = "..."'),
    "a criterion that is no text": (_of(criterion="7"), ":2: names no criterion"),
    "an unknown criterion": (_of(criterion='"silense"'), ":2: there is no criterion 'silense'; these can be waived: s"),
    "the evidence": (_of(criterion='"evidence"'), ":2: evidence cannot be waived"),
    "signatures": (_of(criterion='"signature_failures"'), ":2: signature_failures cannot be waived"),
    "no reason": (_of(reason=""), ":1: the waiver of silence gives no reason"),
    "a reason without a word": (_of(reason='" \\u200b\\n"'), ":3: the waiver of silence gives no reason"),
    "a reason as long as a book": (_of(reason=f'"{"x" * 301}"'), f":3: reason has 301 characters; {LONGEST_TEXT} are"),
    "nobody": (_of(by=""), ":1: the waiver of silence names nobody"),
    "nobody in quotes": (_of(by="''"), ":4: the waiver of silence names nobody"),
    "no end": (_of(until=""), ":1: the waiver of silence does not say until when; write until = 2026-12-01"),
    "an end that is no time": (_of(until='"soon"'), ":5: until of the waiver of silence is no day or time"),
    "an end that is a number": (_of(until="2026"), ":5: until of the waiver of silence is no day or time"),
    "an end that is a time of day": (_of(until="18:00:00"), ":5: until of the waiver of silence is no day or time"),
    "an end without a zone": (_of(until="2026-12-01T18:00:00"), ":5: until of the waiver of silence has no time zone"),
    "an end behind the calendar": (_of(until="9999-12-31"), ":5: until of the waiver of silence is no day or time"),
    "an end that is over": (_of(until="2026-11-23"), ":5: the waiver of silence expired at 2026-11-23 17:00 UTC"),
    "an end just now": (_of(until="2026-11-24T12:00:00Z"), ":5: the waiver of silence expired"),
    "two of one criterion": (_of() + "\n" + _of(), ":7: a second waiver of silence (the first: waivers.toml:1)"),
    "a mistake in the second": (_of(criterion='"answering"') + _of(by=""), ":6: the waiver of silence names nobody"),
    "a mistake where no line is known": ("waiver = [{criterion = 'silence'}]\n", ".toml: the waiver of silence gives"),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """It names the file, the line where that can be told, and what is wrong."""
    with pytest.raises(UsageProblem) as problem:
        _read(tmp_path, text)
    assert str(problem.value).startswith(f"{tmp_path / 'waivers.toml'}")
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder, a file of other bytes or of great size, and none at all where one is named."""
    (tmp_path / "latin").write_bytes(b'[[waiver]]\nby = "Ren\xe9"\n')
    (tmp_path / "large").write_bytes(b"#" * (LONGEST_FILE + 1))
    for name, said in {
        "": "no file",
        "latin": ":2: this is not UTF-8",
        "large": "no file",
        "gone": "cannot be",
    }.items():
        with pytest.raises(UsageProblem, match=said):
            read_waivers(tmp_path / name, UTC, NOW)


def _waiver(name: str) -> Waiver:
    return Waiver(name, "the CRM was down", "Rina", datetime(2026, 12, 1, tzinfo=UTC), "waivers.toml:1")


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("name", ["error_rate", *sorted(UNWAIVABLE)])
def test_a_waiver_turns_a_failure_into_a_pass_and_nothing_else(name: str, outcome: Outcome) -> None:
    """Value, limit and counts stay, and what was judged is kept; no other outcome changes, nor another criterion."""
    judgement = replace(verdict(24, error_rate=outcome).criterion("error_rate"), name=name, value=7.0, count=7)
    after = judgement.after(_waiver(name))
    assert judgement.after(_waiver("silence")) == judgement
    if outcome is not Outcome.FAIL or name in UNWAIVABLE:
        assert after == judgement
        return
    assert after.waived is not None
    assert replace(after, outcome=outcome, reason=after.waived.reason, waived=None) == judgement
    assert (after.outcome, after.shown, after.waived.outcome) == (Outcome.PASS, "PASS with 1 waiver", Outcome.FAIL)
    assert after.reason == (
        "waived by Rina until 2026-12-01 00:00 UTC: the CRM was down; judged FAIL: Error rate was looked at"
    )


def _waived(*names: str, hour: int = 24, **outcomes: Outcome) -> Verdict:
    judged = verdict(hour, (), (), "", **dict.fromkeys(names, Outcome.FAIL), **outcomes)
    criteria = tuple(one.after(_waiver(one.name)) if one.name in names else one for one in judged.criteria)
    others = any(one.outcome is Outcome.FAIL for one in criteria)
    return replace(judged, criteria=criteria, state=State.NOT_READY if others else State.READY)


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (_waived("error_rate"), "READY with 1 waiver: Error rate"),
        (_waived("error_rate", "silence"), "READY with 2 waivers: Error rate, Silence"),
        (_waived("error_rate", hour=12), "READY so far, hour 12 of 24, with 1 waiver: Error rate"),
        (_waived("error_rate", silence=Outcome.FAIL), "NOT READY"),
    ],
)
def test_the_title_of_a_verdict_names_what_was_waived(shown: Verdict, title: str) -> None:
    """READY is never said without it."""
    assert shown.title == title


WORDS = "waived by Rina until 2026-12-01 00:00 UTC: the CRM was down"


def test_every_output_tells_a_waiver() -> None:
    """Terminal, report, document, summary and verdict.json say PASS with 1 waiver, its words, and what was judged."""
    shown = _waived("error_rate")
    document = update(create(START), shown)
    notes, metrics, end = (
        document.split(f"{heading}\n")[1].split("\n## ")[0]
        for heading in ("### Hour 24 (Final)", "## Metrics Summary", "## Conclusion")
    )
    printed = "\n".join([*terminal.criteria_table(shown), *terminal.reasons(shown)])
    for text in (printed, top.page(shown), notes, metrics, end, summary(shown)):
        assert "PASS with 1 waiver" in text
        assert WORDS in text
    for text in (printed, top.page(shown), notes, end, summary(shown), to_json(shown)):
        assert "judged FAIL: Error rate was looked at" in text
    assert f"WAIVER: Error rate: PASS with 1 waiver: {WORDS}" in terminal.block(shown)
    assert "- **Production Ready: YES**" in end
    assert "- **Status:** STABLE (with 1 waiver: Error rate)" in end
    assert update(document, shown) == document


@pytest.mark.parametrize("name", sorted(STOPPING - UNWAIVABLE))
def test_a_waived_failure_stops_nothing(name: str) -> None:
    """No monitoring-stopped, neither by itself nor where another criterion failed."""
    assert not _waived(name).stopped
    assert terminal.block(_waived(name))[0] == "monitoring-complete"
    assert not _waived(name, error_rate=Outcome.FAIL).stopped


def test_a_test_that_ends_strangely_takes_the_waiver_away() -> None:
    """What was not shown is NOT JUDGED, and that nobody can waive."""
    strange = _waived("error_rate").with_not_judged("error_rate", "it crashed")
    assert (strange.state, strange.criterion("error_rate").waived) == (State.NOT_JUDGED, None)


@examples(100)
@given(outcomes=st.dictionaries(st.sampled_from(NAMES[:6]), st.sampled_from(Outcome)), data=st.data())
def test_only_waivers_that_changed_nothing_are_told(outcomes: dict[str, Outcome], data: st.DataObject) -> None:
    """A waiver is used, or told to be needless, and never both."""
    judged = verdict(24, (), (), "", **outcomes)
    waivers = [_waiver(name) for name in data.draw(st.sets(st.sampled_from(sorted(set(NAMES[:6]) - UNWAIVABLE))))]
    criteria = [next((one.after(w) for w in waivers if w.criterion == one.name), one) for one in judged.criteria]
    told = {line.split("waiver of ")[1].split(" ")[0] for line in unneeded(waivers, criteria)}
    used = {one.name for one in criteria if one.waived}
    assert told | used == {waiver.criterion for waiver in waivers}
    assert told & used == set()
    assert used == {one.name for one in judged.criteria if one.outcome is Outcome.FAIL} & (told | used)


def test_hour_0_needs_no_waiver() -> None:
    """Nothing is judged there, so none is told to be needless."""
    assert unneeded([_waiver("silence")], Verdict(0, State.STARTED, START, StartSource.OPTION).criteria) == ()
