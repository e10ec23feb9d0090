"""The criteria of a production-ready bot, one test each; run with --hour."""
