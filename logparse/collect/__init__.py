"""Fetching logs: one module a source, and the collection of a window, with the proof of it beside the rows."""
