"""Every row of `docs/security.md` names a test that exists, and every attack has a row."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.conftest import ROOT

ROW = re.compile(r"\| (?P<attack>.+?) \| (?P<defence>.+?) \| `(?P<test>tests/.+)` \|")
TESTED = ("tests/security", "tests/deposit/test_forgery.py")
NO_ATTACKS = {
    "test_printable_text_has_no_controls",
    "test_harmless_content_stays",
    "test_harmless_akoma_ntoso_is_kept_as_it_is",
    "test_drawings_of_the_examples_look_the_same",
    "test_front_matter_can_name_a_style_in_its_folder",
    "test_a_person_can_name_any_style",
    "test_code_of_a_file_outside_the_folder",
    "test_no_output_file_contains_the_attack",
    "test_every_row_names_a_test",
    "test_damage_is_seen",
}
"""Tests of what stays possible, and a test of all drawings that the introduction of their table names."""


def test_every_row_names_a_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [match for line in text.splitlines() if (match := ROW.fullmatch(line))]
    assert len(rows) >= 120
    named = {match["test"].replace("\\|", "|") for match in rows}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        *TESTED,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    known = {line for line in done.stdout.splitlines() if "::" in line}
    assert named - known == set()
    missing = {test for test in known - named if test.partition("::")[2].partition("[")[0] not in NO_ATTACKS}
    assert missing == set()
