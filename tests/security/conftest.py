"""A package that several tests attack."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.cli.parser import run
from tests.deposit.conftest import VALUES


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a BagIt package with an HTML publication, which a test may change."""
    folder = tmp_path_factory.mktemp("bag")
    (folder / "a.md").write_text(
        "---\ntitle: Stuk\nlang: nl\ncountry: nl\npublisher: X\ndate: 2024-01-02\n---\n\n# Kop\n\nTekst.\n"
    )
    words = [
        word
        for name, value in {**VALUES, "identificatie": "x-1"}.items()
        for word in ("--set", f"{name}={value}")
    ]
    assert (
        run(
            [
                "deposit",
                str(folder / "a.md"),
                "-o",
                str(folder / "out"),
                "--package",
                "bagit",
                "-t",
                "html",
                *words,
                "-q",
            ]
        )
        == 0
    )
    return next(path for path in (folder / "out").iterdir() if path.is_dir())
