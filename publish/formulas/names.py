"""The names of MathML and of OMML."""

from __future__ import annotations

import re

MATHML = "http://www.w3.org/1998/Math/MathML"
OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MML = f"{{{MATHML}}}"
OM = f"{{{OMML}}}"

_BOLD = re.compile(r"\\mathbf\b")
_BOLD_ITALIC = re.compile(r"\\(?:boldsymbol|bm|symbf)\b")


def is_upright(tex: str) -> bool:
    r"""Whether the bold letters of a formula are upright: pandoc makes those of `\mathbf` italic, in both forms."""
    return bool(_BOLD.search(tex)) and not _BOLD_ITALIC.search(tex)
