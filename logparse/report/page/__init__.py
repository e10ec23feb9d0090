"""The HTML report: its top, the table of criteria, and the lists below."""
