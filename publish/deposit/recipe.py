"""What a package says of how its publication was made, so that it can be made again: `deposit.json`."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from publish.engine.batch import fingerprint
from publish.engine.paths import with_paths
from publish.options import PathKind, Value
from publish.request import Request
from publish.style.load import fonts_folder

NAME = "deposit.json"
VERSION = 2


class Recipe(Struct, frozen=True):
    """How a publication was made, and of what."""

    request: Request
    """What was asked. Its paths are among `files`; its time is the one that the files have."""
    source_sha256: str
    """The digest of the manuscript as it was received; names of persons in a file from Word are removed from the one that is packed."""
    files: dict[str, str]
    """Where manuscript, images, style files and the like were, relative to each other, and their names in the package."""
    publications: tuple[str, ...]
    """The names of what was made of them."""
    fonts: str
    """A digest over the fonts that come with publish."""
    versions: dict[str, str] = field(default_factory=dict)
    """Of publish, and of all libraries that affect the files."""
    signed: tuple[str, ...] = ()
    """Files that were signed after they were made: they differ from what is made again by their signature."""
    version: int = VERSION

    @property
    def source(self) -> str:
        """The path of the manuscript among `files`."""
        return self.request.source

    @property
    def pdf_variant(self) -> str:
        """The kind of PDF; empty is the default."""
        return str(self.request.options.get("pdf", {}).get("variant", ""))


class _Options1(Struct, frozen=True):
    track_changes: Literal["accept", "reject", "fail"] = "accept"
    member_notes: Literal["merge", "separate"] = "merge"
    merge_identical_notes: bool = False
    references: bool = True
    max_megabytes: int = 200
    seconds: int = 60


class _Recipe1(Struct, frozen=True):
    """The first version, which named each setting by itself."""

    source: str
    source_sha256: str
    formats: tuple[str, ...]
    time: str
    style: str
    profile: str
    reader: str
    pdf_variant: str
    pdf_engine: str
    jurisdiction: str
    enrich: bool
    options: _Options1
    files: dict[str, str]
    publications: tuple[str, ...]
    fonts: str
    versions: dict[str, str] = field(default_factory=dict)
    signed: tuple[str, ...] = ()

    def current(self) -> Recipe:
        """The same recipe as one of the present version."""
        reading = asdict(self.options)
        options: dict[str, dict[str, Value]] = {
            "pdf": {"variant": self.pdf_variant, "engine": self.pdf_engine},
            "akn": {"jurisdiction": self.jurisdiction, "enrich": self.enrich},
            "kamervragen": {"member_notes": reading.pop("member_notes")},
            "pandoc": {"merge_identical_notes": reading.pop("merge_identical_notes")},
        }
        request = Request(
            source=self.source,
            formats=self.formats,
            style=self.style.rpartition("/")[0],
            profile=self.profile,
            reader=self.reader,
            embed_images=True,
            time=self.time,
            options=options,
            **reading,
        )
        return Recipe(
            request, self.source_sha256, self.files, self.publications, self.fonts, self.versions, self.signed
        )


class _Version(Struct, frozen=True):
    version: int = 1


def to_json(recipe: Recipe) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(recipe, order="deterministic"), indent=1) + b"\n"


def from_json(data: bytes) -> Recipe:
    """Read it back, of this version or an earlier one.

    Raises:
        msgspec.MsgspecError: it is not a recipe, or one of a later version.
    """
    version = msgspec.json.decode(data, type=_Version).version
    if version > VERSION:
        raise msgspec.ValidationError(
            f"version {version} is newer than {VERSION}, the newest version supported"
        )
    if version == 1:
        return msgspec.json.decode(data, type=_Recipe1).current()
    return msgspec.json.decode(data, type=Recipe)


def request_of(recipe: Recipe, folder: str, output: str) -> Request:
    """The request that makes the publication of what is packed.

    Args:
        recipe: How it was made.
        folder: Where the files of the package are, at the places that they have to each other.
        output: The folder of the publication.
    """
    places = {*recipe.files, *(path.rpartition("/")[0] for path in recipe.files)}

    def change(name: str, _: PathKind, value: str) -> str:
        if name == "output":
            return output
        return f"{folder}/{value}" if value in places else value

    moved = with_paths(recipe.request, change)
    return replace(moved, source=f"{folder}/{recipe.source}", output=output)


def fonts_digest() -> str:
    """A digest over the fonts that come with publish, which are in the files and not in the package."""
    return fingerprint.of_folder(fonts_folder())
