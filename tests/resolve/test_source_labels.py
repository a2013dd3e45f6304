"""Labels that a source prints: what their row tells of notes that were lost, doubled or moved."""

from __future__ import annotations

import pytest

from publish.diagnostics import Diagnostic
from tests.support import resolved


def found(numbers: list[int], policy: str = "") -> list[Diagnostic]:
    """What is said of a document whose notes carry these labels, in this order of calls."""
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
def test_rows(numbers: list[int], codes: list[str]) -> None:
    assert [d.code for d in found(numbers)] == codes


def test_a_gap_says_what_is_missing_and_where() -> None:
    gap = found([1, 2, 6])[0]
    assert gap.message == "Source skips 3 to 5: note 6 follows note 2"
    assert gap.span is not None
    assert gap.span.line == 15


def test_notes_that_are_moved_alike_are_one_report() -> None:
    (report,) = [d for d in found([1, 3, 4, 5]) if d.code == "PUB-N004"]
    assert report.message.endswith("the following notes shift in the same way, up to '5'")


def test_kept_labels_are_looked_at_for_gaps_but_differ_from_nothing() -> None:
    assert [d.code for d in found([1, 2, 4], "notes: {source-labels: keep}\n")] == ["PUB-N011"]


def test_ignored_labels_say_nothing() -> None:
    assert found([1, 4, 4, 2], "notes: {source-labels: ignore}\n") == []


def test_a_source_that_runs_on_does_not_contradict_an_office_that_starts_again() -> None:
    chapters = "---\ntitle: T\nnotes: {scope: chapter}\n---\n# A\n\na[^1] b[^2]\n\n# B\n\nc[^3]\n\n[^1]: x\n[^2]: y\n[^3]: z\n"
    assert [d.code for d in resolved(chapters).diagnostics] == []
    assert [d.code for d in resolved(chapters.replace("[^3]", "[^4]")).diagnostics] == [
        "PUB-N011",
        "PUB-N004",
    ]


def test_labels_that_follow_no_row_are_one_report_of_a_kind() -> None:
    reports = found([7, 21, 3, 40, 12, 33, 8, 50])
    assert [d.code for d in reports] == ["PUB-N011", "PUB-N004"]
    assert reports[0].message.endswith("other notes, whose labels are not in sequence")
