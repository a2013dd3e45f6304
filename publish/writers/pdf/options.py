"""Options of PDF files."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.options import setting
from publish.writers.pdf.engines import find_engine
from publish.writers.pdf.variants import find_variant


class PdfOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Variant of PDF, and the engine that lays it out."""

    variant: Annotated[
        str, setting("2a (default), 1b, 3b, 4, ua-1 …", metavar="NAME", short="pdf_variant")
    ] = ""
    engine: Annotated[str, setting("weasyprint (default) or typst", metavar="NAME", short="pdf_engine")] = ""

    def __post_init__(self) -> None:
        """Check both values.

        Raises:
            PublishError: PUB-C001, if the variant or the engine is unknown.
        """
        find_variant(self.variant)
        find_engine(self.engine)
