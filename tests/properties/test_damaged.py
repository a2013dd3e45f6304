"""Damaged manuscripts give a document or a diagnostic, never another error. `python -m tests.fuzz` runs longer."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import READERS, attempt

ROUNDS = {"pandoc": 10, "pdf": 15}


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_crashes_on_a_damaged_manuscript(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_DEBUG", "1")

    @settings(max_examples=ROUNDS.get(reader, 50), suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32))
    def attempts(seed: int) -> None:
        assert attempt(reader, Random(seed), tmp_path)[1] == ""

    attempts()
