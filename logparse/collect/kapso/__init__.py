"""Kapso's own lists: the webhooks that it delivered, and the messages that it keeps."""
