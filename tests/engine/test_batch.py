"""Test batches: incremental runs, isolation of failures, and no loss of results if the run is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from publish.cli.parser import run as main
from publish.diagnostics import PublishError
from publish.engine.batch import Batch, Outcome, Summary, run
from publish.engine.batch.manifest import Manifest
from publish.engine.batch.pool import Processes
from publish.engine.batch.sources import Shard, Task, shard, tasks
from publish.request import Limits
from tests.conftest import ROOT
from tests.engine.poison import poisoned
from tests.support import job

PICTURE = ROOT / "examples" / "pictures" / "dagen.png"


def paper(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: {name}\nlang: nl\n---\n\nTekst van {name}.[^1] {text}\n\n[^1]: Noot.\n", "utf-8"
    )
    return path


def through(
    sources: Iterable[Path], output: Path, width: int = 2, seconds: float = 60, *, force: bool = False
) -> tuple[Summary, dict[str, Outcome]]:
    """Run a batch in real processes, with work that can fail."""
    found: dict[str, Outcome] = {}

    def keep(outcome: Outcome) -> None:
        assert outcome.source not in found
        found[outcome.source] = outcome

    def pool() -> Processes:
        return Processes(width, Limits(timeout=seconds), poisoned)

    asked = job("", ("html", "akn"), str(output))
    summary = run(Batch(asked, force=force), [Task(str(s)) for s in sources], pool, keep)
    return summary, {Path(source).stem: outcome for source, outcome in found.items()}


def codes(outcome: Outcome) -> list[str]:
    return [d.code for d in outcome.diagnostics if d.severity.value == "error"]


def test_each_failure_affects_one_manuscript(tmp_path: Path) -> None:
    names = [
        "a.md",
        "segfault.md",
        "b.md",
        "hang.md",
        "c.md",
        "memory.md",
        "d.md",
        "error.md",
        "once.md",
        "e.md",
    ]
    (tmp_path / "out").mkdir()
    summary, found = through([paper(tmp_path, name) for name in names], tmp_path / "out", seconds=8)
    assert (summary.done, summary.failed) == (6, 4)
    assert {name: codes(found[name]) for name in ("segfault", "hang", "memory", "error")} == {
        "segfault": ["PUB-B002"],
        "hang": ["PUB-B001"],
        "memory": ["PUB-B003"],
        "error": ["PUB-B005"],
    }
    assert (found["segfault"].tries, found["once"].tries, found["a"].tries) == (2, 2, 1)
    assert found["once"].status == "done"
    for name in "abcde":
        assert (tmp_path / "out" / f"{name}.akn.xml").is_file()
        assert found[name].agrees
    assert not list((tmp_path / "out").rglob("*.part"))


# Incremental runs


def statuses(found: dict[str, Outcome]) -> dict[str, str]:
    return {name: outcome.status for name, outcome in found.items()}


def test_second_run_builds_only_changed_manuscripts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "plaat.png").write_bytes(PICTURE.read_bytes())
    sources = [
        paper(tmp_path, "a.md"),
        paper(tmp_path, "b.md"),
        paper(tmp_path, "c.md", "![Plaat](plaat.png)"),
    ]
    assert through(sources, out)[0].done == 3
    assert through(sources, out)[0].unchanged == 3
    paper(tmp_path, "a.md", "Nieuw.")
    assert statuses(through(sources, out)[1]) == {"a": "done", "b": "unchanged", "c": "unchanged"}
    (out / "b.html").write_text("x", "utf-8")
    assert statuses(through(sources, out)[1]) == {"a": "unchanged", "b": "done", "c": "unchanged"}
    (out / "b.akn.xml").unlink()
    assert statuses(through(sources, out)[1])["b"] == "done"
    (tmp_path / "plaat.png").write_bytes((ROOT / "tests" / "golden" / "notes.md").read_bytes())
    assert statuses(through(sources, out)[1]) == {"a": "unchanged", "b": "unchanged", "c": "failed"}
    assert through(sources, out, force=True)[0].done == 2


def test_options_and_versions_change_the_environment_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from publish.engine.batch import fingerprint

    style = tmp_path / "eigen"
    style.mkdir()
    (style / "style.toml").write_text('extends = "base"\n', "utf-8")
    asked = job("a.md", ("html",), "out", style=str(style))
    around = fingerprint.environment_digest(asked)
    assert fingerprint.environment_digest(job("b.md", ("html",), "elsewhere", style=str(style))) == around
    assert fingerprint.environment_digest(job("a.md", ("akn",), "out", style=str(style))) != around
    monkeypatch.setattr(fingerprint, "_versions", lambda: "weasyprint=71.0")
    assert fingerprint.environment_digest(asked) != around


def test_failed_manuscripts_are_tried_again(tmp_path: Path) -> None:
    good, bad = paper(tmp_path, "a.md"), paper(tmp_path, "b.md", "[^2]")
    assert through([good, bad], tmp_path / "out")[0] == Summary(done=1, failed=1)
    paper(tmp_path, "b.md")
    assert through([good, bad], tmp_path / "out")[0] == Summary(done=1, unchanged=1)


def test_second_run_in_the_same_folder_is_rejected(tmp_path: Path) -> None:
    first = Manifest(tmp_path, Shard())
    with pytest.raises(
        PublishError, match=f"PUB-C002 Another run is writing to this folder .process {os.getpid()}"
    ):
        Manifest(tmp_path, Shard())
    first.close()
    Manifest(tmp_path, Shard()).close()


# Command line


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "publish", *map(str, arguments)]


@pytest.mark.timeout(300)
def test_nothing_is_lost_when_the_run_is_killed(tmp_path: Path) -> None:
    """Kill the run before its end: the workers stop, no file is incomplete, and the next run builds only the rest."""
    text = (ROOT / "examples" / "aanhangsel-1558.md").read_text("utf-8")
    for k in range(12):
        (tmp_path / f"p{k}.md").write_text(text.replace("1558", f"15{k:02}"), "utf-8")
    out = tmp_path / "out"
    arguments = ("build", tmp_path, "-j", 2, "-t", "docx", "-t", "akn", "-o", out, "--quiet")
    process = subprocess.Popen(command(*arguments), cwd=ROOT)
    deadline = time.monotonic() + 120
    while len(list(out.glob("*.verify.json"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    done = len(list(out.glob("*.verify.json")))
    assert 4 <= done < 12
    report = tmp_path / "report.jsonl"
    subprocess.run(command(*arguments, "--report", report), cwd=ROOT, check=True, timeout=200)
    lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert sorted(Path(line["source"]).name for line in lines) == sorted(f"p{k}.md" for k in range(12))
    unchanged = [line for line in lines if line["status"] == "unchanged"]
    # A manuscript that was written but not yet recorded in the manifest is built again.
    assert done - 4 <= len(unchanged) <= done
    assert all(line["agrees"] for line in lines if line["status"] == "done")
    assert not list(out.rglob("*.part"))
    for path in out.glob("*.akn.xml"):
        etree.parse(path)


@pytest.mark.timeout(120)
def test_an_interrupted_run_ends_cleanly(tmp_path: Path) -> None:
    for k in range(200):
        paper(tmp_path / "in", f"p{k}.md")
    report, out = tmp_path / "report.jsonl", tmp_path / "out"
    # A shell that runs the tests in the background makes them and their child processes ignore SIGINT.
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from publish.cli.parser import run; sys.exit(run(sys.argv[1:]))"
    given = ("build", tmp_path / "in", "-j", 2, "-t", "akn", "-o", out, "--report", report)
    arguments = [sys.executable, "-c", code, *map(str, given)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.akn.xml"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped before the end" in said
    assert "Traceback" not in complained
    lines = report.read_text("utf-8").splitlines()
    assert 1 <= len(lines) < 200
    assert "stopped before the end" in report.with_suffix(".html").read_text("utf-8")


def test_folder_structure_is_kept_and_failures_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper(tmp_path / "in" / "2024", "a.md")
    paper(tmp_path / "in", "a.md")
    (tmp_path / "in" / "<b>.docx").write_bytes(b"no Word file")
    report = tmp_path / "report.jsonl"
    out = tmp_path / "in" / "out"
    given = ["build", str(tmp_path / "in"), "-t", "html", "-o", str(out), "--report", str(report)]
    assert main(given) == 1
    assert (out / "2024" / "a.html").is_file()
    assert (out / "a.html").is_file()
    told = capsys.readouterr()
    assert "2 done, 0 unchanged, 1 failed" in told.out
    assert "PUB-R048" in told.err
    page = report.with_suffix(".html").read_text("utf-8")
    assert "&lt;b&gt;.docx" in page
    assert "<b>.docx" not in page
    assert main(given) == 1
    assert "0 done, 2 unchanged, 1 failed" in capsys.readouterr().out


def test_list_file_selects_the_manuscripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = paper(tmp_path, "a.md"), paper(tmp_path, "b.md")
    names = tmp_path / "list.txt"
    names.write_text(f"# which\n{one}\n\n{other}\n", "utf-8")
    assert main(["build", "--from-list", str(names), "-t", "html", "-o", str(tmp_path / "out")]) == 0
    assert "2 done" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        ["--shard", "4/4"],
        ["--shard", "a"],
        ["-j", "-1"],
        ["--timeout", "-5"],
        ["--from-list", "/nowhere/list"],
    ],
)
def test_wrong_options_are_reported(given: list[str], tmp_path: Path) -> None:
    source = paper(tmp_path, "a.md")
    assert main(["build", str(source), "-t", "html", "-o", str(tmp_path / "out"), *given]) in {1, 2}
    assert not (tmp_path / "out").exists()


def test_manuscripts_with_the_same_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    one, other = paper(tmp_path / "x", "a.md"), paper(tmp_path / "y", "a.md")
    found: list[Outcome] = []
    asked = job("", ("html",), str(tmp_path / "out"))
    run(Batch(asked), [Task(str(one)), Task(str(other))], lambda: Processes(1, Limits()), found.append)
    assert sorted(codes(outcome) for outcome in found) == [[], ["PUB-C001"]]


# Selection of manuscripts


def test_files_that_are_not_manuscripts_are_skipped(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "b.docx",
        "sub/c.xml",
        ".hidden/d.md",
        "~$b.docx",
        "e.png",
        "out/f.md",
        "g.verify.json",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = list(tasks([str(tmp_path)], Shard(), tmp_path / "out"))
    assert [(Path(task.source).name, task.folder) for task in found] == [
        ("a.md", "."),
        ("b.docx", "."),
        ("c.xml", "sub"),
    ]
    pattern = [Path(task.source).name for task in tasks([f"{tmp_path}/**/*.xml"], Shard(), tmp_path / "out")]
    assert pattern == ["c.xml"]
    with pytest.raises(PublishError, match="File not found"):
        list(tasks([f"{tmp_path}/*.rtf"], Shard(), tmp_path))


def test_shards_contain_each_manuscript_once(tmp_path: Path) -> None:
    for k in range(40):
        (tmp_path / f"{k}.md").touch()
    whole = [task.source for task in tasks([str(tmp_path)], Shard(), Path("out"))]
    parts = [[t.source for t in tasks([str(tmp_path)], shard(f"{k}/3"), Path("out"))] for k in range(3)]
    assert sorted(name for part in parts for name in part) == sorted(whole)
    assert all(parts)


def test_memory_does_not_grow_with_the_number_of_manuscripts(tmp_path: Path) -> None:
    """Measure in a separate process, where nothing else uses memory."""
    source = paper(tmp_path, "a.md")

    def kept(count: int) -> int:
        words = [
            sys.executable,
            "-m",
            "tests.engine.memory",
            str(source),
            str(tmp_path / str(count)),
            str(count),
        ]
        return int(subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    # The limit of 250 bytes per manuscript allows for small caches, such as the names that pathlib interns.
    assert kept(8000) - kept(4000) < 4000 * 250
