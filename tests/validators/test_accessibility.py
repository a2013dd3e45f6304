"""Check HTML with axe-core (WCAG 2.2 AA) and EPUB with DAISY Ace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.conftest import Tool

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]


def test_axe_and_ace_report_no_violations(tool: Tool, built: dict[str, Path]) -> None:
    assert tool("axe.mjs", *(path for name, path in built.items() if name.endswith(".html"))) == []
    assert tool("ace.mjs", *(path for name, path in built.items() if name.endswith(".epub"))) == []


def test_axe_reports_violations(tool: Tool, built: dict[str, Path], tmp_path: Path) -> None:
    """Check that axe works: it reports a page without a language and with low contrast."""
    page = (
        built["seed.html"]
        .read_text("utf-8")
        .replace('lang="nl"', "")
        .replace("--text: #1a1a1a", "--text: #cccccc")
    )
    broken = tmp_path / "broken.html"
    broken.write_text(page, "utf-8")
    found = " ".join(tool("axe.mjs", broken))
    assert "html-has-lang" in found
    assert "(light) color-contrast" in found
    assert "(dark) color-contrast" not in found
