"""RO-Crate 1.1: the files with a JSON-LD description."""

from __future__ import annotations

import json
from typing import Any

from publish.deposit.content import DepositContent
from publish.deposit.packages import Files
from publish.deposit.packages.bag import payload

DESCRIPTION = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"


def pack(content: DepositContent) -> Files:
    """Return the payload and its description."""
    files = payload(content)
    by_name = {item.name: item for item in content.items}
    graph: list[dict[str, Any]] = [
        {
            "@id": DESCRIPTION,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        _root(content, files),
        {"@id": "#archiefvormer", "@type": "Organization", "name": content.values["archiefvormer"]},
        {
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": content.metadata.rights or content.values["beperkingGebruik"],
            "description": content.metadata.rights or content.values["beperkingGebruik"],
        },
        {
            "@id": "#publish",
            "@type": "SoftwareApplication",
            "name": content.tool,
            "version": content.tool.rpartition(" ")[2],
            "url": "https://joinup.ec.europa.eu/",
        },
    ]
    seen: set[str] = set()
    for path in files:
        item = by_name[path.rpartition("/")[2]]
        formats: list[Any] = [item.media_type]
        if item.format.puid != "UNKNOWN":
            formats.append({"@id": _PRONOM + item.format.puid})
            if item.format.puid not in seen:
                seen.add(item.format.puid)
                graph.append(
                    {"@id": _PRONOM + item.format.puid, "@type": "WebSite", "name": item.format.name}
                )
        graph.append(
            {
                "@id": path,
                "@type": "File",
                "name": item.name,
                "description": item.about,
                "encodingFormat": formats if len(formats) > 1 else formats[0],
                "contentSize": str(len(item.data)),
                "sha256": item.sha256,
            }
        )
    for number, event in enumerate(content.events, start=1):
        graph.append(
            {
                "@id": f"#event-{number}",
                "@type": "CreateAction",
                "name": event.type,
                "description": f"{event.detail} {event.outcome}".strip(),
                "endTime": content.stamp,
                "instrument": {"@id": "#publish"},
                "result": _one_or_more([path for path in files if path.rpartition("/")[2] in event.files]),
            }
        )
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    return {DESCRIPTION: text.encode() + b"\n", **files}


def _one_or_more(paths: list[str]) -> Any:  # noqa: ANN401 - JSON
    """Return references; a single reference is not in a list (RO-Crate 1.1, JSON-LD)."""
    found = [{"@id": path} for path in paths]
    return found[0] if len(found) == 1 else found


def _root(content: DepositContent, files: Files) -> dict[str, Any]:
    metadata = content.metadata
    published = metadata.date("published") or max(
        (d.date for d in metadata.dates), default=content.time.date()
    )
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": content.title,
        "description": metadata.subject or content.title,
        "identifier": content.identifier,
        "datePublished": published.isoformat(),
        "license": {"@id": "#rights"},
        "publisher": {"@id": "#archiefvormer"},
        "author": {"@id": "#archiefvormer"},
        "hasPart": [{"@id": path} for path in files],
        "mentions": [{"@id": f"#event-{k}"} for k in range(1, len(content.events) + 1)],
    }
    if metadata.language:
        root["inLanguage"] = metadata.language
    if metadata.keywords:
        root["keywords"] = ", ".join(metadata.keywords)
    return root
