"""What was set for a soak: every setting in one table, and the checked values made of it."""
