"""Make the page pictures of this folder: `nox -s pictures`. Needs poppler, LibreOffice and Chromium, which the tests need too."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

import publish

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"

STYLES = {
    "aanhangsel": "aanhangsel-1558",
    "base": "rapport",
    "brief": "brief",
    "kamerstuk": "kamerstuk",
    "rapport": "rapport",
    "staatscourant": "kamerstuk",
}
"""The example that shows each house style."""

FORMATS = "aanhangsel-1558"
"""The example that is shown in every format."""

DOTS_PER_INCH = 64
GAP = 8
COLOURS = 48


def main() -> None:
    """Write a picture for each style, and one of all formats."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for style, paper in STYLES.items():
            publish.convert(EXAMPLES / f"{paper}.md", ["pdf"], folder / style, style=style, verify=False)
            _save(style, _pages(folder / style / f"{paper}.pdf", 2))
        result = publish.convert(EXAMPLES / f"{FORMATS}.md", output=folder, verify=False)
        files = {path.suffix: path for path in map(Path, result.files)}
        word = [
            "soffice",
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            folder / "word",
            files[".docx"],
        ]
        subprocess.run(word, check=True, capture_output=True)
        with zipfile.ZipFile(files[".epub"]) as archive:
            archive.extractall(folder / "epub")
        chapter = min(path for path in (folder / "epub").rglob("*.xhtml") if path.name != "nav.xhtml")
        shots = [_browser(files[".html"], folder), _browser(chapter, folder)]
        word_pages = _pages(folder / "word" / f"{FORMATS}.pdf", 1)
        _save("formats", [*_pages(files[".pdf"], 1), *word_pages, *shots])


def _pages(pdf: Path, count: int) -> list[Image.Image]:
    """The first pages of a PDF."""
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-l", str(count), "-png", pdf, pdf.with_suffix("")]
    subprocess.run(command, check=True)
    return [Image.open(path).convert("RGB") for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))]


def _browser(page: Path, folder: Path) -> Image.Image:
    """What a browser shows of a page, half as large."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    shot = folder / f"{page.suffix[1:]}.png"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'browser'}",
    ]
    command = [program, *options, "--window-size=1000,1480", f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(shot) as picture:
        return picture.convert("RGB").resize(
            (picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS
        )


def _save(name: str, pictures: list[Image.Image]) -> None:
    """Write pictures next to each other on grey, in few colours."""
    width = sum(picture.width + GAP for picture in pictures) + GAP
    height = max(picture.height for picture in pictures) + 2 * GAP
    sheet = Image.new("RGB", (width, height), "#9a9a9a")
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
