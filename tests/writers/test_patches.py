"""Patches of WeasyPrint: the table is complete, each patch is applied, and other releases are rejected."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from functools import reduce
from pathlib import Path
from types import SimpleNamespace

import pytest

from publish.writers.pdf import library, loading, patches
from publish.writers.pdf.patching import EngineChangedError
from tests.conftest import ROOT


def found(target: str) -> object:
    """Return the object with a dotted name."""
    parts = target.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        return reduce(getattr, parts[length:], module)
    raise AssertionError(target)


AT_LOAD = [patch for patch in patches.PATCHES if patch.apply is not None]


@pytest.mark.parametrize("patch", patches.PATCHES, ids=lambda patch: patch.target)
def test_target_of_each_patch_exists(patch: patches.Patch) -> None:
    with library.exclusive():
        loading.load()
    found(patch.target)
    assert patch.why.endswith(".")


@pytest.mark.parametrize("patch", AT_LOAD, ids=lambda patch: patch.target)
def test_each_patch_is_applied(patch: patches.Patch) -> None:
    """Compare the target before and after publish loads WeasyPrint, in a separate process."""
    code = f"""
import importlib, sys
sys.path.insert(0, {str(ROOT)!r})
import weasyprint, PIL.ImageFile, pydyf
from tests.writers.test_patches import found
before = found({patch.target!r})
from publish.writers.pdf import library, loading
with library.exclusive():
    loading.load()
assert found({patch.target!r}) != before
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_other_weasyprint_release_is_rejected() -> None:
    """If this fails, WeasyPrint was upgraded: read publish/writers/pdf/patches.py before changing the pin."""
    with library.exclusive():
        assert loading.load().__version__ == patches.PINNED
    with pytest.raises(EngineChangedError, match=r"71\.0 is installed"):
        patches.apply_all(SimpleNamespace(__version__="71.0"))  # type: ignore[arg-type]


def test_changed_weasyprint_source_is_rejected() -> None:
    with library.exclusive():
        loading.load()
        importlib.reload(sys.modules["weasyprint.layout.block"])
        patches._keep_notes_on_their_page()
        with pytest.raises(EngineChangedError):
            patches._keep_notes_on_their_page()  # the source already contains the condition


def test_table_contains_all_patches() -> None:
    """Check that the table has every assignment to a name of another package in the PDF writer."""
    folder = Path(patches.__file__).parent
    text = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    assigned = re.findall(
        r"^    (?:block|text|LayoutContext|engine_tags|pydyf\.PDF|ImageFile|line_break|fonts)\.(\w+) = ",
        text,
        re.MULTILINE,
    )
    known = {patch.target.rpartition(".")[2] for patch in patches.PATCHES}
    own = {"_config", "font_map", "_folder", "in_table"}  # of a new object, or set during one layout
    assert set(assigned) - own <= known
    assert known & set(assigned)


def test_documentation_lists_every_patch() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert [patch.target for patch in patches.PATCHES if f"`{patch.target}`" not in text] == []
