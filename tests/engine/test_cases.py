"""Requests in `tests/cases/requests/` for which different commands once wrote different publications."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

import publish
from publish.cli.parser import run
from publish.deposit.reproduce import check
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases" / "requests"


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "case"
    shutil.copytree(CASES / request.param, folder)
    monkeypatch.chdir(folder)
    return folder


def here(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [name], indirect=True)


@here("verify-style")
def test_single_steps_write_the_same_bytes_as_convert(case: Path) -> None:
    assert Path.cwd() == case
    numbered = publish.resolve(publish.read("report.md").document).document
    made = publish.convert("report.md", to=["html"], output="out", verify=False)
    html = Path(made.files[0]).read_bytes()
    assert publish.write(numbered, "html").data == html
    assert b'<span class="as-label">1.1 </span>Within' in html
    assert b"doc-toc" in html
    assert run(["verify", "--source", "report.md", "out/report.html"]) == 0


@here("deposit")
def test_deposit_uses_and_packs_the_configured_docx_template(case: Path) -> None:
    assert run(["deposit", "paper.md", "-o", "dep", "--package", "bagit"]) == 0
    assert run(["build", "paper.md", "-t", "docx", "-o", "plain.docx"]) == 0
    folder = (
        case / "dep" / "test-1-bagit"
        if (case / "dep" / "test-1-bagit").exists()
        else case / "dep" / "paper-bagit"
    )
    assert (folder / "data/metadata/template-house.docx").is_file()
    with (
        zipfile.ZipFile(folder / "data/publication/paper.docx") as packed,
        zipfile.ZipFile("house.docx") as house,
    ):
        assert packed.read("word/theme/theme1.xml") == house.read("word/theme/theme1.xml")
    (case / "house.docx").unlink()
    found = check(folder)
    assert found.diagnostics == ()
    assert len(found.same) == 6


@here("stale")
@pytest.mark.parametrize("how", ["front matter", "inherited"])
def test_changed_style_triggers_a_rebuild(how: str, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["build", "papers", "-t", "html", "-o", "out", "-j", "1"]
    if how == "inherited":
        words += ["--style", "kid"]
    else:
        paper = case / "papers" / "paper.md"
        paper.write_text(
            paper.read_text("utf-8").replace("language: en", "language: en\nstyle: mine"), "utf-8"
        )
    assert run(words) == 0
    assert run(words) == 0
    assert "0 done, 1 unchanged" in capsys.readouterr().out.splitlines()[-1]
    style = case / "mine" / "style.toml"
    style.write_text(style.read_text("utf-8").replace("#00aa00", "#aa0000"), "utf-8")
    assert run(words) == 0
    assert "1 done, 0 unchanged" in capsys.readouterr().out.splitlines()[-1]
    assert "#aa0000" in (case / "out" / "paper.html").read_text("utf-8")


@here("dots")
def test_package_name_keeps_text_after_a_full_stop(case: Path) -> None:
    values = [
        w for name in ("archiefvormer", "beperkingGebruik", "identificatie") for w in ("--set", f"{name}=x")
    ]
    papers = [str(path) for path in sorted(case.glob("kst-*.md"))]
    assert len(papers) == 2
    assert run(["deposit", *papers, "-o", "d", "--package", "bagit", "-t", "html", *values]) == 0
    assert sorted(path.name for path in (case / "d").glob("*-bagit")) == [
        "kst-36067-nr.-1-bagit",
        "kst-36067-nr.-2-bagit",
    ]


@here("with space")
def test_space_in_a_file_name_is_percent_encoded(case: Path) -> None:
    result = publish.convert("paper of ours.md", output="o")
    assert [d.message for d in result.diagnostics if d.severity == "error"] == []
    assert 'src="paper%20of%20ours.media/picture-1.png"' in (case / "o" / "paper of ours.akn.xml").read_text(
        "utf-8"
    )
    again = publish.read("o/paper of ours.akn.xml")
    assert [resource.media_type for resource in again.document.resources.values()] == ["image/png"]
    back = publish.write(publish.resolve(again.document).document, "html").data
    assert b"data:image/png;base64" in back
