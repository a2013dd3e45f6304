"""What is fuzzed: readers, writers, extractors, packages, and the loaders of styles, jurisdictions and settings."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random

import msgspec

import publish
from publish.akn.jurisdictions.load import load as load_jurisdiction
from publish.deposit.intake import ingest
from publish.deposit.reproduce import check
from publish.engine.reading import read
from publish.engine.settings import load as load_settings
from publish.request import Request
from publish.resolve import resolve
from publish.storage import Named
from publish.style import load_style
from publish.verify import verify
from publish.verify.report import from_json
from tests.conftest import ROOT, SEED
from tests.fuzz.damage import damaged
from tests.fuzz.seeds import READERS, seeds

Target = Callable[[Random, Path], Path]
"""A function that damages a file in a folder, reads it, and returns its path."""

FORMATS = ("html", "docx", "epub", "odt", "akn", "op", "pdf")
"""Formats whose extractors are fuzzed."""

TEXT_FORMATS = ("html", "docx", "epub", "odt", "akn", "op", "markdown", "json")
"""Formats that are written from damaged models; a PDF takes too long."""


def _reader(reader: str, rng: Random, folder: Path) -> Path:
    path = _damaged(*rng.choice(seeds(reader)), rng, folder)
    resolve(read(Request(source=str(path), reader=reader)).document)
    return path


def _writers(rng: Random, folder: Path) -> Path:
    """Write a damaged model in every text format, and read each file back."""
    path = _damaged(*rng.choice(seeds("json")), rng, folder)
    publish.convert(path, TEXT_FORMATS, None)
    return path


def _extractor(form: str, rng: Random, folder: Path) -> Path:
    name, data = rng.choice(_outputs(form))
    path = _damaged(name, data, rng, folder)
    verify([Named(str(path), path.read_bytes())])
    return path


def _package(rng: Random, folder: Path) -> Path:
    """Damage one file of a package; regenerate no digests, because the package is checked beyond the first fault."""
    place = folder / "package"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(_packed(rng.choice(("bagit", "mdto-sip", "eark", "ro-crate"))), place)
    files = sorted(path for path in place.rglob("*") if path.is_file() and path.stat().st_size < 200_000)
    chosen = rng.choice(files)
    chosen.write_bytes(damaged(chosen.name, chosen.read_bytes(), rng))
    ingest(place)
    if chosen.name == "deposit.json":
        check(place)
    return chosen


def _proof(rng: Random, folder: Path) -> Path:
    data = next(_packed("bagit").rglob("verify.json")).read_bytes()
    path = _damaged("verify.json", data, rng, folder)
    with contextlib.suppress(msgspec.MsgspecError):
        from_json(path.read_bytes())
    return path


def _style(rng: Random, folder: Path) -> Path:
    name = rng.choice(("rapport", "kamerstuk", "base"))
    path = _damaged("style.toml", (ROOT / "styles" / name / "style.toml").read_bytes(), rng, folder)
    load_style(str(path))
    return path


def _jurisdiction(rng: Random, folder: Path) -> Path:
    data = (ROOT / "publish/akn/jurisdictions/nl.toml").read_bytes()
    path = _damaged("nl.toml", data, rng, folder)
    load_jurisdiction(str(path))
    return path


def _settings(rng: Random, folder: Path) -> Path:
    text = 'style = "rapport"\nseconds = 9\nformats = ["pdf"]\n[pdf]\nvariant = "2b"\n[deposit]\nwaardering = "B"\n'
    path = _damaged("publish.toml", text.encode(), rng, folder)
    (folder / "publish.toml").write_bytes(path.read_bytes())
    load_settings(folder)
    return path


TARGETS: dict[str, Target] = {
    **{name: partial(_reader, name) for name in READERS},
    **{f"verify-{name}": partial(_extractor, name) for name in FORMATS},
    "writers": _writers,
    "package": _package,
    "proof": _proof,
    "style": _style,
    "jurisdiction": _jurisdiction,
    "settings": _settings,
}


def _damaged(name: str, data: bytes, rng: Random, folder: Path) -> Path:
    path = folder / f"damaged{''.join(Path(name).suffixes)}"
    path.write_bytes(damaged(name, data, rng))
    return path


@cache
def _outputs(form: str) -> tuple[tuple[str, bytes], ...]:
    papers = (ROOT / "tests" / "golden" / "notes.md", SEED)
    found = (publish.convert(paper, [form], None, verify=False).outputs for paper in papers)
    suffix = {"akn": ".akn.xml", "op": ".op.xml"}.get(form, f".{form}")
    return tuple((f"a{suffix}", output.data) for outputs in found for output in outputs.values())


@cache
def _packed(kind: str) -> Path:
    from publish.deposit.write import deposit
    from tests.deposit.conftest import request

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (name,) = deposit(request(SEED, folder, kind)).packages
    return Path(name)
