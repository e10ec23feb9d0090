"""The pictures of the HTML report, drawn as inline SVG without scripts."""
