"""What a package says of how its publication was made, so that it can be made again: `deposit.json`."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct, field

from publish.engine.batch import keys
from publish.engine.job import Job
from publish.model.options import Options
from publish.style.load import fonts_folder

NAME = "deposit.json"
VERSION = 1


class Made(Struct, frozen=True):
    """How a publication was made, and of what."""

    source: str
    """The path of the manuscript among `files`."""
    source_sha256: str
    """The digest of the manuscript as it was received; names of persons in a file from Word are taken out of the one that is packed."""
    formats: tuple[str, ...]
    time: str
    """SOURCE_DATE_EPOCH, or the document's own date: what stands in the files as their time."""
    style: str
    """The path of the style among `files`."""
    profile: str
    reader: str
    pdf_variant: str
    pdf_engine: str
    jurisdiction: str
    """The name of one that comes with publish, or the path of a file among `files`."""
    enrich: bool
    options: Options
    files: dict[str, str]
    """Where manuscript, pictures and style files were, relative to each other, and their names in the package."""
    publications: tuple[str, ...]
    """The names of what was made of them."""
    fonts: str
    """A digest over the fonts of the house."""
    versions: dict[str, str] = field(default_factory=dict)
    """Of publish, and of all libraries that had a hand in it."""
    signed: tuple[str, ...] = ()
    """Files that were signed after they were made: they differ from what is made again by their signature."""
    version: int = VERSION


def to_json(made: Made) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(made, order="deterministic"), indent=1) + b"\n"


def from_json(data: bytes) -> Made:
    """Read it back.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return msgspec.json.decode(data, type=Made)


def job_of(made: Made, folder: Path, output: Path) -> Job:
    """The job that makes the publication of what is packed."""
    return Job(
        str(folder / made.source),
        made.formats,
        str(output),
        style=str((folder / made.style).parent),
        profile=made.profile,
        reader=made.reader,
        pdf_variant=made.pdf_variant,
        options=made.options,
        jurisdiction=str(folder / made.jurisdiction)
        if made.jurisdiction in made.files
        else made.jurisdiction,
        enrich=made.enrich,
        pdf_engine=made.pdf_engine,
        embedded=True,
    )


def fonts_digest() -> str:
    """A digest over the fonts of the house, which are in the files and not in the package."""
    return keys.of_folder(fonts_folder())
