"""The sections of the document, a module each: what the suite writes into it."""
