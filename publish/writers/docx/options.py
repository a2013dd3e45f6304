"""Options of Word files."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from publish.options import setting


class DocxOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the DOCX writer."""

    template: Annotated[
        str, setting("your own .docx or .dotx", metavar="FILE", short="docx_template", path="input")
    ] = ""
