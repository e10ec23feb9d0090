"""How many examples hypothesis tries: few in the plain run, as many as are asked for in others."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

MORE = int(os.environ.get("MORE_EXAMPLES", "1"))
"""How many times as many examples are tried as in the plain run."""

LONG_RUN = 64
"""What the long run sets MORE_EXAMPLES to; the slow run sets 8. Beyond it each run tries other examples."""

FEWEST = 2
"""Examples that the plain run tries at least: the simplest, and one that is drawn."""

_SECONDS = 600
"""How long a property may take where no more examples are asked for than usual: ten times as long as it does."""


def examples(number: int) -> Callable[[Any], Any]:
    """So many examples in the long run, an eighth of them in the slow one, and an eighth of these in the plain one."""

    def decorated(test: Any) -> Any:
        tried = max(FEWEST, number * MORE // LONG_RUN)
        return pytest.mark.property(pytest.mark.timeout(_SECONDS * MORE)(settings(max_examples=tried)(test)))

    return decorated


# NOTE: The plain, the slow and the long run try the same examples every time: green or red by what the code does alone.
settings.register_profile(
    "suite", deadline=None, derandomize=MORE <= LONG_RUN, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")
