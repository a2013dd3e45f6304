"""Test packages: identical output, atomic writing, reproduction, and absence of the names of authors."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from msgspec.structs import replace

from publish.cli.parser import run as main
from publish.deposit import fixity, recipe
from publish.deposit.canonical import canonical
from publish.deposit.formats import identify
from publish.deposit.intake import ingest
from publish.deposit.names import Names, safe
from publish.deposit.packages import KINDS
from publish.deposit.reading import read
from publish.deposit.reproduce import check
from publish.deposit.signing import DETACHED, Signer
from publish.deposit.write import deposit, place_whole
from publish.diagnostics import PublishError
from publish.verify.report import from_json
from publish.verify.signatures import of_data, of_pdf
from publish.writers.zipped import zipped
from tests.conftest import ROOT, SHARED
from tests.deposit.conftest import VALUES, Key, request
from tests.deposit.conftest import packed as pack_all
from tests.support import codes

SEED = ROOT / "examples" / "aanhangsel-1558.md"
NAMES = [kind.name for kind in KINDS]
SETS = [word for name, value in VALUES.items() for word in ("--set", f"{name}={value}")]


def files(folder: Path) -> dict[str, bytes]:
    return read(folder)


def one(folder: Path, suffix: str) -> Path:
    (found,) = [path for path in folder.rglob(f"*{suffix}") if path.is_file()]
    return found


# Contents of a package


@pytest.mark.parametrize("kind", NAMES)
def test_package_contains_publication_source_proof_and_metadata(kind: str, packages: dict[str, Path]) -> None:
    held = {path.rpartition("/")[2] for path in files(packages[kind])}
    stem = "ah-tk-20212022-1558"
    assert {f"{stem}.{suffix}" for suffix in ("pdf", "docx", "odt", "epub", "akn.xml", "html")} <= held
    assert {"source-aanhangsel-1558.md", "model.json", "model.schema.json", "premis.xml"} <= held
    assert {
        "verify.json",
        "verify.schema.json",
        "digests.json",
        "deposit.json",
        "style-aanhangsel.toml",
    } <= held
    assert one(packages[kind], "source-aanhangsel-1558.md").read_bytes() == SEED.read_bytes()


@pytest.mark.parametrize("kind", NAMES)
def test_the_same_input_gives_the_same_package(kind: str, packages: dict[str, Path], tmp_path: Path) -> None:
    again = Path(deposit(request(SEED, tmp_path, kind)).packages[0])
    assert files(again) == files(packages[kind])
    assert fixity.checksum_file(again).read_bytes() == fixity.checksum_file(packages[kind]).read_bytes()


def test_proof_contains_the_observed_notes_of_each_file(packages: dict[str, Path]) -> None:
    proof = from_json(one(packages["bagit"], "verify.json").read_bytes())
    assert {file.format for file in proof.files} == {"pdf", "docx", "odt", "epub", "akn", "html"}
    for file in proof.files:
        assert [note.label for note in file.seen] == [str(k) for k in range(1, 8)]
        assert all(note.calls == 1 for note in file.seen)
        assert [note.text for note in file.seen] == [note.text for note in proof.files[1].seen]


def test_pronom_identifies_the_pdf_as_pdf_a(packages: dict[str, Path]) -> None:
    data = one(packages["eark"], ".pdf").read_bytes()
    assert identify({"a.pdf": data})["a.pdf"].puid == "fmt/476"


def test_premis_contains_the_events_and_their_outcomes(packages: dict[str, Path]) -> None:
    root = etree.fromstring(one(packages["mdto-sip"], "premis.xml").read_bytes())
    space = {"p": "http://www.loc.gov/premis/v3"}
    types = root.xpath("//p:event/p:eventType/text()", namespaces=space)
    assert types[0] == "capture"
    assert {"creation", "validation", "format identification", "message digest calculation"} <= set(types)
    assert set(root.xpath("//p:eventOutcome/text()", namespaces=space)) <= {"success", "pass"}
    known = set(root.xpath("//p:objectIdentifierValue/text()", namespaces=space))
    assert set(root.xpath("//p:linkingObjectIdentifierValue/text()", namespaces=space)) <= known


def test_file_names_are_unique_and_portable() -> None:
    names = Names()
    given = [
        "Brief (def.) één & twee #3.docx",
        "brief-def.-een-twee-3.DOCX",
        "a" * 300 + ".pdf",
        "...",
        "con/nul.md",
    ]
    taken = [names.take(name) for name in given]
    assert len({name.lower() for name in taken}) == len(given)
    for name in taken:
        assert len(name) <= 255 - len(".bestand.mdto.xml")
        assert not set(name) & set('<>:"/\\|?*#& ')
    assert safe("Brief één.docx") == "Brief-een.docx"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the schema of MDTO is no part of this project")
@pytest.mark.parametrize("paper", ["aanhangsel-1558", "kamerstuk", "rapport", "brief"])
def test_mdto_is_valid(paper: str, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SHARED / "schemas" / "mdto" / "MDTO-XML1.0.1.xsd"))
    (place,) = deposit(request(ROOT / "examples" / f"{paper}.md", tmp_path, "mdto-sip")).packages
    sidecars = list(Path(place).rglob("*.mdto.xml"))
    assert len(sidecars) > 15
    for path in sidecars:
        assert schema.validate(etree.parse(path)), schema.error_log
        # MDTO 1.0.2 requires text in each element.
        assert [e.tag for e in etree.parse(path).iter() if not len(e) and not (e.text or "").strip()] == []


# Required values


def test_missing_values_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Tekst.\n", "utf-8")
    asked = request(tmp_path / "a.md", tmp_path / "out", "mdto-sip")
    with pytest.raises(PublishError) as caught:
        deposit(replace(asked, values={}))
    missing = [d.message.partition("'")[2].partition("'")[0] for d in caught.value.diagnostics]
    assert missing == [
        "archiefvormer", "waardering", "beperkingGebruik", "identificatie", "naam", "contactpersoon", "locatie",
    ]  # fmt: skip
    assert set(codes(caught.value.diagnostics)) == {"PUB-D001"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "kleur=rood"], "unknown key 'kleur'"),
        (["--set", "waardering=X"], "use B or V"),
        (["--package", "tar"], "Unknown package type: 'tar'"),
    ],
)
def test_wrong_values_are_reported(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deposit", str(SEED), "-o", str(tmp_path), *words]) == 2
    assert message in capsys.readouterr().err


def test_values_are_read_from_publish_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join(f'{name} = "{value}"' for name, value in VALUES.items())
    (tmp_path / "publish.toml").write_text(f"[deposit]\n{lines}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert (
        main(["deposit", str(SEED), "-o", "out", "-t", "html", "-t", "akn", "--set", "identificatie=x"]) == 0
    )
    note = etree.parse(one(tmp_path / "out", "pakbon.xml"))
    assert note.findtext("organisatie") == VALUES["archiefvormer"]


# Fixity


@pytest.mark.parametrize("kind", NAMES)
def test_one_flipped_bit_is_found_and_located(kind: str, packages: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / packages[kind].name
    shutil.copytree(packages[kind], folder)
    shutil.copy(fixity.checksum_file(packages[kind]), fixity.checksum_file(folder))
    assert fixity.faults(folder, files(folder)) == []
    chance = random.Random(kind)
    for path, data in files(folder).items():
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (folder / path).write_bytes(changed)
        found = fixity.faults(folder, files(folder))
        assert f"{path}: has changed: its digest does not match" in [d.message for d in found]
        (folder / path).write_bytes(data)


@pytest.mark.parametrize("kind", NAMES)
def test_changed_payload_is_found_without_the_external_checksum_file(
    kind: str, packages: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / packages[kind].name
    shutil.copytree(packages[kind], folder)
    for path in (one(folder, ".pdf"), one(folder, "verify.json"), one(folder, "source-aanhangsel-1558.md")):
        data = path.read_bytes()
        path.write_bytes(data + b" ")
        named = [d.message.partition(":")[0] for d in fixity.faults(folder, files(folder))]
        assert named == [path.relative_to(folder).as_posix()]
        path.unlink()
        assert [d.message.partition(": ")[2] for d in fixity.faults(folder, files(folder))] == ["is missing"]
        path.write_bytes(data)


def test_missing_tag_manifest_and_unexpected_file_in_a_bag_are_found(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "bag"
    shutil.copytree(packages["bagit"], folder)
    (folder / "data" / "stranger.txt").write_text("x", "utf-8")
    (folder / "tagmanifest-sha512.txt").unlink()
    named = {d.message.partition(":")[0] for d in fixity.faults(folder, files(folder))}
    assert named == {"data/stranger.txt", "tagmanifest-sha512.txt"}


@pytest.mark.parametrize("paper", ["aanhangsel-1558", "kamerstuk", "rapport", "brief"])
def test_bag_is_valid_by_the_bagit_library(paper: str, tmp_path: Path) -> None:
    import bagit

    (place,) = deposit(request(ROOT / "examples" / f"{paper}.md", tmp_path, "bagit")).packages
    bag = bagit.Bag(place)
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["External-Identifier"] == paper


# Reproduction


@pytest.mark.parametrize("kind", NAMES)
def test_publication_is_reproduced_bit_for_bit(kind: str, packages: dict[str, Path]) -> None:
    again = check(packages[kind])
    assert again.diagnostics == ()
    assert len(again.same) == 6


@pytest.mark.parametrize("paper", ["kamerstuk", "rapport", "brief"])
def test_examples_are_reproduced_with_their_images_and_styles(paper: str, tmp_path: Path) -> None:
    (place,) = deposit(request(ROOT / "examples" / f"{paper}.md", tmp_path, "mdto-sip")).packages
    assert len(check(Path(place)).same) == 6


def test_publications_that_cannot_be_reproduced_are_reported(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / packages["ro-crate"].name
    shutil.copytree(packages["ro-crate"], folder)
    source = one(folder, "source-aanhangsel-1558.md")
    source.write_text(source.read_text("utf-8").replace("Ja.", "Nee."), "utf-8")
    found = check(folder).diagnostics
    assert {d.code for d in found} == {"PUB-D004", "PUB-D008"}
    assert sum(d.code == "PUB-D008" for d in found) == 7  # six publications and the proof


def test_canonical_form_ignores_compression_but_not_content(packages: dict[str, Path]) -> None:
    data = one(packages["bagit"], ".docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    stored = zipped(members, stored=set(members))
    assert stored != data
    assert canonical("a.docx", stored) == canonical("a.docx", data)
    members["word/document.xml"] += b" "
    assert canonical("a.docx", zipped(members)) != canonical("a.docx", data)
    digests = json.loads(one(packages["bagit"], "digests.json").read_bytes())["files"]
    assert digests["ah-tk-20212022-1558.docx"]["canonical"] == canonical("a.docx", data)[1]
    assert {entry["method"] for entry in digests.values()} == {"members", "objects", "c14n", "bytes"}


# Signatures


def test_signed_package_names_its_signer_and_can_be_reproduced(key: Key, tmp_path: Path) -> None:
    asked = request(SEED, tmp_path, "bagit", certificate=str(key.certificate), passphrase=str(key.passphrase))
    folder = Path(deposit(asked).packages[0])
    intake = ingest(folder)
    assert intake.diagnostics == ()
    assert set(intake.signatures) == {"data/publication/ah-tk-20212022-1558.pdf", f"{folder.name}.sha256"}
    assert all(
        s.good and "Bureau Publicaties" in s.signer for found in intake.signatures.values() for s in found
    )
    assert len(check(folder).same) == 6
    assert identify({"a.pdf": one(folder, ".pdf").read_bytes()})["a.pdf"].puid == "fmt/476"
    made = recipe.from_json(one(folder, "deposit.json").read_bytes())
    assert made.signed == ("ah-tk-20212022-1558.pdf",)

    digests = fixity.checksum_file(folder).read_bytes()
    signature = Path(f"{fixity.checksum_file(folder)}{DETACHED}").read_bytes()
    other = of_data(digests.replace(b"a", b"b", 1), signature)
    assert other is not None
    assert not other.good


def test_changes_to_a_signed_pdf_are_detected(
    key: Key, packages: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = Signer(str(key.certificate), str(key.passphrase), "").pdf(
        one(packages["bagit"], ".pdf").read_bytes()
    )
    found = of_pdf(signed)
    assert found is not None
    assert [s.good for s in found] == [True]
    place = tmp_path / "paper.pdf"
    place.write_bytes(signed)
    assert main(["verify", str(place), "--source", str(SEED)]) == 0
    assert "Signed by Common Name: Bureau Publicaties" in capsys.readouterr().out
    for changed in (
        signed.replace(b"2022-02-03", b"2021-02-03", 1),
        signed + b"\n%\n1 0 obj\n<<>>\nendobj\n",
    ):
        assert changed != signed
        broken = of_pdf(changed)
        assert broken is not None
        assert [s.good for s in broken] == [False]
    place.write_bytes(signed.replace(b"2022-02-03", b"2021-02-03", 1))
    assert main(["verify", "-q", str(place), "--source", str(SEED)]) == 1
    assert "PUB-D007" in capsys.readouterr().err


def test_a_signature_can_have_a_timestamp(key: Key, packages: dict[str, Path], timestamps: str) -> None:
    signer = Signer(str(key.certificate), str(key.passphrase), timestamps)
    data = one(packages["bagit"], ".pdf").read_bytes()
    signed = signer.pdf(data)
    found = of_pdf(signed)
    assert found is not None
    assert [(s.good, s.stamped_by) for s in found] == [(True, "Common Name: Klok")]
    digests = fixity.checksum_file(packages["bagit"]).read_bytes()
    detached = of_data(digests, signer.detached(digests))
    assert detached is not None
    assert detached.good
    with pytest.raises(PublishError, match="PUB-D006"):
        Signer(str(key.certificate), str(key.passphrase), "http://127.0.0.1:9/").pdf(data)


def test_unusable_key_is_reported_and_no_package_is_written(key: Key, tmp_path: Path) -> None:
    wrong = tmp_path / "phrase"
    wrong.write_text("anders\n", "utf-8")
    for certificate, passphrase in ((key.certificate, wrong), (tmp_path / "none.p12", key.passphrase)):
        asked = request(
            SEED, tmp_path / "out", "bagit", certificate=str(certificate), passphrase=str(passphrase)
        )
        with pytest.raises(PublishError, match="PUB-D006"):
            deposit(asked)
    assert not (tmp_path / "out").exists()


# Intake


@pytest.mark.parametrize("kind", NAMES)
def test_ingest_recognises_and_checks_a_package(kind: str, packages: dict[str, Path]) -> None:
    intake = ingest(packages[kind])
    assert (intake.kind, intake.diagnostics) == (kind, ())
    assert intake.report is not None
    assert (len(intake.report.files), len(intake.report.reference.notes)) == (6, 7)


def test_different_notes_in_an_external_bag_are_reported(tmp_path: Path) -> None:
    import bagit

    import publish

    (tmp_path / "bag").mkdir()
    text = "---\ntitle: T\nlang: nl\n---\n\nTekst.[^1]\n\n[^1]: Noot.\n"
    for name, body in (
        ("a.html", text),
        ("a.docx", text),
        ("a.epub", text.replace("Noot.", "Een andere noot.")),
    ):
        (tmp_path / "a.md").write_text(body, "utf-8")
        publish.convert(tmp_path / "a.md", [name.partition(".")[2]], tmp_path / "bag" / name, verify=False)
    bagit.make_bag(str(tmp_path / "bag"), {}, checksums=["sha256"])
    intake = ingest(tmp_path / "bag")
    assert intake.kind == "bagit"
    assert "PUB-V002" in codes(intake.diagnostics)
    assert "PUB-D004" not in codes(intake.diagnostics)


def test_paths_that_are_not_packages_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    assert main(["ingest", str(tmp_path)]) == 1
    assert main(["ingest", str(tmp_path / "none")]) == 1
    assert main(["deposit", "--check", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("PUB-D003") == 3


# Personal data


def test_names_of_authors_are_not_in_any_file(tmp_path: Path) -> None:
    persons = ("Wilhelmina Kwakkelstein", "Barend Botermans", "Odilia Zonderland")
    paper = docx.Document()
    paper.core_properties.author, paper.core_properties.last_modified_by = persons[:2]
    paper.core_properties.title = "Brief"
    paragraph = paper.add_paragraph("Een alinea met een opmerking.")
    paper.add_comment(paragraph.runs, "Klopt dit?", author=persons[2], initials="OZ")
    (tmp_path / "brief.docx").parent.mkdir(exist_ok=True)
    paper.save(tmp_path / "brief.docx")
    for folder in pack_all(tmp_path / "brief.docx", tmp_path / "out").values():
        for path, data in files(folder).items():
            assert not [name for name in persons if name.encode() in unpacked(data)], path
    assert len(check(next(iter((tmp_path / "out").glob("*-bagit")))).same) == 6


def unpacked(data: bytes) -> bytes:
    """Return the content of a file, decompressed if the file is a ZIP archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


# Writing


def test_existing_package_is_unchanged_if_writing_fails(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "package"
    place_whole(folder, {"a.txt": b"old"})
    with pytest.raises(PublishError, match="PUB-W001"):
        place_whole(folder, {"a.txt": b"new", "a.txt/b.txt": b"cannot be"})
    assert [p.name for p in tmp_path.iterdir()] == ["package"]
    assert (folder / "a.txt").read_bytes() == b"old"


def test_existing_package_stays_if_a_signal_comes_between_the_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pakket"
    place_whole(folder, {"a": b"oud"})
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.is_dir() and (path / "a").read_bytes() == b"nieuw":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        place_whole(folder, {"a": b"nieuw"})
    assert read(folder) == {"a": b"oud"}
    assert [path.name for path in tmp_path.iterdir()] == ["pakket"]


def test_second_manuscript_with_the_same_identifier_is_rejected(tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path / "other.md")
    deposit(request(SEED, tmp_path / "out", "ro-crate"))
    with pytest.raises(PublishError, match="already contains the package of another manuscript"):
        deposit(request(tmp_path / "other.md", tmp_path / "out", "ro-crate"))
    deposit(request(SEED, tmp_path / "out", "ro-crate"))


def test_changed_manuscript_replaces_its_package_only_when_asked(tmp_path: Path) -> None:
    source = tmp_path / SEED.name
    shutil.copy(SEED, source)
    deposit(request(source, tmp_path / "out", "ro-crate"))
    before = read(next(path for path in (tmp_path / "out").iterdir() if path.is_dir()))
    source.write_text(source.read_text("utf-8") + "\nNog een zin.\n", "utf-8")
    asked = request(source, tmp_path / "out", "ro-crate")
    with pytest.raises(PublishError, match="another version of the manuscript"):
        deposit(asked)
    assert read(next(path for path in (tmp_path / "out").iterdir() if path.is_dir())) == before
    deposit(replace(asked, replace=True))


@pytest.mark.timeout(300)
def test_killed_run_of_many_deposits_can_be_resumed(tmp_path: Path) -> None:
    count = 40
    (tmp_path / "papers").mkdir()
    for k in range(count):
        text = f"---\ntitle: Stuk {k}\nlang: nl\nkenmerk: s-{k}\ndate: 2024-01-02\n---\n\nTekst {k}.[^1]\n\n[^1]: Noot {k}.\n"
        (tmp_path / "papers" / f"s{k:02}.md").write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "publish",
        "deposit",
        "papers",
        "-o",
        "out",
        "-j",
        "2",
        "-t",
        "html",
        "-t",
        "docx",
        *SETS,
    ]
    out = tmp_path / "out"
    first = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while len(list(out.glob("*.sha256"))) < count // 8:
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    for folder in (p for p in out.iterdir() if p.is_dir() and not p.name.startswith(".")):
        if fixity.checksum_file(folder).exists():
            assert fixity.faults(folder, files(folder)) == []
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert " unchanged, 0 failed" in done.stdout
    assert " 0 unchanged" not in done.stdout
    folders = sorted(p for p in out.iterdir() if p.is_dir() and not p.name.startswith("."))
    assert len(folders) == count
    assert all(fixity.faults(folder, files(folder)) == [] for folder in folders)
    assert not [p for p in out.iterdir() if p.name.endswith(".part")]


def test_custom_style_and_jurisdiction_are_packed(tmp_path: Path) -> None:
    style = tmp_path / "huis"
    style.mkdir()
    (style / "style.toml").write_text(
        'extends = "rapport"\nname = "huis"\nabout = "Huis"\n\n[body]\nsize = 11\n', "utf-8"
    )
    (tmp_path / "land.toml").write_text(
        (ROOT / "publish/akn/jurisdictions/eu.toml").read_text("utf-8"), "utf-8"
    )
    asked = request(
        ROOT / "examples" / "brief.md",
        tmp_path / "out",
        "bagit",
        style=str(style),
        options={"akn": {"jurisdiction": str(tmp_path / "land.toml")}},
    )
    (place,) = deposit(asked).packages
    shutil.rmtree(style)
    (tmp_path / "land.toml").unlink()
    assert len(check(Path(place)).same) == 6
    assert b"size = 11" in one(Path(place), "style-huis.toml").read_bytes()


def test_list_file_selects_the_manuscripts(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"{SEED}\n", "utf-8")
    words = [
        "--from-list",
        str(tmp_path / "list.txt"),
        "-o",
        str(tmp_path / "out"),
        "-t",
        "html",
        "-j",
        "1",
        "-q",
    ]
    assert main(["deposit", *words, *SETS, "--set", "identificatie=x"]) == 0
    assert len(list((tmp_path / "out").glob("*.sha256"))) == 1
