"""The settings of a build, in one frozen object; this is the only module that declares them.

Command line, `publish.toml`, environment, Python API, batch, cluster and deposit all build a `Request` by field name.
Each format declares its options (`publish/writers/*/options.py`); `Request.options` contains their values.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from publish.options import Value, setting

TrackChanges = Literal["accept", "reject", "fail"]


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of the work on one manuscript or package, in a process of its own."""

    timeout: Annotated[
        float,
        setting("time limit of a manuscript or package", metavar="SECONDS"),
        Meta(gt=0, le=100_000_000),
    ] = 600.0
    memory: Annotated[
        int, setting("memory limit of a manuscript or package", metavar="MB"), Meta(gt=0, le=100_000_000)
    ] = 2000


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings to build one manuscript. A request is small, and can be sent to another process or machine as JSON."""

    source: str = ""
    """Path or URL of the manuscript, or the name of `data`."""
    data: bytes | None = None
    """The bytes of the manuscript; None reads them from `source`."""
    folder: str = ""
    """The folder of the images of a manuscript given as `data`; empty if there is no folder."""
    formats: Annotated[
        tuple[str, ...], setting("format to write, or all; repeatable", metavar="FORMAT", flag="to")
    ] = ("all",)
    output: Annotated[
        str, setting("output folder, or a file for one source and one format", metavar="DIR", path="output")
    ] = "output"
    style: Annotated[str, setting("house style", metavar="NAME|PATH", path="name")] = ""
    """If empty, publish uses the style that the manuscript names, else that of its profile."""
    profile: Annotated[str, setting("type of document", metavar="NAME")] = ""
    """If empty, publish recognises the document type."""
    reader: Annotated[str, setting("format of the manuscript", metavar="READER", flag="from")] = ""
    """If empty, publish chooses the reader by suffix and content."""
    verify: Annotated[bool, setting("read the output files back and compare them with the manuscript")] = True
    track_changes: Annotated[TrackChanges, setting("how to handle tracked changes in Word files")] = "accept"
    """Read a file as if its tracked changes were accepted or rejected, or reject a file that has any."""
    ignore: Annotated[
        tuple[str, ...],
        setting("do not report this warning, by code or name; repeatable", metavar="CODE"),
    ] = ()
    """Errors cannot be ignored."""
    values: Annotated[
        tuple[str, ...],
        setting(
            "metadata that the manuscript lacks, such as number=1558; repeatable",
            metavar="NAME=VALUE",
            flag="set",
        ),
    ] = ()
    """Names and values of the front matter; they replace what the manuscript says."""
    references: Annotated[bool, setting("turn citations in the text into links")] = True
    max_megabytes: Annotated[int, setting("largest unpacked size of a file", metavar="N")] = 200
    seconds: Annotated[int, setting("time limit for reading", metavar="N")] = 60
    embed_images: Annotated[bool, setting("put images into each file instead of a folder next to it")] = False
    """Applies to formats that keep images next to the file: Akoma Ntoso and Markdown."""
    time: Annotated[
        str,
        setting(
            "timestamp to record in the output files: seconds since 1970, or ISO 8601",
            metavar="TIME",
            environment="SOURCE_DATE_EPOCH",
        ),
    ] = ""
    """If empty, publish uses SOURCE_DATE_EPOCH, else the latest date in the document, else the current time."""
    options: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Options of formats, by the name of the reader, writer or profile that declares them."""
