"""E-ARK SIP (CSIP and SIP 2.1, https://earksip.dilcis.eu): METS for representations and metadata, with PREMIS.

The publication is one representation and its source another. The METS of the package lists all files, with digests and formats.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable

from lxml import etree

from publish.deposit.content import DepositContent, Format, Item
from publish.deposit.packages import Files
from publish.deposit.premis import NAME as PREMIS
from publish.deposit.xml import Element, child, written

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
DC = "http://purl.org/dc/elements/1.1/"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
MAIN = "METS.xml"

REPRESENTATIONS = {"publication": "publication", "source": "source"}
DESCRIPTIVE, PRESERVATION, OTHER = "metadata/descriptive", "metadata/preservation", "metadata/other"


def pack(content: DepositContent) -> Files:
    """Return the files of the package."""
    files: Files = {}
    groups: dict[str, list[tuple[str, Item]]] = {"Documentation": [], "Schemas": []}
    others: list[Item] = []
    readme = _readme(content)
    for item in (*content.items, readme):
        if item.name == PREMIS:
            files[f"{PRESERVATION}/{PREMIS}"] = item.data
            continue
        path, use = _place(item, readme)
        files[path] = item.data
        if use:
            groups.setdefault(use, []).append((path, item))
        else:
            others.append(item)
    files[f"{DESCRIPTIVE}/dc.xml"] = _dublin_core(content)
    return {MAIN: _mets(content, files, groups, others), **files}


def _place(item: Item, readme: Item) -> tuple[str, str]:
    """Return the path of a file in the package and its METS group; metadata have no group."""
    if item.use in REPRESENTATIONS:
        name = REPRESENTATIONS[item.use]
        return f"representations/{name}/data/{item.name}", f"Representations/{name}"
    if item is readme:
        return f"documentation/{item.name}", "Documentation"
    if ".schema." in item.name:
        return f"schemas/{item.name}", "Schemas"
    return f"{OTHER}/{item.name}", ""


def _readme(content: DepositContent) -> Item:
    """Return a description of the package for readers who have none of its tools."""
    lines = [
        content.title,
        "",
        f"Made by {content.tool}. representations/publication: the paper in several formats; representations/source: the",
        "sources. metadata/other/verify.json: each note as read back from each format; digests.json: digests of the",
        "files and of their content; deposit.json: how to rebuild the files (`publish deposit --check`).",
        *(f"{item.name}: {item.about}" for item in content.items),
    ]
    data = "\n".join(lines).encode() + b"\n"
    return Item(
        "README.txt", data, "metadata", "text/plain", Format("x-fmt/111", "Plain Text File"), "this file"
    )


def _mets(
    content: DepositContent, files: Files, groups: dict[str, list[tuple[str, Item]]], others: list[Item]
) -> bytes:
    root = etree.Element(
        f"{{{METS}}}mets",
        {
            "OBJID": content.name,
            "LABEL": content.title,
            "TYPE": "Textual works – Digital",
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "MIXED",
            "PROFILE": PROFILE,
        },
        nsmap={"mets": METS, "csip": CSIP, "sip": SIP, "xlink": XLINK},
    )
    _header(root, content)
    described = child(
        root, "dmdSec", attributes={"ID": "dmd-dc", "CREATED": content.stamp, "STATUS": "CURRENT"}
    )
    _reference(described, f"{DESCRIPTIVE}/dc.xml", files, "DC", content)
    administered = child(root, "amdSec", attributes={"ID": "amd"})
    held = child(administered, "digiprovMD", attributes={"ID": "amd-premis", "STATUS": "CURRENT"})
    _reference(held, f"{PRESERVATION}/{PREMIS}", files, "PREMIS", content)
    for number, item in enumerate(others, start=1):
        held = child(administered, "digiprovMD", attributes={"ID": f"amd-{number}", "STATUS": "CURRENT"})
        _reference(held, f"{OTHER}/{item.name}", files, "OTHER", content, item.name)
    section = child(root, "fileSec", attributes={"ID": "files"})
    for number, (use, members) in enumerate(groups.items(), start=1):
        attributes = {
            "ID": f"group-{number}",
            "USE": use,
            "ADMID": "amd-premis",
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": "publish",
        }
        group = child(section, "fileGrp", attributes=attributes)
        for index, (path, item) in enumerate(members, start=1):
            _file(group, f"file-{number}-{index}", path, item, content)
    structure = child(root, "structMap", attributes={"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"})
    whole = child(structure, "div", attributes={"ID": "div-package", "LABEL": content.name})
    references = " ".join(["amd-premis", *(f"amd-{k}" for k in range(1, len(others) + 1))])
    attributes = {"ID": "div-metadata", "LABEL": "Metadata", "DMDID": "dmd-dc", "ADMID": references}
    child(whole, "div", attributes=attributes)
    for label in ("Documentation", "Schemas", "Representations"):
        part = child(whole, "div", attributes={"ID": f"div-{label.lower()}", "LABEL": label})
        for number, use in enumerate(groups, start=1):
            if use.partition("/")[0] == label:
                child(part, "fptr", attributes={"FILEID": f"group-{number}"})
    return written(root)


def _header(root: Element, content: DepositContent) -> None:
    header = child(
        root,
        "metsHdr",
        attributes={
            "CREATEDATE": content.stamp,
            "LASTMODDATE": content.stamp,
            "RECORDSTATUS": "NEW",
            f"{{{CSIP}}}OAISPACKAGETYPE": "SIP",
        },
    )
    software, _, version = content.tool.rpartition(" ")
    agents: Iterable[tuple[dict[str, str], str, str, str]] = (
        (
            {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"},
            software,
            version,
            "SOFTWARE VERSION",
        ),
        (
            {"ROLE": "ARCHIVIST", "TYPE": "ORGANIZATION"},
            content.values["archiefvormer"],
            content.identifier,
            "IDENTIFICATIONCODE",
        ),
        (
            {"ROLE": "OTHER", "OTHERROLE": "SUBMITTER", "TYPE": "ORGANIZATION"},
            content.values["archiefvormer"],
            content.values.get("contactpersoon") or content.values["archiefvormer"],
            "",
        ),
    )
    for attributes, name, note, kind in agents:
        agent = child(header, "agent", attributes=attributes)
        child(agent, "name", name)
        child(agent, "note", note, {f"{{{CSIP}}}NOTETYPE": kind} if kind else {})
    child(header, "altRecordID", content.identifier, {"TYPE": "REFERENCECODE"})


def _reference(
    parent: Element, path: str, files: Files, kind: str, content: DepositContent, other: str = ""
) -> None:
    attributes = {
        "LOCTYPE": "URL",
        f"{{{XLINK}}}type": "simple",
        f"{{{XLINK}}}href": path,
        "MDTYPE": kind,
        "MIMETYPE": mimetypes.guess_type(path)[0] or "application/octet-stream",
        "SIZE": str(len(files[path])),
        "CREATED": content.stamp,
        "CHECKSUM": hashlib.sha256(files[path]).hexdigest(),
        "CHECKSUMTYPE": "SHA-256",
    }
    if other:
        attributes["OTHERMDTYPE"] = other
    child(parent, "mdRef", attributes=attributes)


def _file(group: Element, identifier: str, path: str, item: Item, content: DepositContent) -> None:
    attributes = {
        "ID": identifier,
        "MIMETYPE": item.media_type,
        "SIZE": str(len(item.data)),
        "CREATED": content.stamp,
        "CHECKSUM": item.sha256,
        "CHECKSUMTYPE": "SHA-256",
        f"{{{SIP}}}FILEFORMATNAME": item.format.name,
        f"{{{SIP}}}FILEFORMATREGISTRY": "PRONOM",
        f"{{{SIP}}}FILEFORMATKEY": item.format.puid,
    }
    element = child(group, "file", attributes=attributes)
    child(
        element,
        "FLocat",
        attributes={"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": path},
    )


def _dublin_core(content: DepositContent) -> bytes:
    """Return simple Dublin Core (DCMES 1.1)."""
    metadata = content.metadata
    root = etree.Element(
        "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc",
        nsmap={"oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/", "dc": DC},
    )
    entries = [
        ("title", content.title),
        ("identifier", content.identifier),
        ("description", metadata.subject),
        ("language", metadata.language),
        ("publisher", content.values["archiefvormer"]),
        ("rights", metadata.rights or content.values["beperkingGebruik"]),
        ("type", "Text"),
        *(("subject", keyword) for keyword in metadata.keywords),
        *(("date", date.date.isoformat()) for date in metadata.dates),
        *(("creator", agent.shown) for agent in metadata.agents if agent.shown),
        *(("relation", other.identifier or other.text) for other in metadata.related),
    ]
    for name, value in entries:
        if value:
            etree.SubElement(root, f"{{{DC}}}{name}").text = value
    return written(root)
