"""The numbers of a run, computed in SQL: lines -> records -> events -> tally -> numbers."""
