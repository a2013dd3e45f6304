"""Each hostile package is rejected or reported by `ingest` or `deposit --check`, with little time and memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.deposit import fixity
from publish.deposit.write import deposit
from tests.conftest import SEED
from tests.deposit.conftest import request
from tests.deposit.test_forgery import CONFINED, FORGERIES, PUBLICATION, regenerate
from tests.security.hostile.files import SECRET, zipped
from tests.security.hostile.runner import run
from tests.security.hostile.test_files import assert_harmless, state

pytestmark = pytest.mark.timeout(300)

Change = Callable[[Path], object]


def forged(change: Change) -> Change:
    """Return the change, after which all digests are regenerated."""

    def forge(bag: Path) -> None:
        change(bag)
        regenerate(bag)

    return forge


def publication(suffix: str, data: bytes) -> Change:
    """Return a change that replaces a publication."""
    return forged(lambda bag: (bag / f"{PUBLICATION}.{suffix}").write_bytes(data))


LARGE = {
    "publication that unpacks to 300 MB": publication("docx", zipped({"word/document.xml": b"\0" * 300_000_000})),
    "publication with many elements": publication("html", b"<p>" + b"<b>x</b>" * 300_000),
    "publication with deep elements": publication("html", b"<div>" * 100_000),
    "publication with entities": publication(
        "akn.xml", b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x>" + b"&b;" * 50_000 + b"</x>"
    ),
    "publication that is empty": publication("pdf", b""),
    "manifest of many lines": lambda bag: (bag / "manifest-sha512.txt").write_text(f"{'0' * 128}  data/x\n" * 200_000),
    "manifest of one long line": lambda bag: (bag / "manifest-sha512.txt").write_text("0" * 5_000_000),
}  # fmt: skip
PACKAGES: dict[str, Change] = {
    **{f"forged: {name}": forged(change) for name, (change, _, _) in FORGERIES.items()},
    **{f"not confined: {name}": change for name, change in CONFINED.items()},
    **LARGE,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (name,) = deposit(request(SEED, tmp_path_factory.mktemp("deposit"), "bagit")).packages
    return Path(name)


@pytest.mark.parametrize("title", PACKAGES)
def test_hostile_package(title: str, package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    bag = folder / "bag"
    shutil.copytree(package, bag)
    shutil.copy(fixity.checksum_file(package), fixity.checksum_file(bag))
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "geheim.txt").write_text(SECRET)
    PACKAGES[title](bag)
    known = None if title.endswith(("pipe", "huge file")) else state(tmp_path)
    codes = []
    for words in (["ingest", "bag"], ["deposit", "--check", "bag"]):
        found = run(words, folder)
        assert_harmless(found, folder, known)
        codes.append(found.code)
    assert 1 in codes or 2 in codes
