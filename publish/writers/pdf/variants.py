"""Variants of PDF, and the standards to which each conforms."""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make


class Variant(Struct, frozen=True):
    """One variant of PDF. All variants are tagged, so that software can read every file aloud."""

    name: str
    engine: str
    """WeasyPrint's name for the variant."""
    accessible: bool
    """Whether the file also claims to be PDF/UA: part 2 for PDF 2.0, otherwise part 1."""
    about: str
    typst: tuple[str, ...] = ()
    """Typst's names for the variant; empty if Typst cannot write it."""
    pdf_2: bool = False
    """Whether the file is PDF 2.0 (ISO 32000-2)."""


DEFAULT = "2a"

VARIANTS: tuple[Variant, ...] = (
    Variant("1a", "pdf/a-1a", False, "PDF/A-1a (ISO 19005-1): PDF 1.4, tagged", ("a-1a",)),
    Variant("1b", "pdf/a-1b", False, "PDF/A-1b (ISO 19005-1): PDF 1.4", ("a-1b",)),
    Variant("2a", "pdf/a-2a", True, "PDF/A-2a (ISO 19005-2) and PDF/UA-1", ("a-2a", "ua-1")),
    Variant("2b", "pdf/a-2b", True, "PDF/A-2b and PDF/UA-1", ("a-2b", "ua-1")),
    Variant("2u", "pdf/a-2u", True, "PDF/A-2u and PDF/UA-1", ("a-2u", "ua-1")),
    Variant("3a", "pdf/a-3a", True, "PDF/A-3a (ISO 19005-3) and PDF/UA-1", ("a-3a", "ua-1")),
    Variant("3b", "pdf/a-3b", True, "PDF/A-3b and PDF/UA-1", ("a-3b", "ua-1")),
    Variant("3u", "pdf/a-3u", True, "PDF/A-3u and PDF/UA-1", ("a-3u", "ua-1")),
    # WeasyPrint does not support plain PDF/A-4; `publish.writers.pdf.xmp` writes the identification.
    Variant("4", "pdf/a-4f", True, "PDF/A-4 (ISO 19005-4) and PDF/UA-2: PDF 2.0", pdf_2=True),
    Variant("ua-1", "pdf/ua-1", True, "PDF/UA-1 (ISO 14289-1) only", ("ua-1",)),
    Variant("ua-2", "pdf/ua-2", True, "PDF/UA-2 (ISO 14289-2) alone: PDF 2.0", pdf_2=True),
)


def find_variant(name: str) -> Variant:
    """Return the variant with this name.

    Raises:
        PublishError: PUB-C001, if the variant is unknown.
    """
    wanted = name or DEFAULT
    for variant in VARIANTS:
        if variant.name == wanted.lower().removeprefix("pdf/").removeprefix("a-"):
            return variant
    hint = f"Use one of {', '.join(v.name for v in VARIANTS)}"
    raise PublishError(make("PUB-C001", f"Unknown PDF variant: '{name}'", hint=hint))
