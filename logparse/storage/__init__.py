"""Where logs lie, what lies beside them, and files that are written whole or not at all."""
