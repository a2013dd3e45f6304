"""Damaged files give a result or a diagnostic, never another error. `python -m tests.fuzz` runs longer."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.rounds import attempt
from tests.fuzz.targets import TARGETS

ROUNDS = {"pandoc": 10, "pdf": 15, "writers": 25, "package": 15, "verify-pdf": 20}


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_crashes_on_a_damaged_file(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_DEBUG", "1")

    @settings(max_examples=ROUNDS.get(target, 50), suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32))
    def attempts(seed: int) -> None:
        assert attempt(target, Random(seed), tmp_path)[1] == ""

    attempts()
