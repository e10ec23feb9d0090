"""SQL that the log formats share: readers, times, levels, lines of tools, and JSON entries."""
