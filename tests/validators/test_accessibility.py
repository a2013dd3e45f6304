"""Web pages under axe-core (WCAG 2.2 AA), e-books under DAISY Ace: neither objects to anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.conftest import Tool

pytestmark = [pytest.mark.validators, pytest.mark.timeout(600)]


def test_nothing_is_objected_to(tool: Tool, built: dict[str, Path]) -> None:
    assert tool("axe.mjs", *(path for name, path in built.items() if name.endswith(".html"))) == []
    assert tool("ace.mjs", *(path for name, path in built.items() if name.endswith(".epub"))) == []


def test_faults_are_seen(tool: Tool, built: dict[str, Path], tmp_path: Path) -> None:
    """The tools really look: without a language, and with pale text, a page is objected to."""
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
