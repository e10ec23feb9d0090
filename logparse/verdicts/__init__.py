"""The verdict of a run: one frozen object, kept in a history, compared with earlier ones, and checked by gates."""
