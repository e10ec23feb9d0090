"""Fetching of logs: a module for each source, and the collection of a window with a proof of it beside the rows."""
