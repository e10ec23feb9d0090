"""What GitHub Actions shows of a run: annotations, the summary of its step, and its outputs."""
