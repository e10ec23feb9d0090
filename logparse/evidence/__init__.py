"""Was each window really and wholly collected? Asked before any criterion."""
