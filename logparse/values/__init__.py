"""The values that the stages pass on: frozen classes, and pure functions on them."""
