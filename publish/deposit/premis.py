"""PREMIS 3.0: the files, the actions on them, the programs and the outcomes."""

from __future__ import annotations

from lxml import etree

from publish.deposit.content import DepositContent, Item
from publish.deposit.xml import Element, child, namespaces, written

NAME = "premis.xml"
NAMESPACE = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PRONOM = "http://www.nationalarchives.gov.uk/PRONOM/"


def premis(content: DepositContent) -> bytes:
    """Return the preservation metadata of a package (PREMIS Data Dictionary 3.0; schema premis-v3-0)."""
    root = etree.Element(f"{{{NAMESPACE}}}premis", {"version": "3.0"}, nsmap=namespaces(NAMESPACE, xsi=_XSI))
    for item in content.items:
        _file(root, item)
    agents: dict[str, str] = {}
    for number, event in enumerate(content.events, start=1):
        element = child(root, "event")
        _identifier(element, "event", f"event-{number}")
        child(element, "eventType", event.type)
        child(element, "eventDateTime", content.stamp)
        child(child(element, "eventDetailInformation"), "eventDetail", event.detail)
        if event.outcome:
            outcome = child(element, "eventOutcomeInformation")
            child(outcome, "eventOutcome", event.outcome)
            if event.note:
                child(child(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", event.note)
        agent = agents.setdefault(event.agent or content.tool, f"agent-{len(agents) + 1}")
        _link(element, "Agent", agent)
        for name in event.files:
            _link(element, "Object", name)
    for name, identifier in agents.items():
        element = child(root, "agent")
        _identifier(element, "agent", identifier)
        child(element, "agentName", name)
        child(element, "agentType", "software")
    return written(root)


def _file(root: Element, item: Item) -> None:
    element = child(root, "object", attributes={f"{{{_XSI}}}type": "file"})
    _identifier(element, "object", item.name)
    features = child(element, "objectCharacteristics")
    fixity = child(features, "fixity")
    child(fixity, "messageDigestAlgorithm", "SHA-256")
    child(fixity, "messageDigest", item.sha256)
    child(features, "size", str(len(item.data)))
    form = child(features, "format")
    child(child(form, "formatDesignation"), "formatName", item.format.name)
    registry = child(form, "formatRegistry")
    child(registry, "formatRegistryName", _PRONOM)
    child(registry, "formatRegistryKey", item.format.puid)
    child(element, "originalName", item.name)


def _identifier(parent: Element, what: str, value: str) -> None:
    element = child(parent, f"{what}Identifier")
    child(element, f"{what}IdentifierType", "local")
    child(element, f"{what}IdentifierValue", value)


def _link(event: Element, what: str, value: str) -> None:
    element = child(event, f"linking{what}Identifier")
    child(element, f"linking{what}IdentifierType", "local")
    child(element, f"linking{what}IdentifierValue", value)
