"""The judgements made from numbers and evidence: the criteria, and what is reported beside them."""
