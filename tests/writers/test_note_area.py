"""Note area as the sum of note heights: the pages are identical to those of the original WeasyPrint method."""

from __future__ import annotations

from pathlib import Path

import pytest

import publish
from publish.verify import compare, expect, extract
from tests.conftest import ROOT
from tests.support import numbered

MANY = (
    "---\ntitle: T\nlang: nl\n---\n\n"
    + "\n\n".join(
        "".join(f"{'Een zin met gewone woorden. ' * 3}[^{k}]" for k in range(6 * p + 1, 6 * p + 7))
        for p in range(12)
    )
    + "\n\n"
    + "\n".join(
        f"[^{k}]: Noot {k}{', met meer woorden dan er in een regel gaan' * (k % 4)}." for k in range(1, 73)
    )
)

KINDS = MANY.replace("[^7]: Noot 7", "[^7]: | a | b |\n    |---|---|\n    | 1 | 2 |\n\n    Noot 7").replace(
    "[^20]: Noot 20", "[^20]: Noot 20\n\n    > Een aanhaling.\n\n    - een\n    - twee\n\n    Slot"
)


@pytest.mark.parametrize("paper", ["many", "kinds", "rapport", "aanhangsel-1558"])
def test_pages_equal_those_of_the_original_weasyprint_method(
    paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.layout import LayoutContext

    texts = {"many": MANY, "kinds": KINDS}
    source = ROOT / "examples" / f"{paper}.md"
    document = numbered(texts.get(paper) or source.read_text("utf-8"), source.parent)
    added = publish.write(document, "pdf").data
    assert compare(expect(document), extract(Path("a.pdf"), added)) == []
    own = LayoutContext._update_footnote_area.__closure__
    assert own is not None
    (original,) = [cell.cell_contents for cell in own if callable(cell.cell_contents)]
    monkeypatch.setattr(LayoutContext, "_update_footnote_area", original)
    assert publish.write(document, "pdf").data == added
