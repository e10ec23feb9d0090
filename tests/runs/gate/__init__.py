"""Questions to the gate as data: each a verdict file or a run, what is asked, and what must be answered.

``python -m tests.runs.gate`` asks all of them and prints a table.
"""
