"""XML names of MathML and OMML."""

from __future__ import annotations

import re

MATHML = "http://www.w3.org/1998/Math/MathML"
OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MML = f"{{{MATHML}}}"
OM = f"{{{OMML}}}"

_BOLD = re.compile(r"\\mathbf\b")
_BOLD_ITALIC = re.compile(r"\\(?:boldsymbol|bm|symbf)\b")


def is_upright(tex: str) -> bool:
    r"""Return whether bold letters must be upright, because pandoc makes `\mathbf` italic in both MathML and OMML."""
    return bool(_BOLD.search(tex)) and not _BOLD_ITALIC.search(tex)
