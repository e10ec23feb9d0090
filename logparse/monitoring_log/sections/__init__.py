"""The sections of the document that the suite writes, a module each."""
