"""The outputs for people beside MONITORING-LOG.md: the HTML report, the terminal, SUMMARY.md."""
