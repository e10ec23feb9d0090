"""The questions to the gate: what opens it, and everything that was ever tried to open it otherwise."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from logparse.verdicts.verdict import NOTHING_JUDGED, unfinished
from tests.runs.gate.question import NO_HOUR, ONE, Change, Document, Question

OPEN, SHUT, FAILED, MISTAKE = 0, 10, 1, 4
ANY = ("--deployment=any",)
ALLOWED = (f"--deployment={ONE}", "--allow-changed-limits")


def _with(**keys: Any) -> Change:
    return lambda document: {**document, **keys}


def _without(name: str) -> Change:
    return lambda document: {key: value for key, value in document.items() if key != name}


def _of(name: str, /, **keys: Any) -> Change:
    """One criterion changed."""
    return lambda document: {
        **document,
        "criteria": [{**one, **keys} if one["name"] == name else one for one in document["criteria"]],
    }


def _criteria(change: Callable[[list[Document]], list[Document]]) -> Change:
    return lambda document: {**document, "criteria": change(document["criteria"])}


def _set(name: str, value: str, origin: str, *, changed: bool = True) -> Change:
    """One setting written otherwise."""
    told = {"value": value, "from": origin, "changed": changed}
    return lambda document: {
        **document,
        "settings": [{**one, **told} if one["name"] == name else one for one in document["settings"]],
    }


def _with_quality(document: Document) -> Any:
    """People's ratings are demanded, and were good."""
    demanded = _set("quality_required", "yes", "file")(document)
    return _of("response_quality", required=True, outcome="PASS")(demanded)


def _waiver(hours: float) -> list[dict[str, str]]:
    return [{"criterion": "silence", "until": (datetime.now(UTC) + timedelta(hours=hours)).isoformat()}]


def _later(hours: float) -> Change:
    """The soak and its judgement lie elsewhere in time."""
    moved = {"start": hours, "judged_at": hours}

    def change(document: Document) -> Document:
        times = {name: datetime.fromisoformat(document[name]) + timedelta(hours=by) for name, by in moved.items()}
        return {**document, **{name: moment.isoformat() for name, moment in times.items()}}

    return change


def _same(document: Document) -> Document:
    return document


VERDICTS = (
    Question("READY over the whole soak, of this deployment, fresh", OPEN, "READY: deployment", _same),
    Question("whichever deployment it was", OPEN, "READY: whichever", _same, ANY),
    Question("no deployment is asked for, and none was named", MISTAKE, "hour 0 named none", _same, ()),
    Question("no deployment is asked for, hour 0 named one", OPEN, f"deployment {ONE} may", _with(deployment=ONE), ()),
    Question("another deployment was soaked", SHUT, "was not soaked alone", _same, ("--deployment=dpl_other",)),
    Question("hour 0 named another", SHUT, "hour 0 named dpl_other", _with(deployment="dpl_other")),
    Question("hour 0 named one, the logs another", SHUT, "was soaked", _with(deployment="a", deployments=["b"]), ()),
    Question("hour 0 named it, the logs name none", OPEN, "named at hour 0", _with(deployment=ONE, deployments=[]), ()),
    Question("hour 0 named it, few records do", OPEN, "not all", _with(deployment=ONE, unnamed_records=9)),
    Question("some records name none", SHUT, "9 records name no deployment", _with(unnamed_records=9)),
    Question("nobody knows what hour 0 named", SHUT, "lacks its key deployment", _without("deployment")),
    Question("the bot failed", FAILED, "NOT READY: do not", _with(verdict="NOT READY", reason="2 failures")),
    Question("the logs were missing", SHUT, "a hole", _with(verdict="NOT JUDGED", reason="a hole", mend="collect")),
    Question("it only began", SHUT, "is at hour 0", _with(verdict="STARTED", hour=0, final=False)),
    Question("it is READY so far", SHUT, "hour 24 is asked for", _with(hour=20, final=False)),
    Question("READY so far is enough", OPEN, "so far", _with(hour=20, final=False), (*ANY, "--hour=20")),
    Question("it is old", SHUT, "over 48 h", _later(-48)),
    Question("it is not old by what is asked", OPEN, "READY", _later(-48), (*ANY, "--max-age-hours=80")),
    Question("it was judged tomorrow", SHUT, "which is still to come", _later(26)),
    Question("a rehearsal", SHUT, "was a rehearsal", _with(rehearsal=True)),
    Question("a rehearsal that failed", SHUT, "was a rehearsal", _with(rehearsal=True, verdict="NOT READY")),
    Question("nobody knows whether it was a rehearsal", SHUT, "lacks its key rehearsal", _without("rehearsal")),
    Question(
        "the clock of the gate was set",
        SHUT,
        "opens for nothing",
        _same,
        gate_environment={"LOGPARSE_NOW": (datetime.now(UTC) + timedelta(hours=1)).isoformat()},
    ),
    Question("a run that did not finish", SHUT, "the run did not finish", lambda _: unfinished(24)),
    Question("a mistake of use", SHUT, "nothing was judged: x", lambda _: unfinished(24, f"{NOTHING_JUDGED}x")),
    Question("no file", SHUT, "No such file", lambda _: None),
    Question("half a file", SHUT, "is no JSON", lambda _: '{"schema": 1, "verd'),
    Question("a key that stands there twice", SHUT, "stands there twice", lambda _: '{"schema": 1, "schema": 1}'),
    Question("another version", SHUT, "the schema 2", _with(schema=2)),
)

CRITERIA = (
    Question("no criteria", SHUT, "tells nothing of evidence", _with(criteria=[])),
    Question("criteria that are no list", SHUT, "lacks its key criteria", _with(criteria="all met")),
    Question(
        "one criterion is missing",
        SHUT,
        "tells nothing of silence",
        _criteria(lambda criteria: [one for one in criteria if one["name"] != "silence"]),
    ),
    Question("one was renamed", SHUT, "tells nothing of silence", _of("silence", name="quiet")),
    Question("one stands there twice", SHUT, "stands there twice", _criteria(lambda all_: [*all_, all_[1]])),
    Question(
        "one more that nobody knows", SHUT, "'luck'", _criteria(lambda all_: [*all_, {**all_[1], "name": "luck"}])
    ),
    Question("a required one is not", SHUT, "error_rate is said not to be", _of("error_rate", required=False)),
    Question("one that never is required", SHUT, "is said to be required", _of("send_failures", required=True)),
    Question("a required one is FAIL", SHUT, "its criteria do not", _of("error_rate", outcome="FAIL")),
    Question("a required one is NOT JUDGED", SHUT, "its criteria do not", _of("silence", outcome="NOT JUDGED")),
    Question("a rate was not measured", SHUT, "was not measured", _of("success_rate", outcome="NOT MEASURED")),
    Question("signatures were not measured", SHUT, "was not", _of("signature_failures", outcome="NOT MEASURED")),
    Question("an outcome that nobody knows", SHUT, "is unknown", _of("silence", outcome="FINE")),
    Question("a failure was waived", OPEN, "with 1 waiver (silence)", _with(waivers=_waiver(9))),
    Question("it was, and none may be", SHUT, "none may", _with(waivers=_waiver(9)), (*ANY, "--no-waivers")),
    Question("its waiver has ended", SHUT, "was waived until", _with(waivers=_waiver(-9))),
    Question("its waiver is gone", SHUT, "does not stand there", _of("silence", waived={"outcome": "FAIL"})),
)

SETTINGS = (
    Question("no settings", SHUT, "does not tell its setting logs", _with(settings=[])),
    Question("nobody knows the settings", SHUT, "lacks its key settings", _without("settings")),
    Question("a loosened rate", SHUT, "success_rate_limit was loosened: 50", _set("success_rate_limit", "50", "file")),
    Question("a little loosened", SHUT, "was loosened: 94.9", _set("success_rate_limit", "94.9", "command line")),
    Question(
        "loosened, without a word", SHUT, "loosened", _set("error_rate_limit", "50", "environment", changed=False)
    ),
    Question(
        "a loosened limit that is allowed", OPEN, "50 (default 5", _set("error_rate_limit", "50", "file"), ALLOWED
    ),
    Question("a stricter limit", OPEN, "default 5, from the file, stricter", _set("error_rate_limit", "3", "file")),
    Question("a stricter rate by -o", OPEN, "stricter", _set("success_rate_limit", "99", "command line")),
    Question("more unanswered deliveries", SHUT, "loosened", _set("answering_deliveries", "4", "file")),
    Question("a longest age", OPEN, "max_age_hours 48", _set("max_age_hours", "48", "command line")),
    Question("quality is demanded, and was met", OPEN, "quality_required yes", _with_quality),
    Question("it is, and was not required", SHUT, "response_quality is", _set("quality_required", "yes", "file")),
    Question("fewer quality checks", SHUT, "quality_checks was loosened", _set("quality_checks", "24", "file")),
    Question("a finding that fails", OPEN, "stricter", _set("quality_fail", "repeated_reply: 5 fallback: 3", "file")),
    Question("a limit that is no number", SHUT, "loosened", _set("hole_limit", "all day", "file")),
    Question("a fact in the file", OPEN, "from the file: timezone", _set("timezone", "Asia/Jakarta", "file")),
    Question("a fact by -o", SHUT, "the fact timezone", _set("timezone", "Asia/Jakarta", "command line")),
    Question("a fact by the environment", SHUT, "the environment", _set("quiet_hours", "00:00-23:59", "environment")),
    Question("a fact by -o, allowed limits", SHUT, "the fact", _set("webhook_path", "/x", "command line"), ALLOWED),
    Question("a place by -o", OPEN, "READY", _set("reports", "elsewhere", "command line")),
    Question("a fact from nowhere", SHUT, "nobody knows where", _set("timezone", "Asia/Jakarta", "above")),
)

FILES = {
    "own.ini": "[pytest]\ntimezone = Asia/Jakarta\nerror_rate_limit = 3\n",
    "loose.ini": "[pytest]\naddopts = -o success_rate_limit=50\n",
}
ROOTED = "--rootdir={root}"
BEGIN = ("--hour=0", f"--deployment={ONE}")

RUNS = (
    Question("a run", OPEN, "READY", runs=((),), ends=0),
    Question("a run, its clock set", SHUT, "rehearsal", runs=((),), environment={"LOGPARSE_NOW": "{now}"}, ends=0),
    Question("a limit by -o", SHUT, "from the command line", runs=(("-o", "success_rate_limit=50"),), ends=0),
    Question("a limit by -qo", SHUT, "from the command line", runs=(("-qo", "silence_limit=600"),), ends=0),
    Question("a limit by --override-ini", SHUT, "loosened", runs=(("--override-ini=hole_limit=600",),), ends=0),
    Question(
        "a limit by PYTEST_ADDOPTS",
        SHUT,
        "from the environment",
        runs=((),),
        environment={"PYTEST_ADDOPTS": "-o success_rate_limit=50"},
        ends=0,
    ),
    Question(
        "a limit by addopts by PYTEST_ADDOPTS",
        SHUT,
        "from the environment",
        runs=((),),
        environment={"PYTEST_ADDOPTS": "-o addopts='-o success_rate_limit=50'"},
        ends=0,
    ),
    Question(
        "a limit by PYTEST_ADDOPTS, and the default by -o",
        OPEN,
        "READY",
        runs=(("-o", "success_rate_limit=95"),),
        environment={"PYTEST_ADDOPTS": "-o success_rate_limit=50"},
        ends=0,
    ),
    Question(
        "a limit in addopts of a file",
        SHUT,
        "from the file",
        runs=(("-c", "{desk}/loose.ini", ROOTED),),
        files=FILES,
        ends=0,
    ),
    Question(
        "facts and a stricter limit in a file of one's own",
        OPEN,
        "error_rate_limit 3 (default 5, from the file, stricter); facts about the bot from the file: timezone",
        runs=(("-c", "{desk}/own.ini", ROOTED),),
        files=FILES,
        ends=0,
    ),
    Question(
        "a file that PYTEST_ADDOPTS names",
        SHUT,
        "the fact timezone about the bot came from the environment",
        runs=((ROOTED,),),
        environment={"PYTEST_ADDOPTS": "-c {desk}/own.ini"},
        files=FILES,
        ends=0,
    ),
    Question("a fact by -o in a run", SHUT, "the fact", runs=(("-o", "timezone=Asia/Jakarta"),), ends=0),
    *(
        Question(
            f"PYTEST_ADDOPTS={option} over READY",
            SHUT,
            "nothing was judged: ",
            runs=((),),
            ready=True,
            environment={"PYTEST_ADDOPTS": option},
            ends=SHUT,
        )
        for option in (
            "--collect-only",
            "--co",
            "--fixtures",
            "--fixtures-per-test",
            "--markers",
            "--help",
            "--version --version",
            "--setup-plan",
            "--cache-show",
            "-p no:logparse-run",
        )
    ),
    *(
        Question(
            f"PYTEST_ADDOPTS={option}", OPEN, "READY", runs=((),), environment={"PYTEST_ADDOPTS": option}, ends=OPEN
        )
        for option in (
            "-k nothing",
            "--deselect=tests",
            "--ignore=tests",
            "-m start",
            "-x --maxfail=1",
            "--lf",
            "--sw",
            "-p no:terminal",
            "-p no:python",
            "--",
            "--setup-only",
        )
    ),
    *(
        Question(
            f"a listing on the command line: {' '.join(options)}", OPEN, "READY", runs=(options,), ready=True, ends=OPEN
        )
        for options in (("--collect-only",), ("--markers",), ("--help",), ("--version",), ("--setup-plan",))
    ),
    *(
        Question(f"{' '.join(options)} over READY", SHUT, "nothing was judged", runs=(options,), ready=True, ends=4)
        for options in (
            ("--nonsense",),
            ("-o", "nonsense=1"),
            ("-o", "error_rate_limit=x"),
            ("-o", "event_reply=("),
            ("--hour=5",),
            ("--hour=",),
            ("--start=yesterday",),
            ("--restart",),
            ("tests/nowhere",),
            ("--deployment=",),
        )
    ),
    Question(
        "PYTEST_ADDOPTS=-m of a marker that nobody knows, over READY",
        SHUT,
        "the run did not finish",
        runs=((),),
        ready=True,
        environment={"PYTEST_ADDOPTS": "-m none"},
        ends=4,
    ),
    Question(
        "a damaged document over READY",
        SHUT,
        "nothing was judged: ",
        runs=((),),
        ready=True,
        files={"MONITORING-LOG.md": "# Mine\n"},
        ends=4,
    ),
    Question(
        "a run of the project's tests",
        OPEN,
        "READY",
        runs=(("--co", "-q", NO_HOUR, "tests/runs/gate"),),
        ready=True,
        ends=0,
    ),
    Question(
        "the id named at hour 0, in logs that name none",
        OPEN,
        f"deployment {ONE} (named at hour 0; not all records name one) may be deployed",
        asked=(),
        runs=(BEGIN, ()),
        text_logs=True,
        ends=0,
    ),
    Question(
        "another id than that named at hour 0",
        SHUT,
        f"hour 0 named {ONE}",
        asked=("--deployment=dpl_other",),
        runs=(BEGIN, ()),
        text_logs=True,
        ends=0,
    ),
    Question(
        "the logs name another than hour 0",
        SHUT,
        f"deployment dpl_new was not soaked alone: {ONE} was soaked",
        asked=(),
        runs=(("--hour=0", "--deployment=dpl_new"), ()),
        ends=SHUT,
    ),
    Question(
        "hour 24 asks for another than hour 0 named",
        SHUT,
        f"but hour 0 named {ONE}",
        asked=ANY,
        runs=(BEGIN, ("--deployment=dpl_new",)),
        text_logs=True,
        ends=SHUT,
    ),
)

QUESTIONS = (*VERDICTS, *CRITERIA, *SETTINGS, *RUNS)
