"""The Python API in threads: it writes the same bytes as in one thread, and does not change the process state."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent import futures
from pathlib import Path

import pytest

import publish
from tests.conftest import ROOT

SOURCES = (
    ROOT / "tests/cases/threads/long.md",
    ROOT / "examples/rapport.md",
    ROOT / "examples/aanhangsel-1558.md",
)
FORMATS = ("pdf", "docx", "epub", "akn", "html", "odt")


def made(source: Path, form: str) -> bytes:
    return publish.convert(source, [form], output=None).outputs[form].data


def test_four_threads_write_the_same_bytes_as_one() -> None:
    tasks = [(source, form) for source in SOURCES for form in FORMATS] * 2
    alone = {task: made(*task) for task in tasks[: len(tasks) // 2]}
    real, streams, environment, umask = (
        sys.stdout,
        (sys.stdout, sys.stderr, sys.stdin),
        dict(os.environ),
        _umask(),
    )
    with futures.ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda task: made(*task), tasks))
    assert [task for task, data in zip(tasks, together, strict=True) if data != alone[task]] == []
    assert sys.stdout is real
    assert (sys.stdout, sys.stderr, sys.stdin) == streams
    assert dict(os.environ) == environment
    assert _umask() == umask


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


CODE = """
import concurrent.futures as futures, os, sys, threading, time
import publish
sources = sys.argv[1:]
real, before = sys.stdout, dict(os.environ)
stop, seen = threading.Event(), []
def watch():
    while not stop.is_set():
        time.sleep(0.001)
        if sys.stdout is not real or dict(os.environ) != before:
            seen.append(1)
watcher = threading.Thread(target=watch)
watcher.start()
with futures.ThreadPoolExecutor(4) as pool:
    tasks = [(s, f) for s in sources for f in ("pdf", "html", "docx")]
    for made in pool.map(lambda task: publish.convert(task[0], [task[1]], output=None), tasks):
        assert made.report.agrees, made.report.findings
stop.set()
watcher.join()
print("changed" if seen else "unchanged")
"""


def test_first_use_in_threads_keeps_streams_and_environment() -> None:
    """Run in a separate process, because WeasyPrint must be imported while other threads run."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, *map(str, SOURCES)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "unchanged\n"


@pytest.mark.parametrize("value", [3, None, ["a.md"], object()])
def test_manuscript_of_wrong_type_raises_type_error(value: object) -> None:
    for function in (publish.read, publish.prepare, publish.convert):
        with pytest.raises(TypeError, match="expected a path, bytes or a binary stream"):
            function(value)  # type: ignore[operator]
    with pytest.raises(TypeError):
        publish.diff(value, value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        publish.verify([value])  # type: ignore[list-item]


def test_arguments_of_wrong_type_raise_type_error(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("Tekst.\n")
    with pytest.raises(TypeError, match="unexpected keyword argument 'stile'"):
        publish.convert(source, stile="base")
    with pytest.raises(TypeError, match="style"):
        publish.convert(source, style=3)
    with pytest.raises(TypeError):
        publish.write("a", "html")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        publish.write(publish.prepare(source), 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        publish.resolve(source)  # type: ignore[arg-type]
    with source.open(encoding="utf-8") as stream, pytest.raises(TypeError, match="'rb'"):
        publish.read(stream)  # type: ignore[arg-type]
    with pytest.raises(publish.PublishError, match="PUB-C001"):
        publish.convert(source, track_changes="sometimes")


def test_path_bytes_and_stream_give_the_same_publications(seed: Path) -> None:
    data = seed.read_bytes()
    wanted = publish.convert(seed, ["html", "docx", "epub"], output=None)
    with seed.open("rb") as stream:
        streamed = publish.convert(stream, ["html", "docx", "epub"], output=None)
    named = publish.convert(data, ["html", "docx", "epub"], output=None, name="aanhangsel-1558.md")
    nameless = publish.convert(data, ["html", "docx", "epub"], output=None)
    for other in (streamed, named, nameless):
        assert other.report is not None
        assert other.report.agrees
        assert other.report.files[0].notes == 7
    assert {k: v.data for k, v in named.outputs.items()} == {k: v.data for k, v in wanted.outputs.items()}
    files = [output.data for output in wanted.outputs.values()]
    report = publish.verify(files)
    assert report.agrees
    assert [file.format for file in report.files] == ["html", "docx", "epub"]
    assert not publish.diff(data, seed)
    assert publish.diff(data.replace(b"Actielijn 4", b"Actielijn 5"), seed)


def test_word_file_without_a_name_is_recognised(seed: Path) -> None:
    docx = publish.convert(seed, ["docx"], output=None).outputs["docx"].data
    assert len(publish.prepare(docx).numbered.notes) == 7


def test_images_of_a_manuscript_in_bytes_need_a_folder(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    text = b"![Beeld](a.png)\n"
    assert [d.code for d in publish.read(text).diagnostics] == ["PUB-R012"]
    assert publish.read(text, folder=tmp_path).diagnostics == ()
