"""BagIt 1.0 (RFC 8493): the payload in `data/`, SHA-512 manifests, and parts that the Library of Congress library does not write.

`bagit` writes version 0.97. Here, only the version line differs; the tag manifest is written after that line is corrected.
"""

from __future__ import annotations

import hashlib

from publish.deposit.content import DepositContent
from publish.deposit.packages import Files
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.extras import hint as extra_hint
from publish.temporary import temporary_folder

FOLDERS = {"publication": "publication", "source": "source", "metadata": "metadata"}
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha512.txt", "tagmanifest-sha512.txt"


def payload(content: DepositContent) -> Files:
    """Return the files, in one folder for each use."""
    return {f"{FOLDERS[item.use]}/{item.name}": item.data for item in content.items}


def _sorted(manifest: bytes) -> bytes:
    lines = manifest.decode().splitlines(keepends=True)
    return "".join(sorted(lines, key=lambda line: line.partition("  ")[2])).encode()


def pack(content: DepositContent) -> Files:
    """Return the files of a bag.

    Raises:
        PublishError: PUB-D002, if `bagit` is not installed.
    """
    try:
        import bagit
    except ImportError:
        raise PublishError(
            make("PUB-D002", "Package not installed: bagit", hint=extra_hint("deposit"))
        ) from None
    values = content.values
    told = {
        "Source-Organization": values["archiefvormer"],
        **({"Contact-Name": values["contactpersoon"]} if values.get("contactpersoon") else {}),
        "External-Identifier": content.identifier,
        "External-Description": content.title,
        "Bagging-Date": content.time.date().isoformat(),
        "Bag-Software-Agent": content.tool,
        "Internal-Sender-Identifier": content.name,
    }
    with temporary_folder() as root:
        for path, data in payload(content).items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data)
        bagit.make_bag(str(root), told, checksums=["sha512"])
        files = {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    files["bagit.txt"] = DECLARATION
    # `bagit` writes the lines in the order of the file system.
    files[MANIFEST] = _sorted(files[MANIFEST])
    tags = sorted(name for name in files if "/" not in name and name != TAG_MANIFEST)
    lines = (f"{hashlib.sha512(files[name]).hexdigest()}  {name}\n" for name in tags)
    files[TAG_MANIFEST] = "".join(lines).encode()
    return files
