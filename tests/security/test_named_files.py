"""A manuscript cannot make publish open files outside its folder; a batch does not follow links out of its folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import publish
from publish.cli.parser import run
from publish.diagnostics import PublishError

CANARY = "geheim-woord"
STYLE = 'extends = "base"\nabout = "Eigen stijl"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a manuscript, next to files that it must not open."""
    (tmp_path / "secret.txt").write_text(f"{CANARY} = = =\nroot:x:0:0\n")
    (tmp_path / "style.toml").write_text(f"{CANARY} = = =\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "style.toml").write_text(f'{STYLE}{CANARY} = "x"\n')
    made = tmp_path / "in"
    made.mkdir()
    (made / "link.toml").symlink_to(tmp_path / "secret.txt")
    (made / "linked").symlink_to(tmp_path / "other")
    (made / "eigen").mkdir()
    (made / "eigen" / "style.toml").write_text(STYLE)
    (made / "erft").mkdir()
    (made / "erft" / "style.toml").write_text('extends = "../other"\n')
    (made / "pijp").mkdir()
    os.mkfifo(made / "pijp" / "style.toml")
    (made / "groot").mkdir()
    (made / "groot" / "style.toml").write_text("#" * 2_000_000)
    monkeypatch.chdir(made)
    return made


def paper(folder: Path, front: str) -> Path:
    path = folder / "a.md"
    path.write_text(f"---\ntitle: T\n{front}\n---\n\nTekst.\n")
    return path


@pytest.mark.parametrize("setting", ["style", "jurisdiction"])
@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt", "{up}/secret.txt", "../style.toml", "..", "{up}", "link.toml", "linked", "linked/style.toml",
        "/dev/zero", "/dev/stdin", "/etc/passwd", "pijp", "eigen/../../secret.txt", "groot", "~/x", "http://127.0.0.1/x",
        "file:///etc/passwd", "x" * 5000, "'a\\0b'", "'\"\\0\"'", "erft",
    ],
)  # fmt: skip
def test_front_matter_cannot_open_other_files(
    setting: str, name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = paper(folder, f"{setting}: {name.format(up=folder.parent)}")
    assert run(["build", str(source), "-t", "akn", "-t", "html", "-o", "uit"]) in {1, 2}
    shown = capsys.readouterr()
    assert "error" in shown.err
    assert CANARY not in shown.err + shown.out
    assert "root:" not in shown.err + shown.out


def test_code_of_a_file_outside_the_folder(folder: Path) -> None:
    with pytest.raises(PublishError) as caught:
        publish.prepare(paper(folder, "style: ../style.toml"))
    assert [d.code for d in caught.value.diagnostics][-1] == "PUB-S005"


def test_front_matter_can_name_a_style_in_its_folder(folder: Path) -> None:
    assert publish.prepare(paper(folder, "style: eigen")).style.about == "Eigen stijl"
    assert publish.prepare(paper(folder, "style: eigen/style.toml")).style.about == "Eigen stijl"


def test_a_person_can_name_any_style(folder: Path) -> None:
    (folder.parent / "other" / "style.toml").write_text(STYLE)
    assert publish.prepare(paper(folder, ""), style="../other").style.about == "Eigen stijl"


@pytest.mark.parametrize("style", ["/dev/zero", "pijp", "groot"])
def test_a_style_is_a_small_regular_file(style: str, folder: Path) -> None:
    with pytest.raises(PublishError) as caught:
        publish.prepare(paper(folder, ""), style=style)
    assert {d.code for d in caught.value.diagnostics} <= {"PUB-S001", "PUB-S002"}


def test_batch_does_not_follow_links_out_of_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "buiten").mkdir()
    (tmp_path / "buiten" / "geheim.md").write_text(f"---\ntitle: {CANARY}\n---\n\n{CANARY}\n")
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.md").write_text("---\ntitle: T\n---\n\nTekst.\n")
    (source / "map").symlink_to(tmp_path / "buiten")
    (source / "b.md").symlink_to(tmp_path / "buiten" / "geheim.md")
    (source / "c.md").symlink_to(source / "a.md")
    for sources in (str(source), f"{source}/*.md", f"{source}/**/*.md", f"{source}/*/*.md"):
        output = tmp_path / "uit" / str(len(sources))
        run(["build", sources, "-t", "html", "-o", str(output)])
        shown = capsys.readouterr().err
        assert not [
            path for path in output.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()
        ]
        assert "not followed" in shown or "*/*.md" in sources
    assert (tmp_path / "uit" / str(len(str(source))) / "c.html").exists()
