"""The commands of docs/proof.md find a word that a publication lacks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.conftest import ROOT


def test_commands_find_the_missing_word(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "proof.md").read_text("utf-8")
    commands = re.findall(r"^ {7}(\S.*)$", page, re.MULTILINE)
    assert len(commands) == 3
    (tmp_path / "source.txt").write_text("De haven van Delfzijl groeit.\n")
    (tmp_path / "paper.txt").write_text("De haven\nvan Delfzijl.\n1\n")
    done = subprocess.run(
        ["bash", "-c", "\n".join(commands)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert [line for line in done.stdout.splitlines() if line[0] in "<>"] == ["> 1", "< groeit"]
