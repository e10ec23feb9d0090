"""What people read of a verdict beside MONITORING-LOG.md: the HTML report, the terminal, SUMMARY.md."""
