"""Test the command line: results, exit codes, errors, and the files that remain."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from publish.__main__ import command

FORMATS = ("pdf", "docx", "epub", "akn.xml", "html")


def publish(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, check=False, timeout=120)


def run(*arguments: str) -> int:
    return command([*arguments])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    seed = Path(__file__).parents[2] / "examples" / "aanhangsel-1558.md"
    done = publish("build", str(seed), "-o", str(folder), SOURCE_DATE_EPOCH="1643846400")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert (
        done.stdout.splitlines()[-1] == "7 notes × 5 formats agree; 2,043 of 2,043 source words accounted for"
    )
    return folder


def test_build_writes_all_formats_and_a_verification_report(built: Path) -> None:
    names = {f"aanhangsel-1558.{suffix}" for suffix in (*FORMATS, "verify.json")}
    assert {path.name for path in built.iterdir()} == names
    proof = json.loads((built / "aanhangsel-1558.verify.json").read_text())
    assert len(proof["reference"]["notes"]) == 7
    assert proof["findings"] == []
    assert str(built) not in (built / "aanhangsel-1558.verify.json").read_text()


def test_verify_prints_a_row_per_note_and_a_column_per_format(built: Path) -> None:
    done = publish("verify", *(str(built / f"aanhangsel-1558.{s}") for s in FORMATS))
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert len(rows) == 1 + 7 + 1
    assert all(row[1:] == ["="] * 5 for row in rows[1:])


def test_verify_accepts_the_manuscript_and_prints_json(built: Path, seed: Path) -> None:
    files = [str(built / f"aanhangsel-1558.{s}") for s in FORMATS]
    assert publish("verify", "--source", str(seed), *files).returncode == 0
    done = publish("verify", "--json", *files)
    report = json.loads(done.stdout)
    assert [len(f["sha256"]) for f in report["files"]] == [64] * 5


def test_output_can_be_a_file_name_for_one_source_and_one_format(seed: Path, tmp_path: Path) -> None:
    done = publish("build", str(seed), "-t", "html", "-o", str(tmp_path / "sub" / "naam.html"))
    assert done.returncode == 0
    assert [p.name for p in (tmp_path / "sub").iterdir()] == ["naam.html"]


def test_two_runs_give_the_same_bytes(built: Path, seed: Path, tmp_path: Path) -> None:
    done = publish(
        "build",
        str(seed),
        "-o",
        str(tmp_path),
        SOURCE_DATE_EPOCH="1643846400",
        PYTHONHASHSEED="7",
        TZ="Asia/Tokyo",
    )
    assert done.returncode == 0
    for path in built.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def bad_inputs(tmp_path: Path) -> dict[str, tuple[list[str], int, str]]:
    (tmp_path / "leeg.md").write_bytes(b"")
    (tmp_path / "latin.md").write_bytes("één".encode("latin-1"))
    (tmp_path / "kop.md").write_text("---\ntitle: [\n---\n\ntekst\n")
    (tmp_path / "goed.md").write_text("# Titel\n\nTekst.\n")
    (tmp_path / "map.md").mkdir()
    (tmp_path / "vreemd.xyz").write_text("tekst")
    (tmp_path / "stijl.toml").write_text('extends = "base"\nname = "x"\nkleur = 1\n')
    (tmp_path / "kapot.toml").write_text("name = \n")
    (tmp_path / "bestand").write_text("")
    good = str(tmp_path / "goed.md")
    return {
        "missing": (["build", str(tmp_path / "weg.md")], 1, "PUB-R001"),
        "folder": (["build", str(tmp_path / "map.md")], 1, "PUB-R002"),
        "empty": (["build", str(tmp_path / "leeg.md")], 1, "PUB-R003"),
        "not UTF-8": (["build", str(tmp_path / "latin.md")], 1, "PUB-R004"),
        "front matter": (["build", str(tmp_path / "kop.md")], 1, "PUB-R005"),
        "kind": (["build", str(tmp_path / "vreemd.xyz")], 2, "PUB-R007"),
        "style": (["build", good, "--style", "geen"], 2, "PUB-S001"),
        "style token": (["build", good, "--style", str(tmp_path / "stijl.toml")], 2, "PUB-S002"),
        "style syntax": (["build", good, "--style", str(tmp_path / "kapot.toml")], 2, "PUB-S002"),
        "profile": (["build", good, "--profile", "geen"], 2, "PUB-C001"),
        "format": (["build", good, "-t", "odf"], 2, "PUB-W003"),
        "output under a file": (["build", good, "-t", "html", "-o", str(tmp_path / "bestand" / "map")], 1, "PUB-W001"),
        "twice": (["build", good, good], 2, "PUB-C001"),
        "verify nothing": (["verify", str(tmp_path / "weg.pdf")], 1, "PUB-V009"),
        "explain": (["explain", "PUB-Q999"], 2, "PUB-C001"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["missing", "folder", "empty", "not UTF-8", "front matter", "kind", "style", "style token", "style syntax", "profile",
     "format", "output under a file", "twice", "verify nothing", "explain"],
)  # fmt: skip
def test_bad_input_gives_one_error_and_an_exit_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, code, expected = bad_inputs(tmp_path)[name]
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == code
    err = capsys.readouterr().err
    assert len(re.findall(r"error: PUB-", err)) == 1
    assert expected in err
    assert "Traceback" not in err
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("arguments", [[], ["bouw"], ["build"], ["build", "x.md", "--nee"], ["schema", "x"]])
def test_wrong_usage_returns_exit_code_2(arguments: list[str]) -> None:
    done = publish(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "usage" in done.stderr


def test_existing_output_is_unchanged_if_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("Tekst.\n")
    (tmp_path / "a.html").write_text("oud")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("build", str(tmp_path / "a.md"), "-t", "html", "-o", str(tmp_path)) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert (tmp_path / "a.html").read_text() == "oud"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "a.md"]


@pytest.mark.skipif(
    not Path("/dev/full").exists() or os.geteuid() != 0, reason="needs root to mount a small disk"
)
def test_existing_output_is_unchanged_if_the_disk_is_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("cannot mount a disk on this machine")
    try:
        (disk / "a.html").write_text("oud")
        source = tmp_path / "a.md"
        source.write_text("Een lange tekst. " * 4000)
        done = publish("build", str(source), "-t", "html", "-o", str(disk))
        assert done.returncode == 1
        assert "PUB-W001" in done.stderr
        assert "No space left" in done.stderr
        assert (disk / "a.html").read_text() == "oud"
        assert [p.name for p in disk.iterdir()] == ["a.html"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_manuscript_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text('{"metadata":{},"blocks":[]}')
    done = publish("build", str(source), "-t", "json", "-o", str(tmp_path))
    assert done.returncode == 1
    assert "PUB-W001" in done.stderr
    assert source.read_text() == '{"metadata":{},"blocks":[]}'


def test_a_document_with_an_error_is_still_published(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: nl\n---\n# T\n\nTekst[^weg].\n")
    done = publish("build", str(tmp_path / "a.md"), "-t", "html", "-o", str(tmp_path))
    assert done.returncode == 1
    assert re.search(r"a\.md:6:6: error: PUB-N001 Note not defined: 'weg'", done.stderr)
    assert "Tekst[^weg]." in (tmp_path / "a.html").read_text()


def test_check_prints_text_json_and_sarif(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T\n\nTekst[^weg].\n")
    text = publish("check", str(path))
    assert text.returncode == 1
    assert f"{path}:3:6: error: PUB-N001" in text.stderr
    assert "    3 | Tekst[^weg].\n      |      ^^^^^^" in text.stderr
    (found,) = [
        d
        for d in json.loads(publish("check", "--format", "json", str(path)).stdout)
        if d["code"] == "PUB-N001"
    ]
    assert found["span"][:2] == [3, 6]
    log = json.loads(publish("check", "--format", "sarif", str(path)).stdout)
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "PUB-N001")
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 6


def test_quiet_prints_only_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Tekst.\n\n[^ongebruikt]: x\n")
    done = publish("build", "-q", str(path), "-t", "html", "-o", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_settings_are_read_from_file_environment_and_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: nl\ntitle: T\n---\nTekst.\n")
    (tmp_path / "publish.toml").write_text('formats = ["html", "akn"]\noutput = "uit"\n')
    assert publish("build", "a.md", cwd=tmp_path).returncode == 0
    assert {p.name for p in (tmp_path / "uit").iterdir()} == {"a.html", "a.akn.xml", "a.verify.json"}
    assert publish("build", "a.md", cwd=tmp_path, PUBLISH_OUTPUT="anders").returncode == 0
    assert (tmp_path / "anders" / "a.html").exists()
    (tmp_path / "publish.toml").write_text('formaten = ["html"]\n')
    done = publish("build", "a.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "formaten" in done.stderr


def test_information_commands_print_their_results(seed: Path) -> None:
    assert "note 7 [fn7] called 1×" in publish("inspect", str(seed)).stdout
    model = json.loads(publish("inspect", "--json", str(seed)).stdout)
    assert len(model["blocks"]) == 18
    assert "$defs" in json.loads(publish("schema").stdout)
    assert "$defs" in json.loads(publish("schema", "style").stdout)
    assert "PDF/A-2a" in publish("formats").stdout
    assert "aanhangsel" in publish("styles").stdout
    assert "How to fix it" in publish("explain", "PUB-N001").stdout


def test_a_document_in_json_can_be_published(seed: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.json").write_text(publish("inspect", "--json", str(seed)).stdout)
    done = publish("build", str(tmp_path / "paper.json"), "-t", "akn", "-t", "epub", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr


HEAVY = (
    "weasyprint", "docx", "ebooklib", "pypandoc", "lxml", "pdfminer", "pypdfium2", "pikepdf", "rich", "fontTools", "ssl",
    "typing_extensions", "importlib.metadata", "langcodes",
)  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check", "SEED"], ["formats"], ["explain", "PUB-N001"]]
)
def test_light_commands_import_no_heavy_library(arguments: list[str], seed: Path) -> None:
    arguments = [str(seed) if a == "SEED" else a for a in arguments]
    code = (
        "import sys\n"
        "from publish.__main__ import command\n"
        "code = command(sys.argv[1:])\n"
        f"loaded = [m for m in {HEAVY!r} if m in sys.modules]\n"
        "assert not loaded, loaded\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_only_the_parser(option: str) -> None:
    """Check the loaded modules, because they determine the start time; the benchmarks measure the time itself."""
    code = (
        f"import sys; before = set(sys.modules); from publish.cli.parser import run; run([{option!r}]); "
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert {name for name in loaded if name.startswith("publish")} == {
        "publish", "publish.cli", "publish.cli.arguments", "publish.cli.exits", "publish.cli.parser", "publish.terminal", "publish.version",
    }  # fmt: skip
    assert not {name.partition(".")[0] for name in loaded} & {
        "lxml",
        "msgspec",
        "rich",
        "weasyprint",
        "yaml",
        "importlib_metadata",
    }


def test_build_of_one_manuscript_does_not_load_the_batch_engine(tmp_path: Path) -> None:
    code = (
        "import sys; from publish.cli.parser import run; "
        f"run(['build', 'a.md', '-t', 'akn', '-o', {str(tmp_path)!r}, '--quiet']); "
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    (tmp_path / "a.md").write_text("Tekst.\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {
        "pebble",
        "sqlite3",
        "rich",
        "weasyprint",
        "docx",
        "ebooklib",
        "pypandoc",
        "fontTools",
    }
    assert "publish.engine.batch" not in done.stderr.split()


def test_python_api_works_in_python_dash_c(seed: Path, tmp_path: Path) -> None:
    code = f"import publish; publish.convert({str(seed)!r}, to=['pdf', 'docx'])"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
    assert {p.name for p in (tmp_path / "output").iterdir()} == {
        "aanhangsel-1558.pdf", "aanhangsel-1558.docx", "aanhangsel-1558.verify.json",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("formats", "output"),
    [(["-t", "pdf", "-t", "docx"], "one.pdf"), (["-t", "html"], "one.docx"), ([], "one.epub")],
)
def test_output_name_that_does_not_match_the_formats_is_rejected(
    formats: list[str], output: str, seed: Path, tmp_path: Path
) -> None:
    done = publish("build", str(seed), *formats, "-o", str(tmp_path / output))
    assert done.returncode == 2
    assert "PUB-C001" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_invalid_source_date_epoch_is_reported_once(seed: Path, tmp_path: Path) -> None:
    done = publish("build", str(seed), "-o", str(tmp_path), SOURCE_DATE_EPOCH="morgen")
    assert done.returncode == 2
    assert done.stderr.count("PUB-C001") == 1


def test_help_lists_all_commands() -> None:
    from publish.cli.arguments import COMMANDS
    from publish.cli.parser import HELP

    told = HELP.read_text("utf-8").partition("commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in told.splitlines()] == list(COMMANDS)
