"""Transcripts: what was said, from files beside the logs, or else from the logs themselves."""
