"""The one exception of the package: a mistake that the user can mend."""


class UsageProblem(Exception):
    """A mistake in an option, a setting or the document; its text is one line that names the place and the mend.

    The plugin turns it into exit code 4 without a traceback. Nothing was written when it is raised; after it, a
    verdict.json that says so.
    """
