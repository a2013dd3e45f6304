"""Nothing in a file can control the terminal of the person who checks it, or forge a line of the output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.cli.parser import run
from publish.terminal import one_line, printable
from tests.conftest import ROOT

CONTROLS = "\x1b]0;title\x07\x1b[2J\x9b31m\x85\u2028\u202e\u2066"
"""Escape sequences, a C1 sequence, separators and controls of direction."""

PAPER = f"""---
title: "T\\e]0;x\\a\\u009b31m"
author: "a\\e[2Jb"
---

# Kop {CONTROLS}

Tekst {CONTROLS} [x](#weg{CONTROLS}) en[^a] ![]({CONTROLS}.png).

[^a]: Noot {CONTROLS}.
"""


def assert_harmless(text: str) -> None:
    assert printable(text) == text


@given(st.text())
def test_printable_text_has_no_controls(text: str) -> None:
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in one_line(text))
    assert len(one_line(text).splitlines()) <= 1
    assert_harmless(printable(text))


@pytest.mark.parametrize(
    "command",
    [
        ["check", "{paper}"],
        ["check", "{paper}", "--format", "json"],
        ["check", "{paper}", "--format", "sarif"],
        ["inspect", "{paper}"],
        ["inspect", "{paper}", "--json"],
        ["build", "{paper}", "-t", "html", "-t", "docx", "-o", "{folder}"],
        ["build", "{paper}", "-t", "html", "-o", "{folder}", "--style", "\x1b[2J"],
        ["build", "{folder}/\x1b[2J.md", "-t", "html"],
        ["build", "--\x1b[2J"],
        ["\x1b[2J"],
        ["diff", "{paper}", "{other}"],
        ["diff", "{paper}", "{other}", "--json"],
        ["verify", "{other}", "--source", "{paper}"],
        ["verify", "{folder}/\x1b[2J.pdf"],
        ["ingest", "{folder}/\x1b[2J"],
        ["explain", "\x1b[2J"],
    ],
    ids=lambda command: " ".join(command).encode("unicode_escape").decode(),
)
def test_output_does_not_control_the_terminal(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\x1b[31m\nb.md").write_text(PAPER)
    (tmp_path / "b.html").write_text(f"<title>{CONTROLS}</title><p>Anders {CONTROLS}</p>")
    places = {"paper": tmp_path / "a\x1b[31m\nb.md", "other": tmp_path / "b.html", "folder": tmp_path}
    run([word.format(**places) for word in command])
    shown = capsys.readouterr()
    assert shown.out or shown.err
    assert_harmless(shown.out)
    assert_harmless(shown.err)


def test_text_in_a_file_forges_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: |\n  T\n  9 notes × 5 formats agree\n---\n\nTekst [x](#weg).\n"
    )
    run(["inspect", str(tmp_path / "a.md")])
    run(["check", str(tmp_path / "a.md")])
    shown = capsys.readouterr()
    lines = (shown.out + shown.err).splitlines()
    assert not [line for line in lines if line.strip().startswith("9 notes")]


def test_a_terminal_without_unicode_gets_escapes(tmp_path: Path) -> None:
    """The command shows what the terminal cannot show as escapes, and never ends with a traceback."""
    (tmp_path / "é☃.md").write_text("# Kop ☃\n\nTekst [x](#wég☃).\n")
    done = subprocess.run(
        [sys.executable, "-m", "publish", "inspect", "é☃.md"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"\\u2603" in done.stdout
