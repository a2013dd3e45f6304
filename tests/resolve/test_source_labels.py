"""Test the check of source labels: it reports notes that are missing, duplicated or moved."""

from __future__ import annotations

import pytest

from publish.diagnostics import Diagnostic
from tests.support import resolved


def found(numbers: list[int], policy: str = "") -> list[Diagnostic]:
    """Return the diagnostics of a document whose notes have these labels, in this order of calls."""
    text = f"---\ntitle: T\n{policy}---\n\n"
    for number in numbers:
        text += f"Zin<sup>{number}</sup> einde.\n\n<sup>{number}</sup> Noot {number}.\n\n"
    return [
        d for d in resolved(text).diagnostics if d.code in {"PUB-N004", "PUB-N011", "PUB-N012", "PUB-N013"}
    ]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ([1, 2, 3], []),
        ([1, 2, 4, 5], ["PUB-N011", "PUB-N004"]),
        ([1, 2, 2, 3], ["PUB-N012", "PUB-N004"]),
        ([1, 3, 2, 4], ["PUB-N013", "PUB-N004", "PUB-N004"]),
        ([4, 5, 6], ["PUB-N004"]),
        ([1, 2, 1, 2], ["PUB-N004"]),
    ],
)
def test_label_sequences_are_checked(numbers: list[int], codes: list[str]) -> None:
    assert [d.code for d in found(numbers)] == codes


def test_gap_report_contains_the_missing_labels_and_the_line() -> None:
    gap = found([1, 2, 6])[0]
    assert gap.message == "Source skips 3 to 5: note 6 follows note 2"
    assert gap.span is not None
    assert gap.span.line == 15


def test_notes_with_the_same_shift_give_one_report() -> None:
    (report,) = [d for d in found([1, 3, 4, 5]) if d.code == "PUB-N004"]
    assert report.message.endswith("the following notes shift in the same way, up to '5'")


def test_kept_labels_are_checked_for_gaps_but_not_for_changes() -> None:
    assert [d.code for d in found([1, 2, 4], "notes: {source-labels: keep}\n")] == ["PUB-N011"]


def test_ignored_labels_are_not_reported() -> None:
    assert found([1, 4, 4, 2], "notes: {source-labels: ignore}\n") == []


def test_continuous_source_labels_are_accepted_if_numbers_restart() -> None:
    chapters = "---\ntitle: T\nnotes: {scope: chapter}\n---\n# A\n\na[^1] b[^2]\n\n# B\n\nc[^3]\n\n[^1]: x\n[^2]: y\n[^3]: z\n"
    assert [d.code for d in resolved(chapters).diagnostics] == []
    assert [d.code for d in resolved(chapters.replace("[^3]", "[^4]")).diagnostics] == [
        "PUB-N011",
        "PUB-N004",
    ]


def test_labels_without_sequence_give_one_report_for_each_code() -> None:
    reports = found([7, 21, 3, 40, 12, 33, 8, 50])
    assert [d.code for d in reports] == ["PUB-N011", "PUB-N004"]
    assert reports[0].message.endswith("other notes, whose labels are not in sequence")
