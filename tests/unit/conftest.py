"""How hard hypothesis looks, also where a test does not say how many examples it tries."""

import tests.builders.examples  # noqa: F401  # loads the profile
