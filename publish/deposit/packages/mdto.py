"""MDTO SIP (Nationaal Archief, specification 1.0 of March 2026; MDTO-XML 1.0.1): an object folder with a sidecar for each file.

The order of elements follows the schema (`xsd:sequence`).
"""

from __future__ import annotations

import hashlib

from lxml import etree

from publish.deposit.content import DepositContent, Item
from publish.deposit.packages import Files
from publish.deposit.xml import Element, child, namespaces, written

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{NAMESPACE} {NAMESPACE}/MDTO-XML1.0.1.xsd"

SIDECAR, FILE_SIDECAR = ".mdto.xml", ".bestand.mdto.xml"
DELIVERY_NOTE = "pakbon.xml"

APPRAISALS = {"B": "Blijvend te bewaren", "V": "Tijdelijk te bewaren"}
EVENTS = {"submitted": "Ingezonden", "answered": "Ontvangen", "published": "Publicatie", "written": "Creatie"}
ROLES = {
    "questioner": "Indiener",
    "addressee": "Geadresseerde",
    "answerer": "Beantwoorder",
    "on-behalf": "Medebeantwoorder",
    "author": "Auteur",
    "publisher": "Uitgever",
}


def pack(content: DepositContent) -> Files:
    """Return the folder of the object with its sidecars, and the delivery note."""
    folder = content.name
    files: Files = {f"{folder}/{content.name}{SIDECAR}": _object(content)}
    for item in content.items:
        files[f"{folder}/{item.name}"] = item.data
        files[f"{folder}/{item.name}{FILE_SIDECAR}"] = _file(content, item)
    files[DELIVERY_NOTE] = _note(content, files)
    return files


def _root() -> Element:
    return etree.Element(
        f"{{{NAMESPACE}}}MDTO", {f"{{{_XSI}}}schemaLocation": _SCHEMA}, nsmap=namespaces(NAMESPACE, xsi=_XSI)
    )


def _object(content: DepositContent) -> bytes:
    """Return the metadata of the information object."""
    root, metadata, values = _root(), content.metadata, content.values
    element = child(root, "informatieobject")
    _identification(child(element, "identificatie"), content.identifier, content.identifier_source)
    child(element, "naam", content.title)
    _concept(element, "aggregatieniveau", "Archiefstuk", "Begrippenlijst Aggregatieniveaus MDTO")
    for keyword in metadata.keywords:
        child(element, "trefwoord", keyword)
    if metadata.subject:
        child(element, "omschrijving", metadata.subject)
    if metadata.language:
        child(element, "taal", metadata.language)
    for date in metadata.dates:
        event = child(element, "event")
        _concept(event, "eventType", EVENTS.get(date.role, date.role), "Begrippenlijst EventTypeLijst MDTO")
        child(event, "eventTijd", date.date.isoformat())
    _concept(
        element,
        "waardering",
        APPRAISALS[values["waardering"]],
        "Begrippenlijst Waarderingen MDTO",
        values["waardering"],
    )
    if values.get("bewaartermijn"):
        child(child(element, "bewaartermijn"), "termijnLooptijd", values["bewaartermijn"])
    if values.get("informatiecategorie"):
        _concept(
            element,
            "informatiecategorie",
            values["informatiecategorie"],
            values.get("selectielijst") or "Selectielijst",
        )
    if values.get("isOnderdeelVan"):
        part = child(element, "isOnderdeelVan")
        child(part, "verwijzingNaam", values.get("isOnderdeelVanNaam") or values["isOnderdeelVan"])
        _identification(child(part, "verwijzingIdentificatie"), values["isOnderdeelVan"], values["locatie"])
    for item in content.of("publication") + content.of("source"):
        _reference(element, "heeftRepresentatie", item.name, item.name, content.name)
    for item in content.of("metadata"):
        _reference(element, "aanvullendeMetagegevens", item.name, item.name, content.name)
    for other in metadata.related:
        related = child(element, "gerelateerdInformatieobject")
        _reference(
            related,
            "gerelateerdInformatieobjectVerwijzing",
            other.text,
            other.identifier,
            "officielebekendmakingen.nl",
        )
        _concept(
            related,
            "gerelateerdInformatieobjectTypeRelatie",
            "Heeft betrekking op",
            "Begrippenlijst Relatietypen MDTO",
        )
    child(child(element, "archiefvormer"), "verwijzingNaam", values["archiefvormer"])
    for agent in metadata.agents:
        concerned = child(element, "betrokkene")
        _concept(
            concerned,
            "betrokkeneTypeRelatie",
            ROLES.get(agent.capacity, agent.capacity),
            "Rollen van publish",
        )
        shown = agent.name or agent.office or agent.organisation
        named = f"{shown} ({agent.party})" if agent.party else shown
        child(child(concerned, "betrokkeneActor"), "verwijzingNaam", named)
    limit = child(element, "beperkingGebruik")
    listed = values.get("beperkingGebruikBegrippenlijst") or "Begrippenlijst BeperkingGebruikTypen MDTO"
    _concept(limit, "beperkingGebruikType", values["beperkingGebruik"], listed)
    if metadata.rights:
        child(limit, "beperkingGebruikNadereBeschrijving", metadata.rights)
    return written(root)


def _file(content: DepositContent, item: Item) -> bytes:
    root = _root()
    element = child(root, "bestand")
    _identification(child(element, "identificatie"), item.name, content.name)
    child(element, "naam", item.name)
    child(element, "omvang", str(len(item.data)))
    _concept(element, "bestandsformaat", item.format.name, "PRONOM-register", item.format.puid)
    checksum = child(element, "checksum")
    _concept(checksum, "checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO")
    child(checksum, "checksumWaarde", item.sha256)
    child(checksum, "checksumDatum", content.stamp)
    _reference(element, "isRepresentatieVan", content.title, content.identifier, content.identifier_source)
    return written(root)


def _note(content: DepositContent, files: Files) -> bytes:
    """Return the delivery note (pakbon): the elements of the specification, and each file with its digest."""
    root = etree.Element("pakbon")
    values = content.values
    plain = {path: data for path, data in files.items() if not path.lower().endswith(SIDECAR)}
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    whole = hashlib.sha256("".join(f"{d}  {path}\n" for path, d in digests.items()).encode()).hexdigest()
    entries = {
        "identificatie": content.identifier,
        "naam": content.title,
        "locatie": values["locatie"],
        "tijdstip": content.stamp,
        "organisatie": values["archiefvormer"],
        "contactpersoon": values["contactpersoon"],
        "aantalInformatieobjecten": "1",
        "aantalBestanden": str(len(plain)),
        "aantalBestandenZonderMdto": str(len(plain)),
        "omvangInBytes": str(sum(map(len, plain.values()))),
        "bijzonderheden": values.get("bijzonderheden", ""),
    }
    for name, value in entries.items():
        etree.SubElement(root, name).text = value
    # Digest of the lines of `sha256sum`, in the order of the paths.
    etree.SubElement(root, "hashcode", {"algoritme": "SHA-256"}).text = whole
    listed = etree.SubElement(root, "bestanden")
    for path, digest in digests.items():
        etree.SubElement(listed, "bestand", {"pad": path, "sha256": digest, "omvang": str(len(files[path]))})
    return written(root)


def _identification(parent: Element, value: str, source: str) -> None:
    child(parent, "identificatieKenmerk", value)
    child(parent, "identificatieBron", source)


def _reference(parent: Element, name: str, shown: str, identifier: str, source: str) -> None:
    element = child(parent, name)
    child(element, "verwijzingNaam", shown)
    if identifier:
        _identification(child(element, "verwijzingIdentificatie"), identifier, source)


def _concept(parent: Element, name: str, shown: str, listed: str, code: str = "") -> None:
    element = child(parent, name)
    child(element, "begripLabel", shown)
    if code:
        child(element, "begripCode", code)
    child(child(element, "begripBegrippenlijst"), "verwijzingNaam", listed)
