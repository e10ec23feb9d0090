"""The evidence: was each window really and wholly collected? It comes before every criterion."""
