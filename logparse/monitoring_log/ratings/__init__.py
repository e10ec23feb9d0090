"""People's ratings in the document: how they are written, and how they are read."""
