"""What the stages hand on: frozen values, and pure functions on them."""
