"""The check that the engine accepts the configured patterns."""

from collections.abc import Callable, Mapping
from functools import partial

import duckdb

from logparse.errors import UsageProblem
from logparse.values.patterns import Pattern, anchored


def check_patterns(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
    """Raises UsageProblem for the first pattern that does not compile (RE2), alone or joined, or lacks its group."""
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
    """Returns the patterns that together recognise an error by its words."""
    return (*patterns.get("error", ()), *patterns.get("critical_error", ()))


def _all_compile(connection: duckdb.DuckDBPyConnection, patterns: Mapping[str, tuple[Pattern, ...]]) -> bool:
    """Tells whether all expressions made of patterns compile; in one statement, because in nearly all runs they do."""
    expressions = [pattern.text for several in patterns.values() for pattern in several]
    expressions += [anchored(several) for several in (*patterns.values(), _words(patterns)) if several]
    statement = "SELECT count(regexp_matches('', expression, 's')) FROM (SELECT unnest(?::VARCHAR[]) AS expression)"
    return not _problem(lambda: connection.execute(statement, [expressions]).fetchall())


def _problem_of(connection: duckdb.DuckDBPyConnection, expression: str) -> str:
    """Returns the reason why the engine rejects a regular expression; empty if it accepts it."""
    return _problem(lambda: connection.execute("SELECT regexp_matches('', ?, 's')", [expression]))


def _problem(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except duckdb.Error as error:
        return str(error).splitlines()[0].split("Error: ", 1)[-1]
    return ""
