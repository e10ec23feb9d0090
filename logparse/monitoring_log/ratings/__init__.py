"""People's ratings in the document, written and read."""
