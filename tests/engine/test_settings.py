"""Every setting of a request with every command: a changed value changes the result, or the command rejects it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

import publish
from publish.cli.parser import run
from publish.deposit.required_metadata import QUESTIONS
from publish.engine.components import short_forms
from publish.engine.settings import load
from publish.options import settings_of
from publish.request import Request
from tests.conftest import SEED
from tests.profiles.test_letters import OPENING, bold
from tests.word import call, note, p, package

PAPER = """---
title: Een stuk
language: nl
country: nl
date: 2024-01-02
---

# Eerste deel

De minister heeft een noot[^1], zie Kamerstuk 36 067, nr. 12 en Kamerstuk 36 067, nr. A/B.

![Een beeld](logo.png)

[^1]: De noot.
"""

BY_PAGE = "---\ntitle: T\nlang: nl\ndate: 2024-01-02\nnotes: {scope: page}\n---\n\n" + "\n\n".join(
    f"{'Een zin van een paar woorden. ' * 60}[^{k}]\n\n[^{k}]: Noot {k}." for k in range(1, 12)
)

TWICE = "Titel\n=====\n\nEen [1]_ en twee [2]_.\n\n.. [1] Dezelfde noot.\n.. [2] Dezelfde noot.\n"

LETTER = "".join(
    [
        p("Datum"), p("11 januari 2024"), p("Onderwerp"), p("Beantwoording vragen"), p(OPENING), bold("Vraag 1"),
        p("Kent u het bericht? [1]"), bold("Antwoord 1"), p("Ja.", call(1)), p("[1] Krant, 1 december."),
    ]
)  # fmt: skip

PAGE = (
    "<!DOCTYPE html><html lang='nl'><head><title>T</title></head><body><p>Een<a role='doc-noteref' href='#n'>1</a> en "
    "nog een<a role='doc-noteref' href='#n'>1</a>.</p><aside id='n' role='doc-footnote'><p>Noot.</p></aside></body></html>"
)

TRACKED = p(
    "Een ",
    '<w:ins w:id="1" w:author="A"><w:r><w:t>nieuw </w:t></w:r></w:ins>',
    '<w:del w:id="2" w:author="A"><w:r><w:delText>oud </w:delText></w:r></w:del>',
    "woord.",
)

STYLE = 'extends = "rapport"\nname = "huis"\nabout = "x"\n\n[fonts]\nbody = "Bestaat Niet"\n'


class Case(Struct):
    """A value of a setting, and a manuscript for which it gives a different result than the default."""

    manuscript: str
    words: tuple[str, ...]
    """The command-line option with a value other than the default."""
    formats: tuple[str, ...] = ("html",)
    api: dict[str, object] = {}


CASES: dict[str, Case] = {
    "formats": Case("paper.md", ("-t", "epub"), api={"to": ("epub",)}),
    "output": Case("paper.md", ("-o", "elsewhere"), api={"output": "elsewhere"}),
    "style": Case("paper.md", ("--style", "huis"), api={"style": "huis"}),
    "profile": Case("seed.md", ("--profile", "generic"), api={"profile": "generic"}),
    "reader": Case("page.html", ("--from", "pandoc"), api={"reader": "pandoc"}),
    "verify": Case("paper.md", ("--no-verify",), api={"verify": False}),
    "track_changes": Case("tracked.docx", ("--track-changes", "reject"), api={"track_changes": "reject"}),
    "references": Case("paper.md", ("--no-references",), api={"references": False}),
    "max_megabytes": Case("tracked.docx", ("--max-megabytes", "0"), api={"max_megabytes": 0}),
    "seconds": Case("tracked.docx", ("--seconds", "-1"), api={"seconds": -1}),
    "values": Case("paper.md", ("--set", "title=Een ander stuk"), api={"values": ("title=Een ander stuk",)}),
    "ignore": Case("bare.md", ("--ignore", "image-without-alt-text"), api={"ignore": ("PUB-R019",)}),
    "embed_images": Case("paper.md", ("--embed-images",), ("akn",), {"embed_images": True}),
    "time": Case("paper.md", ("--time", "2020-02-02"), ("docx",), {"time": "2020-02-02"}),
    "member_notes": Case("letter.docx", ("--member-notes", "separate"), api={"member_notes": "separate"}),
    "letter": Case("letter.docx", ("--letter", "keep"), api={"letter": "keep"}),
    "merge_identical_notes": Case(
        "twice.rst", ("--merge-identical-notes",), api={"merge_identical_notes": True}
    ),
    "pdf_variant": Case("paper.md", ("--pdf-variant", "2b"), ("pdf",), {"pdf_variant": "2b"}),
    "pdf_engine": Case("pages.md", ("--pdf-engine", "typst"), ("pdf",), {"pdf_engine": "typst"}),
    "docx_template": Case(
        "paper.md", ("--docx-template", "house.docx"), ("docx",), {"docx_template": "house.docx"}
    ),
    "jurisdiction": Case("paper.md", ("--jurisdiction", "eu"), ("akn",), {"jurisdiction": "eu"}),
    "enrich": Case("seed.md", ("--no-enrich",), ("akn",), {"enrich": False}),
}

READING = {
    "profile",
    "reader",
    "track_changes",
    "references",
    "max_megabytes",
    "seconds",
    "member_notes",
    "merge_identical_notes",
    "letter",
    "values",
}
NUMBERING = READING | {"style", "pdf_engine"}
ACCEPTED = {
    "build": set(CASES),
    "verify": NUMBERING,
    "diff": NUMBERING,
    "check": NUMBERING | {"ignore"},
    "inspect": NUMBERING | {"ignore"},
    "deposit": set(CASES) - {"verify", "embed_images"},
}
"""The settings that each command accepts. It rejects all others."""

SAME = {
    ("check", "profile"): "it reports problems, and this paper has none as either kind",
    ("diff", "references"): "it compares words and structure, and both papers have the same links",
    ("inspect", "references"): "it prints an outline without links",
    ("check", "pdf_engine"): "it reports problems, and both engines find the same ones",
    ("check", "references"): "it reports the same problems: what is not linked is not looked for",
    ("check", "values"): "it reports problems, and the paper has none with either title",
    ("check", "member_notes"): "it counts the same notes",
}
"""Settings that a command accepts because it prepares the same document as `build`, but that do not change its output."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from docx import Document
    from PIL import Image

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    Image.new("RGB", (40, 20), "navy").save("logo.png")
    Path("paper.md").write_text(PAPER, "utf-8")
    Path("pages.md").write_text(BY_PAGE, "utf-8")
    Path("bare.md").write_text(PAPER.replace("![Een beeld]", "![]"), "utf-8")
    Path("page.html").write_text(PAGE, "utf-8")
    Path("twice.rst").write_text(TWICE, "utf-8")
    Path("seed.md").write_bytes(SEED.read_bytes())
    Path("tracked.docx").write_bytes(package(TRACKED))
    Path("letter.docx").write_bytes(package(LETTER, footnotes=note(1, "De noot van de minister.")))
    Path("huis").mkdir()
    Path("huis/style.toml").write_text(STYLE, "utf-8")
    house = Document()
    house.add_paragraph("Weg")
    house.sections[0].page_width = 5_000_000
    house.save("house.docx")
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def words_of(command: str, case: Case) -> list[str]:
    formats = [word for name in case.formats for word in ("-t", name)]
    match command:
        case "build":
            return ["build", case.manuscript, *formats, "-o", "out"]
        case "deposit":
            values = [
                w
                for q in QUESTIONS
                if q.needed
                for w in ("--set", f"{q.name}={'B' if q.name == 'waardering' else 'x'}")
            ]
            return ["deposit", case.manuscript, *formats, "-o", "out", "--package", "bagit", *values]
        case "verify":
            return ["verify", "--source", case.manuscript, "base/a.html", "--json"]
        case "diff":
            return ["diff", "paper.md" if case.manuscript != "paper.md" else "seed.md", case.manuscript]
        case _:
            return [command, case.manuscript]


def outcome(
    command: str, words: list[str], office: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, object]:
    """Return the exit code of a command, its printed output and the files that it wrote."""
    code = run(words)
    printed = capsys.readouterr()
    files = tree(office / "out") | tree(office / "elsewhere") if command in {"build", "deposit"} else {}
    for folder in ("out", "elsewhere"):
        if (office / folder).exists():
            (office / folder).rename(office / f"{name}-{folder}")
    return code, (printed.out, printed.err, files)


@pytest.mark.parametrize("command", ACCEPTED)
@pytest.mark.parametrize("setting", CASES)
def test_setting_changes_the_result_or_is_rejected(
    setting: str, command: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[setting]
    if command == "verify":
        publish.convert(case.manuscript, ["html"], "base/a.html", verify=False)
    words = words_of(command, case)
    code, base = outcome(command, words, office, "one", capsys)
    assert code in {0, 1}, base
    given = [w for w in words if w != "out"] if setting == "output" else words
    given = [w for w in given if w != "-o"] if setting == "output" else given
    changed_code, changed = outcome(command, [*given, *case.words], office, "two", capsys)
    if setting not in ACCEPTED[command]:
        assert changed_code == 2, changed
        assert case.words[0] in changed[1] or "rejects" in changed[1]  # type: ignore[index]
        return
    if command != "diff":  # exit code 2 of diff means that a file cannot be read
        assert changed_code != 2, changed
    if (command, setting) not in SAME:
        assert changed != base


def test_every_setting_has_a_case() -> None:
    assert {s.name for s in settings_of(Request)} | set(short_forms()) == set(CASES)


@pytest.mark.parametrize("setting", [name for name in CASES if name != "output"])
def test_setting_changes_the_result_of_the_python_api(setting: str, office: Path) -> None:
    case = CASES[setting]

    def made(**settings: object) -> object:
        try:
            result = publish.convert(
                case.manuscript, **{"to": case.formats, "output": str(office / "o"), **settings}
            )  # type: ignore[arg-type]
        except publish.PublishError as error:
            return error.diagnostics
        files = tree(office / "o")
        for path in sorted((office / "o").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        return files, result.report is None, result.diagnostics

    assert made() == made()
    assert made(**case.api) != made()


@pytest.mark.parametrize("setting", sorted(set(CASES) - {"output", "formats", "verify", "embed_images"}))
def test_deposit_with_any_setting_is_reproduced(
    setting: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[setting]
    if setting in {"max_megabytes", "seconds"}:
        case = msgspec.structs.replace(case, words=(case.words[0], "50"))
    assert run([*words_of("deposit", case), *case.words]) == 0, capsys.readouterr()
    (folder,) = [f for f in (office / "out").iterdir() if f.is_dir()]
    capsys.readouterr()
    assert run(["deposit", "--check", str(folder)]) == 0, capsys.readouterr()
    assert capsys.readouterr().out.count("bit for bit") == len(case.formats)


@pytest.mark.parametrize("setting", sorted(set(CASES) - {"output"}))
def test_deposit_check_rejects_every_setting(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deposit", "--check", "package", *CASES[setting].words]) == 2
    assert capsys.readouterr().err


# Sources of settings

VALUES = {
    "formats": ("formats", "epub"), "output": ("output", "elders"), "style": ("style", "rapport"), "profile": ("profile", "generic"),
    "reader": ("reader", "markdown"), "verify": ("verify", "false"), "track_changes": ("track_changes", "fail"),
    "references": ("references", "false"), "max_megabytes": ("max_megabytes", "7"), "seconds": ("seconds", "8"),
    "embed_images": ("embed_images", "true"), "ignore": ("ignore", "PUB-R019"), "time": ("time", "1"), "member_notes": ("member_notes", "separate"),
    "merge_identical_notes": ("merge_identical_notes", "true"), "pdf_variant": ("pdf_variant", "2b"), "pdf_engine": ("pdf_engine", "typst"),
    "values": ("values", "number=7"), "letter": ("letter", "keep"), "docx_template": ("docx_template", "house.docx"), "jurisdiction": ("jurisdiction", "eu"), "enrich": ("enrich", "false"),
}  # fmt: skip


def value_of(request: Request, name: str) -> object:
    if name in short_forms():
        component, setting = short_forms()[name]
        return request.options.get(component, {}).get(setting.name)
    return getattr(request, name)


@pytest.mark.parametrize("name", CASES)
def test_settings_file_and_environment_give_the_same_value(
    name: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, text = VALUES[name]
    plain = value_of(load().request, name)
    quoted = text if text in {"true", "false"} or (text.isdecimal() and name != "time") else f'"{text}"'
    (office / "publish.toml").write_text(
        f"{key} = {f'[{quoted}]' if name in {'formats', 'ignore', 'values'} else quoted}\n", "utf-8"
    )
    in_file = load()
    assert in_file.file == "publish.toml"
    assert value_of(in_file.request, name) != plain
    (office / "publish.toml").unlink()
    declared = {s.name: s for s in settings_of(Request)} | {k: o.setting for k, o in short_forms().items()}
    monkeypatch.setenv(declared[name].variable, text)
    again = value_of(load().request, name)
    assert str(again).lower() == str(value_of(in_file.request, name)).lower().replace(
        f"{str(office).lower()}/", ""
    )


def test_table_in_the_settings_file_sets_format_options(office: Path) -> None:
    (office / "publish.toml").write_text(
        '[pdf]\nvariant = "3a"\n\n[docx]\ntemplate = "house.docx"\n', "utf-8"
    )
    assert load().request.options == {"pdf": {"variant": "3a"}, "docx": {"template": "house.docx"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kleur = 1", "Unknown setting: 'kleur'"),
        ("[pdf]\nvariantt = '2b'", "Unknown option: 'pdf.variantt'"),
        ("[pdf]\nvariant = '9z'", "9z"),
        ("[html]\nx = 1", "has no options"),
        ("[kleur]\nx = 1", "Unknown format: 'kleur'"),
        ("seconds = 'veel'", "seconds"),
        ("pdf_variant = '9z'", "9z"),
        ("style = ", "Invalid TOML"),
    ],
)
def test_wrong_setting_is_reported_with_its_file(text: str, said: str, office: Path) -> None:
    (office / "publish.toml").write_text(text, "utf-8")
    with pytest.raises(publish.PublishError) as caught:
        load()
    (found,) = caught.value.diagnostics
    assert (found.code, found.source) == ("PUB-C001", "publish.toml")
    assert said in found.message


def test_settings_file_of_a_parent_folder_has_its_own_relative_paths(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "publish.toml").write_text('style = "huis"\ndocx_template = "house.docx"\n', "utf-8")
    (office / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(office / "a" / "b")
    (office / "a" / "b" / "p.md").write_text("tekst\n")
    found = load()
    assert found.file == "../../publish.toml"
    assert Path(found.request.style).resolve() == office / "huis"
    assert run(["build", "p.md", "-t", "html"]) == 0
    assert "settings: ../../publish.toml" in capsys.readouterr().err
    (office / "a" / ".git").mkdir()
    assert load().file == ""  # the search stops at the root of a repository


@pytest.mark.parametrize("option", ["pdf.variant=2b", "pdf.engine=typst"])
def test_format_option_can_be_set_by_its_full_name(option: str, office: Path) -> None:
    assert run(["build", "pages.md", "-t", "pdf", "-o", "a"]) == 0
    assert run(["build", "pages.md", "-t", "pdf", "-o", "b", "-O", option]) == 0
    assert tree(office / "a") != tree(office / "b")


@pytest.mark.parametrize(
    "words", [["-O", "pdf"], ["-O", "pdf.x=1"], ["-O", "nee.x=1"], ["-O", "pdf.variant=zz"]]
)
def test_wrong_option_is_a_usage_error(words: list[str], office: Path) -> None:
    assert run(["build", "paper.md", "-t", "html", *words]) == 2
    assert not (office / "output").exists()


# All commands and the Python API prepare the same document

SCOPES = ("document", "chapter", "page")


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("style", ["aanhangsel", "base", "brief", "kamerstuk", "rapport", "staatscourant"])
def test_verify_source_agrees_with_build(
    style: str,
    scope: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    parts = "\n\n".join(
        f"# Deel {k}\n\n{'Een zin van een paar woorden. ' * 90}[^a{k}] en nog een[^b{k}].\n\n[^a{k}]: Noot.\n\n[^b{k}]: Nog een noot."
        for k in range(1, 5)
    )
    Path("a.md").write_text(
        f"---\ntitle: T\nlang: nl\nstyle: {style}\nnotes: {{scope: {scope}}}\n---\n\n{parts}\n", "utf-8"
    )
    assert run(["build", "a.md", "-t", "docx", "-t", "html", "-t", "epub", "-o", "o"]) == 0
    assert run(["verify", "--source", "a.md", "o/a.docx", "o/a.html", "o/a.epub"]) == 0, capsys.readouterr()
    prepared = publish.prepare("a.md")
    resolved = publish.resolve(publish.read("a.md").document).document
    assert resolved == prepared.numbered
    for form in ("html", "docx"):
        made = publish.convert("a.md", [form], output=None).outputs[form].data
        assert publish.write(prepared, form).data == made
        assert publish.write(resolved, form).data == made


@pytest.mark.usefixtures("office")
def test_manuscript_options_are_rejected_without_a_manuscript(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "paper.md", "-t", "html", "-o", "o"]) == 0
    assert run(["verify", "o/paper.html", "--style", "rapport"]) == 2
    assert "--style requires a manuscript" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "check", "inspect"])
def test_manuscript_is_read_from_standard_input(command: str, office: Path) -> None:
    words = [sys.executable, "-m", "publish", command, "-"]
    words += ["-t", "html", "-o", "-"] if command == "build" else []
    done = subprocess.run(words, input=PAPER.encode(), capture_output=True, check=False, cwd=office)
    assert done.returncode == 0, done.stderr.decode()
    if command == "build":
        assert done.stdout.startswith(b"<!DOCTYPE html>")
        assert b"data:image/png;base64" in done.stdout
        assert b"1 note \xc3\x97 1 format" in done.stderr


FINAL: dict[str, Callable[[Path], list[str]]] = {
    "a format fails": lambda _: [
        "build",
        "paper.md",
        "-t",
        "html",
        "-t",
        "docx",
        "--docx-template",
        "logo.png",
        "-o",
        "o",
    ],
    "nothing is compared": lambda _: ["build", "paper.md", "-t", "text", "-o", "o"],
}


@pytest.mark.parametrize("why", FINAL)
def test_output_says_agree_only_if_all_files_were_compared(
    why: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(FINAL[why](office))
    assert "agree" not in capsys.readouterr().out
