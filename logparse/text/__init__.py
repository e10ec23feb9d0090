"""Texts for people: foreign text escaped, personal data masked, and numbers and times formatted."""
