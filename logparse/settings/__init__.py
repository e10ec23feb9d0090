"""What was set for a soak: every setting declared once, and the checked values made of what was written."""
