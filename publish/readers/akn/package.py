"""Packages of Akoma Ntoso: an archive with a main file, files for its components, and media."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from publish.akn.components import join
from publish.akn.names import NAMESPACE
from publish.readers.archives import Archive
from publish.readers.base import Source
from publish.readers.images import ImageLoader
from publish.readers.trees import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AKN = f"{{{NAMESPACE}}}"
MAIN = "main.xml"


def is_package(data: bytes) -> bool:
    """Return whether the data is an archive."""
    return data.startswith(b"PK")


def read(source: Source, images: ImageLoader) -> Element:
    """Return the root of the main file with its components, and load its images from the archive.

    Raises:
        PublishError: PUB-R009, if the archive is damaged or has no main file; PUB-R030, if it is larger than allowed.
    """
    archive = Archive(source)
    files = sorted(name for name in archive.names if name.lower().endswith(".xml"))
    main = MAIN if MAIN in archive.names else files[0] if len(files) == 1 else MAIN
    root = parse(archive.read(main), f"{source.name}: {main}", comments=True)
    others: dict[str, Element] = {}
    for name in files:
        if name == main:
            continue
        other = parse(archive.read(name), f"{source.name}: {name}")
        uri = other.find(f".//{AKN}FRBRWork/{AKN}FRBRuri")
        if uri is not None:
            others.setdefault(str(uri.get("value", "")), other)
    join(root, others)
    for picture in root.iter(f"{AKN}img"):
        address = str(picture.get("src", ""))
        name = str(PurePosixPath(main).parent / address)
        if name in archive.names:
            images.add(address, archive.read(name), None)
    return root
