"""Mutants: the code that decides is changed in small ways, one at a time, and a test must notice each.

``python -m tests.tools.mutants`` makes them, runs the tests against each, and writes README.md here. Most of the
changes are those of mutmut. Its own runner leaves alone what stands outside of functions, properties, and all SQL,
which is most of what counts here; so its operators are used, and not its runner.
"""
