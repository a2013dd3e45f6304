"""Test the names in `publish/__init__.py`: each one exists, is documented, and is imported only on use."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import publish


@pytest.mark.parametrize("name", publish.__all__)
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    thing = getattr(publish, name)
    assert inspect.getdoc(thing), f"publish.{name} has no docstring"


def test_unknown_name_raises_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        publish.nothing  # noqa: B018


def test_importing_publish_imports_no_other_packages() -> None:
    code = "import sys; before = set(sys.modules); import publish; print(sorted(m for m in set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ast.literal_eval(done.stdout)}
    assert loaded <= {"publish"} | set(sys.stdlib_module_names)


def test_read_resolve_write_and_verify_work_separately(seed: Path, tmp_path: Path) -> None:
    result = publish.read(seed)
    resolved = publish.resolve(result.document)
    output = publish.write(resolved.document, "epub")
    (tmp_path / "a.epub").write_bytes(output.data)
    (tmp_path / "a.html").write_bytes(publish.write(resolved.document, "html").data)
    report = publish.verify([tmp_path / "a.epub", str(tmp_path / "a.html")])
    assert report.agrees
    assert len(report.reference.notes) == 7


def test_writer_bug_is_reported_and_affects_only_its_format(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import publish.writers.epub.writer as epub

    monkeypatch.setattr(epub, "cut", lambda _: 1 / 0)
    result = publish.convert(seed, ["epub", "html"], tmp_path)
    assert [d.code for d in result.diagnostics] == ["PUB-W005"]
    assert [Path(f).name for f in result.files] == ["aanhangsel-1558.html"]
    assert not result.ok


def test_missing_source_raises_publish_error(tmp_path: Path) -> None:
    with pytest.raises(publish.PublishError, match="PUB-R001"):
        publish.convert(tmp_path / "weg.md")
