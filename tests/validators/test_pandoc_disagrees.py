"""Verify files of another tool: pandoc numbers the notes of two chapters differently in DOCX and EPUB."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest

from publish.verify import verify

TWO_CHAPTERS = """\
# Een

A[^1] b[^2].

[^1]: Noot een.
[^2]: Noot twee.

# Twee

C[^3] d[^4].

[^3]: Noot drie.
[^4]: Noot vier.
"""


@pytest.mark.validators
def test_verify_reports_differences_between_two_files_of_pandoc(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(TWO_CHAPTERS)
    paths = [tmp_path / "a.docx", tmp_path / "a.epub"]
    for path in paths:
        pypandoc.convert_file(
            str(source), path.suffix[1:], outputfile=str(path), extra_args=["--metadata", "title=T"]
        )
    report = verify(paths)
    assert [note.label for note in report.reference.notes] == ["1", "2", "3", "4"]
    messages = [f.message for f in report.findings]
    assert "Call of note 3 shows '1'" in messages
    assert "Call of note 4 shows '2'" in messages
    assert "Note 1 has no label" in messages
    assert "Note 1 has no backlink to its call" in messages
