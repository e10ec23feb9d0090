"""The document as Markdown: lines, sections, fields, lists and tables, each byte kept."""
