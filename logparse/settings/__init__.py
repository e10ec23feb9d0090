"""The settings of a soak: each declared once, with the checked values parsed from their texts."""
