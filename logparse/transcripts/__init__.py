"""Transcripts: what was said, from the files beside the logs, or else from what the logs hold of it."""
