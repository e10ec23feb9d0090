"""The review: people rate a sample of conversations, on a page of their own machine or in the terminal."""
