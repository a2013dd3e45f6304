"""Test codes that depend on the machine, an output or a package; a manuscript alone does not cause them."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest

import publish
from publish.deposit import fixity, recipe
from publish.deposit.formats import identify
from publish.deposit.intake import ingest
from publish.deposit.reproduce import check
from publish.deposit.validators import validated
from publish.deposit.write import deposit
from publish.diagnostics import PublishError
from publish.engine.batch.job_failure import JobFailure, outcome
from publish.engine.batch.work import Done
from publish.request import Limits
from publish.verify.extractors.registry import extract
from publish.writers.zipped import zipped
from tests.conftest import SEED
from tests.deposit.conftest import request
from tests.support import codes

PAPER = b"---\ntitle: T\nlang: nl\n---\n\nTekst[^1].\n\n[^1]: Noot.\n"


def test_a_cancelled_job_is_reported() -> None:
    future: Future[Done] = Future()
    future.cancel()
    with pytest.raises(JobFailure) as caught:
        outcome(future, "a.md", Limits())
    assert caught.value.diagnostic.code == "PUB-B004"
    assert not caught.value.again


def test_missing_python_package_has_a_hint_with_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygfried", None)
    with pytest.raises(PublishError) as caught:
        identify({"a.pdf": b"%PDF-1.7"})
    (found,) = caught.value.diagnostics
    assert found.code == "PUB-D002"
    assert "publish.bootstrap add deposit" in found.hint


def test_a_validator_that_rejects_a_file_stops_the_deposit(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if shutil.which("epubcheck", path=path) is None:
        pytest.skip("epubcheck is not installed")
    broken = tmp_path / "x.epub"
    broken.write_bytes(zipped({"mimetype": b"application/epub+zip"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path)
        with pytest.raises(PublishError, match=r"PUB-D005 epubcheck rejects x\.epub"):
            list(validated(broken, "x.epub", ""))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = deposit(request(SEED, tmp_path_factory.mktemp("out"), "mdto-sip"))
    return Path(found.packages[0])


def copied(package: Path, folder: Path) -> Path:
    shutil.copy(fixity.checksum_file(package), folder)
    shutil.copytree(package, folder / package.name)
    return folder / package.name


def changed(package: Path, suffix: str, old: bytes, new: bytes) -> None:
    (path,) = package.rglob(f"*{suffix}")
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def test_metadata_with_another_format_than_the_file_is_reported(package: Path, tmp_path: Path) -> None:
    mine = copied(package, tmp_path)
    changed(mine, ".epub.bestand.mdto.xml", b"fmt/483", b"fmt/18")
    assert "PUB-D009" not in codes(ingest(package).diagnostics)
    assert "PUB-D009" in codes(ingest(mine).diagnostics)


def test_reproduction_with_other_versions_is_reported(package: Path, tmp_path: Path) -> None:
    mine = copied(package, tmp_path)
    assert "PUB-D010" not in codes(check(package).diagnostics)
    (path,) = mine.rglob(recipe.NAME)
    stored = recipe.from_json(path.read_bytes())
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(stored, versions={"publish": "0.0.1"})))
    assert "PUB-D010" in codes(check(mine).diagnostics)


def test_the_same_content_in_other_bytes_is_reported(package: Path, tmp_path: Path) -> None:
    mine = copied(package, tmp_path)
    (path,) = mine.rglob("*.epub")
    path.write_bytes(with_less_compression(path.read_bytes()))
    assert codes(check(mine).diagnostics) == ["PUB-D004", "PUB-D011"]


def with_less_compression(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item), item.compress_type, 1)
    return out.getvalue()


def test_a_file_of_another_type_cannot_be_verified(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tekst", "utf-8")
    with pytest.raises(PublishError, match="PUB-V013 Cannot compare files of this type"):
        extract(path)


def test_images_outside_an_official_publication_are_reported(tmp_path: Path) -> None:
    pixel = tmp_path / "a.svg"
    pixel.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    paper = PAPER + b"\n![Een vierkant](a.svg)\n"
    made = publish.convert(paper, ["op"], output=None, folder=str(tmp_path), style="kamerstuk").outputs["op"]
    assert "PUB-W012" in codes(made.diagnostics)
