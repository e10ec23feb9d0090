"""Bad options."""

from tests.runs.bad_inputs.case import USAGE, Case

OPTIONS = (
    Case("an hour that is no checkpoint", USAGE, "no such checkpoint", ("--hour=13",)),
    Case("an hour that is no number", USAGE, "no such checkpoint", ("--hour=abc",)),
    Case("an hour that is negative", USAGE, "no such checkpoint", ("--hour=-4",)),
    Case("an hour that is no whole number", USAGE, "no such checkpoint", ("--hour=4.0",)),
    Case("an hour of other digits", USAGE, "no such checkpoint", ("--hour=٤",)),
    Case("an hour that is empty", USAGE, "no such checkpoint", ("--hour=",)),
    Case("a huge hour", USAGE, "no such checkpoint", ("--hour=" + "9" * 60,)),
    Case("an unknown option", USAGE, "unrecognized arguments: --hours=4", ("--hour=4", "--hours=4")),
    Case("a start in the future", USAGE, "lies in the future", ("--start=2126-01-12T00:00Z",)),
    Case("a start at the end of time", USAGE, "lies in the future", ("--start=9999-12-31T23:59Z",)),
    Case("a start in the year 0", USAGE, "is no ISO 8601 time", ("--start=0000-01-01T00:00Z",)),
    Case("a start in the year 1, east of Greenwich", USAGE, "is out of range", ("--start=0001-01-01T00:00+14:00",)),
    Case("a start without a zone", USAGE, "has no time zone", ("--start=2026-01-12T00:00",)),
    Case("a start in a zone that is none", USAGE, "is no ISO 8601 time", ("--start=2026-01-12T00:00+99:00",)),
    Case("a start with seconds", USAGE, "has seconds", ("--start=2026-01-12T00:00:01Z",)),
    Case("a start on a day that is none", USAGE, "is no ISO 8601 time", ("--start=2026-02-30T00:00Z",)),
    Case("a start that is no time", USAGE, "is no ISO 8601 time", ("--start=yesterday",)),
    Case("a start that is empty", USAGE, "is no ISO 8601 time", ("--start=",)),
    Case("logs of an empty name", USAGE, "--logs=: it is empty", ("--logs=",)),
    Case("a deployment of an empty name", USAGE, "--deployment=: it is empty", ("--deployment=",)),
    Case("a restart at another hour", USAGE, "--restart goes with --hour=0", ("--restart",)),
    Case("a path of tests that is not there", USAGE, "there is no such file or folder", ("samples/nowhere",)),
)
