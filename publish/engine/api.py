"""The functions of the Python API that concern files: read, write, convert."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publish.diagnostics import PublishError
from publish.engine.job import Job, Result, run
from publish.engine.reading import read
from publish.engine.writing import write
from publish.model.options import DEFAULT, Options

__all__ = ["convert", "read", "write"]


def convert(  # noqa: PLR0913 - the one call that does it all
    source: str | Path,
    to: Sequence[str] = ("all",),
    output: str | Path = "output",
    *,
    style: str = "",
    profile: str = "",
    reader: str = "",
    verify: bool = True,
    pdf_variant: str = "",
    docx_template: str = "",
    options: Options = DEFAULT,
    jurisdiction: str = "",
    enrich: bool = True,
    pdf_engine: str = "",
) -> Result:
    """Publish a manuscript: write its files, read them back, and compare their notes and words.

    Args:
        source: The manuscript.
        to: Names of formats; `all` is every format that `publish build` writes by default.
        output: A folder, or for one format a file.
        style: Name or path of a house style.
        profile: Name of a profile.
        reader: Name of a reader.
        verify: Whether to read the files back.
        pdf_variant: The kind of PDF, such as `2b`, `4` or `ua-1`.
        docx_template: Path of the office's own .docx or .dotx.
        options: What the user decides about reading.
        jurisdiction: Akoma Ntoso: name or path of the tables by which the work is named.
        enrich: Akoma Ntoso: whether persons, offices and bodies are marked in the text.
        pdf_engine: What lays out the PDF: `weasyprint` (where it is empty) or `typst`.

    Returns:
        The files that were written, every diagnostic, and the report of the verification.

    Raises:
        PublishError: nothing could be written.
    """
    formats = (to,) if isinstance(to, str) else tuple(to)
    result = run(
        Job(
            str(source),
            formats,
            str(output),
            style,
            profile,
            reader,
            verify,
            pdf_variant,
            docx_template,
            options,
            jurisdiction,
            enrich,
            pdf_engine,
        )
    )
    if not result.files:
        raise PublishError(result.diagnostics)
    return result
