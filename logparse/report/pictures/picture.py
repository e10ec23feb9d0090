"""A picture on the page: its name, what it says in words, the SVG, a legend, and the same numbers as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from logparse.report.page.table import framed, plain_row
from logparse.text.escape import html


@dataclass(frozen=True)
class Picture:
    """One picture; ``legend`` names what it is drawn with: the class of a sample, and its words."""

    anchor: str
    title: str
    says: str
    svg: str
    legend: tuple[tuple[str, str], ...]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def html(self) -> str:
        """The picture for the page."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        anchor, title = self.anchor, html(self.title)
        yield f'<figure class="picture" id="{anchor}"><figcaption><h3 id="{anchor}-name">{title}</h3>'
        yield f"<p>{html(self.says)}</p>"
        if self.legend:
            yield '<ul class="legend">'
            yield from (f'<li><span class="sample {css}"></span>{html(words)}</li>' for css, words in self.legend)
            yield "</ul>"
        yield f'</figcaption><div class="scroll" tabindex="0" role="region" aria-labelledby="{anchor}-name">'
        yield f'{self.svg}</div><details><summary id="{anchor}-table">{title} as a table</summary>'
        yield from framed(f"{anchor}-table", self.heads, map(plain_row, self.rows))
        yield "</details></figure>"
