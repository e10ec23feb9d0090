"""Hour 0: the soak starts, and nothing is judged."""

import pytest

from logparse.outcome import State


@pytest.mark.start
def test_start(pytestconfig: pytest.Config) -> None:
    """The soak has started, and the baseline was recorded where the logs hold it."""
    assert pytestconfig.pluginmanager.getplugin("logparse-run").verdict.state is State.STARTED
