"""A few of the accidents of `tests/security/accidents.py`: nothing is damaged or left behind for good."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.accidents import Office, damaged, disk, kills, runs

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def office() -> Iterator[Office]:
    """Return an office whose paths are short, as those of most systems: the name of a socket has at most 107 bytes."""
    with tempfile.TemporaryDirectory() as made:
        yield Office(Path(made) / "o")


def test_kills_leave_nothing_damaged_or_behind(office: Office) -> None:
    assert kills(office, 8) == []


def test_concurrent_runs_give_the_same_files(office: Office) -> None:
    assert runs(office, 2) == []


def test_full_disk_leaves_nothing_incomplete(office: Office) -> None:
    try:
        assert disk(office, [16, 100, 400, 1500]) == []
    except PermissionError:
        pytest.skip("cannot mount a disk on this machine")


def test_damage_is_seen(office: Office) -> None:
    for name in ("a.docx", "a.pdf", "a.xml"):
        (office.folder / name).write_bytes(b"half")
    assert len(damaged(office.folder)) == 3
