"""From lines to numbers, in SQL: lines -> records -> events -> tally -> numbers."""
