"""What was concluded: one frozen object, kept, compared with earlier ones, and asked by gates."""
