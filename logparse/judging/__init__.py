"""From numbers and evidence to judgements: the criteria, and what is told beside them."""
