"""The one exception of the package: a mistake that the user can correct."""


class UsageProblem(Exception):
    """A mistake in an option, a setting or the document; its text is one line that names the place and the remedy.

    The plugin turns it into exit code 4 without a traceback. No output was written before it is raised; afterwards
    verdict.json is, saying that nothing was judged.
    """
