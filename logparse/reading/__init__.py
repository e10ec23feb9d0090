"""The reader of log files: reads each once, finds its problems, and adds all up to one tally."""
