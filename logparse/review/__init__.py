"""The review: people rate a sample of conversations, on a local web page or in the terminal."""
