"""Whether the engine can use the patterns that were set."""

from collections.abc import Callable, Mapping
from functools import partial

import duckdb

from logparse.errors import UsageProblem
from logparse.values.patterns import Pattern, anchored


def check_patterns(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
    """UsageProblem for the first pattern that does not compile (RE2), alone or with its fellows, or lacks its group."""
    compiles = _all_compile(connection, patterns)
    problem_of: Callable[[str], str] = (lambda _: "") if compiles else partial(_problem_of, connection)
    for name, several in patterns.items():
        for pattern in several:
            if problem := problem_of(pattern.text):
                raise UsageProblem(f"{pattern.shown} is not usable as a regular expression (RE2 syntax): {problem}")
            if name in ("reply", "contact", "user_text", "answer_text") and not pattern.groups:
                raise UsageProblem(f"{pattern.shown} has no group (...) that holds the {name}'s value")
        if several and (problem := problem_of(anchored(several))):
            where = several[0].where.split(",")[0]
            raise UsageProblem(f"{where}: its {len(several)} patterns together make no regular expression: {problem}")
    words = _words(patterns)
    if words and (problem := problem_of(anchored(words))):
        where = "settings event_error and event_critical_error"
        raise UsageProblem(f"{where}: their {len(words)} patterns together make no regular expression: {problem}")


def _words(patterns: Mapping[str, tuple[Pattern, ...]]) -> tuple[Pattern, ...]:
    """The patterns that together tell an error by its words."""
    return (*patterns.get("error", ()), *patterns.get("critical_error", ()))


def _all_compile(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> bool:
    """Whether all expressions that patterns make can be used; one statement, because in nearly all runs they can."""
    expressions = [pattern.text for several in patterns.values() for pattern in several]
    expressions += [anchored(several) for several in (*patterns.values(), _words(patterns)) if several]
    statement = "SELECT count(regexp_matches('', expression, 's')) FROM (SELECT unnest(?::VARCHAR[]) AS expression)"
    return not _problem(lambda: connection.execute(statement, [expressions]).fetchall())


def _problem_of(connection: duckdb.DuckDBPyConnection, expression: str) -> str:
    """Why the engine cannot use a regular expression; empty where it can."""
    return _problem(lambda: connection.execute("SELECT regexp_matches('', ?, 's')", [expression]))


def _problem(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except duckdb.Error as error:
        return str(error).splitlines()[0].split("Error: ", 1)[-1]
    return ""
