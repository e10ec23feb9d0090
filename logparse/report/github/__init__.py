"""The outputs of a run on GitHub Actions: annotations, the summary of its step, and its step outputs."""
