"""The record of how the publication in a package was made, so that it can be reproduced: `deposit.json`."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from publish.conversion import decoded
from publish.engine.batch import fingerprint
from publish.engine.paths import with_paths
from publish.options import PathKind, Value
from publish.request import Request
from publish.style.load import fonts_folder

NAME = "deposit.json"
VERSION = 2


class Recipe(Struct, frozen=True):
    """The request and the input files of a publication."""

    request: Request
    """The request. Its paths are in `files`; its time is the time in the files of the publication."""
    source_sha256: str
    """Digest of the manuscript as received; names of persons are removed from a packed Word file."""
    files: dict[str, str]
    """Relative paths of the manuscript, images, style files and other inputs, and their names in the package."""
    publications: tuple[str, ...]
    """Names of the publications."""
    fonts: str
    """Digest of the fonts that come with publish."""
    versions: dict[str, str] = field(default_factory=dict)
    """Versions of publish and of all libraries that affect the files."""
    signed: tuple[str, ...] = ()
    """Files that were signed after they were made: they differ from the reproduced files by their signature."""
    version: int = VERSION

    @property
    def source(self) -> str:
        """Path of the manuscript in `files`."""
        return self.request.source

    @property
    def pdf_variant(self) -> str:
        """PDF variant; empty for the default."""
        return str(self.request.options.get("pdf", {}).get("variant", ""))


class _Options1(Struct, frozen=True):
    track_changes: Literal["accept", "reject", "fail"] = "accept"
    member_notes: Literal["merge", "separate"] = "merge"
    merge_identical_notes: bool = False
    references: bool = True
    max_megabytes: int = 200
    seconds: int = 60


class _Recipe1(Struct, frozen=True):
    """A recipe of version 1, which has a field for each setting."""

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
        """Return the same recipe in the current version."""
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
    """Return the recipe as a JSON file."""
    return msgspec.json.format(msgspec.json.encode(recipe, order="deterministic"), indent=1) + b"\n"


def from_json(data: bytes) -> Recipe:
    """Read a recipe of this version or an earlier one.

    Raises:
        msgspec.MsgspecError: if it is not a recipe, or has a later version.
    """
    version = decoded(data, _Version).version
    if version > VERSION:
        raise msgspec.ValidationError(
            f"version {version} is newer than {VERSION}, the newest version supported"
        )
    if version == 1:
        return decoded(data, _Recipe1).current()
    return decoded(data, Recipe)


def request_of(recipe: Recipe, folder: str, output: str) -> Request:
    """Return the request that makes the publication from the packed files.

    Args:
        recipe: The recipe of the publication.
        folder: The folder that contains the files of the package at their relative paths.
        output: The folder of the publication.
    """
    places = {*recipe.files, *(path.rpartition("/")[0] for path in recipe.files)}

    def change(name: str, _: PathKind, value: str) -> str:
        if name == "output":
            return output
        return f"{folder}/{value}" if value in places else value

    # A record from an untrusted source cannot loosen a limit or leave out the proof.
    limits = Request()
    return replace(
        with_paths(recipe.request, change),
        source=f"{folder}/{recipe.source}",
        data=None,
        folder="",
        output=output,
        verify=True,
        max_megabytes=min(recipe.request.max_megabytes, limits.max_megabytes),
        seconds=min(recipe.request.seconds, limits.seconds),
    )


def outside(recipe: Recipe) -> list[str]:
    """Return the paths in the request that are neither files of the package nor installed names."""
    places = {*recipe.files, *(path.rpartition("/")[0] for path in recipe.files)}
    found: list[str] = []

    def look(name: str, kind: PathKind, value: str) -> str:
        is_name = kind == "name" and value.replace("-", "").replace("_", "").isalnum()
        if name != "output" and value not in places and not is_name:
            found.append(value)
        return value

    with_paths(recipe.request, look)
    return found if recipe.source in recipe.files else [*found, recipe.source]


def fonts_digest() -> str:
    """Return the digest of the fonts that come with publish; they are in the publications and not in the package."""
    return fingerprint.of_folder(fonts_folder())
