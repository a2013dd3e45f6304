"""Paths, fixtures and pytest options for all tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "examples" / "aanhangsel-1558.md"
SHARED = ROOT.parent / "shared"

settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "search", parent=settings.get_profile("default"), derandomize=False, max_examples=1000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-style", action="store_true", help="also build the examples in every style")
    parser.addoption("--accept", action="store_true", help="rewrite golden files from the present output")


@pytest.fixture
def seed() -> Path:
    return SEED


@pytest.fixture
def shared() -> Path:
    """Return the folder of material that is not part of the project; skip the test if it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file in tests/golden; `--accept` rewrites the file."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path} does not exist; run pytest --accept and read what it writes"
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a fixed time for the output, so that tests can compare bytes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1643846400")
