"""Each hostile file gives its exit code and codes, changes nothing outside its output, and needs little time and memory."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.security.hostile.active import active
from tests.security.hostile.files import FILES, SECRET, Hostile, png, zipped
from tests.security.hostile.runner import Outcome, run

pytestmark = pytest.mark.timeout(300)

FORMATS = ("html", "docx", "epub", "akn")
MEGABYTES = 1000
CPU_SECONDS = 40


def state(folder: Path) -> dict[str, str]:
    """Return the digest of each file in a folder, except the output."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "uit" not in path.parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a folder below files that no publication may show."""
    (tmp_path / "secret.txt").write_text(f"{SECRET}\n")
    (tmp_path / "secret.png").write_bytes(png(1, 1, b"\0" * 4) + SECRET.encode())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    return folder


def content(path: Path) -> bytes:
    """Return the bytes of a file, with those of its members."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def placed(data: bytes, up: bytes) -> bytes:
    """Return a file in which `{up}` is the folder above, also in the members of an archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.replace(b"{up}", up)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > 1_000_000:
            return data
        members = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: member.replace(b"{up}", up) for name, member in members.items()}
    return data if changed == members else zipped(changed)


def assert_harmless(found: Outcome, folder: Path, before: dict[str, str] | None) -> None:
    """Check what holds after every command."""
    assert found.code in {0, 1, 2}, found.printed
    assert "Traceback" not in found.printed
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", found.printed)
    assert SECRET not in found.printed
    assert "root:x:" not in found.printed
    assert not found.network
    assert found.seconds < CPU_SECONDS
    assert found.megabytes < MEGABYTES
    assert before is None or state(folder.parent) == before
    assert not list(folder.parent.rglob("*.part"))


@pytest.mark.parametrize("title", FILES)
def test_hostile_file(title: str, office: Path) -> None:
    hostile: Hostile = FILES[title]
    (office / hostile.name).write_bytes(placed(hostile.data, str(office.parent).encode()))
    before = state(office.parent)
    words = [word for name in FORMATS for word in ("-t", name)]
    found = run(["build", hostile.name, *words, "-o", "uit", "--seconds", "10"], office)
    assert_harmless(found, office, before)
    outputs = (
        [path for path in (office / "uit").rglob("*") if path.is_file()] if (office / "uit").exists() else []
    )
    for path in outputs:
        data = content(path)
        assert SECRET.encode() not in data
        assert b"root:x:" not in data
        assert active(path) == []
    codes = set(re.findall(r"PUB-[A-Z]\d{3}", found.printed))
    written = {path.name.partition(".")[2] for path in outputs} & {"html", "docx", "epub", "akn.xml"}
    assert len(written) == (len(FORMATS) if hostile.published else 0), found.printed
    if hostile.codes:
        assert codes & hostile.codes, found.printed
    if not hostile.published:
        assert found.code in {1, 2}
