"""What an attacker can and cannot make publish say of a package.

The attacker can change everything in a package, and regenerates all digests, but has no key for a signature.
`docs/security.md` lists what he can do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from publish.cli.parser import run
from publish.deposit import fixity
from publish.deposit.reading import read
from publish.deposit.write import deposit
from tests.conftest import ROOT
from tests.deposit.conftest import Key, request

NAME = "ah-tk-20212022-1558"
PUBLICATION = f"data/publication/{NAME}"

Forge = Callable[[Path], None]


def regenerate(bag: Path) -> None:
    """Regenerate all manifests of a bag, and the list of digests next to it."""
    held = {path: data for path, data in read(bag).items() if "manifest-sha512" not in path}
    payload = {path: data for path, data in held.items() if path.startswith("data/")}
    size = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    info = re.sub("Payload-Oxum: .*", size, held["bag-info.txt"].decode())
    tags = {path: data for path, data in held.items() if path not in payload} | {
        "bag-info.txt": info.encode()
    }
    (bag / "bag-info.txt").write_text(info)
    tags["manifest-sha512.txt"] = digests(payload)
    (bag / "manifest-sha512.txt").write_bytes(tags["manifest-sha512.txt"])
    (bag / "tagmanifest-sha512.txt").write_bytes(digests(tags))
    fixity.checksum_file(bag).write_bytes(fixity.manifest(read(bag)))


def digests(files: dict[str, bytes]) -> bytes:
    """Return the lines of a manifest."""
    return "".join(f"{hashlib.sha512(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode()


@pytest.fixture
def bag(packages: dict[str, Path], tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    shutil.copytree(packages["bagit"], folder)
    shutil.copy(fixity.checksum_file(packages["bagit"]), fixity.checksum_file(folder))
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(list(words))
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    return code, shown.out + shown.err


def change_html(bag: Path) -> None:
    path = bag / f"{PUBLICATION}.html"
    path.write_bytes(path.read_bytes().replace(b"slachtoffers", b"daders"))


def with_good_copy(name: str, folder: str) -> Forge:
    """Forge a publication, and put a good copy at another path."""

    def forge(bag: Path) -> None:
        good = bag / f"{PUBLICATION}.{name}"
        (bag / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(good, bag / folder / good.name)
        good.write_bytes(good.read_bytes().replace(b"slachtoffers", b"daders") + b"\n<!-- -->")

    return forge


def without(name: str) -> Forge:
    return lambda bag: (bag / f"data/{name}").unlink()


def edited(name: str, change: Callable[[dict[str, object]], None]) -> Forge:
    """Change a JSON file of the package."""

    def forge(bag: Path) -> None:
        (path,) = bag.rglob(name)
        value = json.loads(path.read_bytes())
        change(value)
        path.write_text(json.dumps(value))

    return forge


def second(name: str) -> Forge:
    """Add a second file with a name that the package already has."""

    def forge(bag: Path) -> None:
        (path,) = bag.rglob(name)
        (bag / "data/zz").mkdir()
        shutil.copy(path, bag / "data/zz" / name)

    return forge


def unlisted(bag: Path) -> None:
    shutil.copy(bag / f"{PUBLICATION}.html", bag / "data/publication/extra.html")


def hide_from_proof(bag: Path) -> None:
    """Forge a publication, and remove it from the proof."""
    change_html(bag)
    edited("verify.json", lambda v: v.update(files=[f for f in v["files"] if f["format"] != "html"]))(bag)  # type: ignore[attr-defined]


def rename_to_upper_case(bag: Path) -> None:
    shutil.copy(bag / f"{PUBLICATION}.html", bag / f"data/publication/{NAME.upper()}.HTML")


def call_signed(suffix: str) -> Forge:
    """Return a forge that continues a publication, and names it among the signed files."""

    def forge(bag: Path) -> None:
        with (bag / f"{PUBLICATION}.{suffix}").open("ab") as stream:
            stream.write(b"<script>alert(1)</script>\n")
        edited("deposit.json", lambda v: v.update(signed=[f"{NAME}.{suffix}"]))(bag)

    return forge


FORGERIES: dict[str, tuple[Forge, str, str]] = {
    "changed publication": (change_html, "PUB-V008", "PUB-D008"),
    "good copy at another path": (with_good_copy("html", "data/zz"), "PUB-D013", "PUB-D013"),
    "good copy before it": (with_good_copy("html", "data/aa"), "PUB-D013", "PUB-D013"),
    "good copy in a tag folder": (with_good_copy("html", "extra"), "PUB-D013", "PUB-D013"),
    "good copy of the Word file": (with_good_copy("docx", "data/zz"), "PUB-D013", "PUB-D013"),
    "second proof": (second("verify.json"), "PUB-D013", "PUB-D013"),
    "second record": (second("deposit.json"), "PUB-D013", "PUB-D013"),
    "second manuscript": (second("source-aanhangsel-1558.md"), "", "PUB-D013"),
    "publication removed": (without(f"publication/{NAME}.html"), "PUB-D004", "PUB-D004"),
    "unlisted publication": (unlisted, "PUB-D014", "PUB-D014"),
    "other case": (rename_to_upper_case, "PUB-D014", "PUB-D014"),
    "script after a file that the record calls signed": (call_signed("html"), "PUB-V040", "PUB-D008"),
    "text after a PDF that the record calls signed": (call_signed("pdf"), "PUB-D014", "PUB-D008"),
    "publication hidden from the proof": (hide_from_proof, "PUB-D014", "PUB-D008"),
    "no proof": (without("metadata/verify.json"), "", "PUB-D008"),
    "damaged proof": (lambda bag: next(bag.rglob("verify.json")).write_text("{}") and None, "PUB-D004", "PUB-D008"),
    "proof with another note": (
        edited("verify.json", lambda v: v["reference"]["notes"][0].update(text="anders")),  # type: ignore[index]
        "PUB-V002",
        "PUB-D008",
    ),
    "proof with other digests": (
        edited("verify.json", lambda v: v["files"][0].update(sha256="0" * 64)),  # type: ignore[index]
        "PUB-D014",
        "",
    ),
    "record without publications": (edited("deposit.json", lambda v: v.update(publications=[])), "", "PUB-D003"),
    "record with an unknown publication": (
        edited("deposit.json", lambda v: v.update(publications=["x.html", *v["publications"][1:]])),  # type: ignore[misc]
        "",
        "PUB-D004",
    ),
    "list of files to fetch": (
        lambda bag: (bag / "fetch.txt").write_text("https://example.org/x 1 data/x\n") and None,
        "PUB-D004",
        "PUB-D004",
    ),
}  # fmt: skip
"""Forgeries, each with the code that `ingest` and `deposit --check` report; empty if the command cannot see it."""


@pytest.mark.parametrize("name", FORGERIES)
def test_forgery_is_found(name: str, bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forge, ingested, checked = FORGERIES[name]
    forge(bag)
    regenerate(bag)
    for code, command in ((ingested, ["ingest"]), (checked, ["deposit", "--check"])):
        result, shown = said(capsys, *command, str(bag))
        if code:
            assert result == 1, shown
            assert code in shown
        if name in {"changed publication", "good copy at another path", "publication removed"}:
            assert f"{NAME}.html rebuilt" not in shown


def test_payload_size_is_checked(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    info = bag / "bag-info.txt"
    text = info.read_text()
    info.write_text(text.replace("Payload-Oxum: ", "Payload-Oxum: 1"))
    tags = {path: data for path, data in read(bag).items() if not path.startswith(("data/", "tagmanifest"))}
    (bag / "tagmanifest-sha512.txt").write_bytes(digests(tags))
    fixity.checksum_file(bag).unlink()
    result, shown = said(capsys, "ingest", str(bag))
    assert result == 1
    assert "Payload-Oxum" in shown


def test_bag_without_a_manifest_is_not_complete(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bag / "manifest-sha512.txt").unlink()
    fixity.checksum_file(bag).unlink()
    result, shown = said(capsys, "ingest", str(bag))
    assert result == 1
    assert "INCOMPLETE" in shown


def test_what_was_not_compared_is_not_said_to_agree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "a.html").write_text("<p>Een bestand.</p>")
    bagit.make_bag(str(tmp_path / "bag"), {}, checksums=["sha512"])
    result, shown = said(capsys, "ingest", str(tmp_path / "bag"))
    assert result == 0
    assert "nothing was compared" in shown
    assert "agree" not in shown


def test_everything_consistent_can_be_forged_without_a_signature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who writes another paper and packs it makes a good package: only a signature says who made it."""
    source = tmp_path / "aanhangsel-1558.md"
    source.write_text(
        (ROOT / "examples" / "aanhangsel-1558.md").read_text().replace("slachtoffers", "daders")
    )
    (forged,) = deposit(request(source, tmp_path / "uit", "bagit")).packages
    assert said(capsys, "ingest", forged)[0] == 0
    assert said(capsys, "deposit", "--check", forged)[0] == 0


@pytest.mark.parametrize("removed", ["", "digests"])
def test_a_signature_shows_every_forgery(
    removed: str, key: Key, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = request(
        ROOT / "examples" / "brief.md",
        tmp_path,
        "bagit",
        certificate=str(key.certificate),
        passphrase=str(key.passphrase),
    )
    (name,) = deposit(asked).packages
    folder = Path(name)
    assert said(capsys, "ingest", name)[0] == 0
    (html,) = folder.rglob("*.html")
    html.write_bytes(html.read_bytes() + b"\n")
    regenerate(folder)
    if removed:
        fixity.checksum_file(folder).unlink()
    result, shown = said(capsys, "ingest", name)
    assert result == 1
    assert "PUB-D007" in shown


# Confinement


def link(place: str, target: str) -> Forge:
    def forge(bag: Path) -> None:
        (bag / place).parent.mkdir(parents=True, exist_ok=True)
        (bag / place).unlink(missing_ok=True)
        (bag / place).symlink_to(target)

    return forge


def record(**changes: object) -> Forge:
    """Change the request in the record of a package."""
    return edited("deposit.json", lambda v: v["request"].update(changes))  # type: ignore[attr-defined]


def options(**changes: dict[str, str]) -> Forge:
    return edited("deposit.json", lambda v: v["request"].setdefault("options", {}).update(changes))  # type: ignore[attr-defined]


def sparse(bag: Path) -> None:
    with (bag / "data/veel").open("wb") as stream:
        stream.truncate(3_000_000_000)


CONFINED: dict[str, Forge] = {
    "link to a file": link("data/x", "/etc/passwd"),
    "link to a folder": link("data/x", "/etc"),
    "link to itself": link("data/x", "x"),
    "link up": link("data/x", ".."),
    "link inside": link("data/x.html", f"publication/{NAME}.html"),
    "link that leads nowhere": link("data/x", "/nergens"),
    "manifest is a link": link("manifest-sha512.txt", "/etc/passwd"),
    "publication is a link": link(f"{PUBLICATION}.html", "/dev/zero"),
    "pipe": lambda bag: os.mkfifo(bag / "data/pijp"),
    "huge file": sparse,
    "many files": lambda bag: [(bag / f"data/{k}").touch() for k in range(20_100)] and None,
    "absolute source": record(source="/etc/passwd"),
    "source above": record(source="../../geheim.txt"),
    "absolute style": record(style="/etc"),
    "style above": record(style="../../geheim"),
    "style in the home folder": record(style="~/x"),
    "remote style": record(style="http://127.0.0.1:1/x"),
    "jurisdiction is a device": options(akn={"jurisdiction": "/dev/zero"}),
    "jurisdiction outside": options(akn={"jurisdiction": "/etc/passwd"}),
    "template outside": options(docx={"template": "/etc/passwd"}),
    "files with absolute paths": edited("deposit.json", lambda v: v["files"].update({"/x": "verify.json"})),  # type: ignore[attr-defined]
    "files above": edited("deposit.json", lambda v: v["files"].update({"../x": "verify.json"})),  # type: ignore[attr-defined]
    "file without a name": edited("deposit.json", lambda v: v["files"].update({"": "verify.json"})),  # type: ignore[attr-defined]
    "unknown format": record(formats=["nergens"]),
    "unknown setting": record(nergens=1),
    "wrong type": record(formats=1),
    "record is a list": lambda bag: next(bag.rglob("deposit.json")).write_text("[]") and None,
    "record is nested deeply": lambda bag: next(bag.rglob("deposit.json")).write_text("[" * 100_000) and None,
    "record is not UTF-8": lambda bag: next(bag.rglob("deposit.json")).write_bytes(b"\xff\xfe{}") and None,
    "newer version": edited("deposit.json", lambda v: v.update(version=99)),
}  # fmt: skip
"""Packages that reach outside their folder, are too large, or have a record that nothing can be made from."""


@pytest.mark.parametrize("name", CONFINED)
def test_package_is_confined(name: str, bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    canary = bag.parent / "geheim.txt"
    canary.write_text("geheim-woord")
    CONFINED[name](bag)
    for command in (["ingest"], ["deposit", "--check"]):
        result, shown = said(capsys, *command, str(bag))
        assert result in {1, 2}, shown
        if name.startswith("link"):
            assert "PUB-D012" in shown
        assert "root:" not in shown
        assert "geheim-woord" not in shown
    assert canary.read_text() == "geheim-woord"
    assert sorted(p.name for p in bag.parent.iterdir()) == ["bag", "bag.sha256", "geheim.txt"]


@pytest.mark.parametrize(
    "changes", [{"max_megabytes": 10**9, "seconds": 10**9}, {"verify": False}, {"output": "/uit"}]
)
def test_record_loosens_no_limit(changes: dict[str, object], bag: Path) -> None:
    from publish.deposit import recipe

    record(**changes)(bag)
    made = recipe.from_json(next(bag.rglob("deposit.json")).read_bytes())
    asked = recipe.request_of(made, "/a", "/b")
    assert (asked.max_megabytes, asked.seconds, asked.verify, asked.output) == (200, 60, True, "/b")
