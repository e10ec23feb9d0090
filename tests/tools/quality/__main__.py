"""``python -m tests.tools.quality``: precision and recall of the findings on the labelled set, and the page of them."""

import sys

from tests.tools.quality.labelled import PARTS, read, scores, shown, wrongs
from tests.tools.quality.page import PATH, page


def main() -> None:
    """Prints how each finding came out on each part, with the cases it gets wrong; ``--write`` writes the page."""
    for part in PARTS:
        labelled = read(part)
        kinds = scores(labelled)
        print(f"{part}: {len(labelled)} conversations")
        for kind, score in kinds.items():
            print(f"  {kind:16} precision {shown(score.precision):32} recall {shown(score.recall)}")
        for kind, name, what, words in wrongs(labelled, kinds):
            print(f"  {what} {kind} in {name}: {words}")
    if "--write" in sys.argv[1:]:
        PATH.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
