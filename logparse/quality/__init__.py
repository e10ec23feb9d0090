"""The quality of the answers: what is found in the conversations, by rules."""
