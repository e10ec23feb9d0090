"""findings."""


def test_nothing() -> None:
    """Nothing yet."""
