"""What people are shown: what is seen of foreign text, what is masked, and how numbers and times read."""
