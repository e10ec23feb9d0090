"""The findings on a labelled set of conversations: how many are right, and how many are missed."""
