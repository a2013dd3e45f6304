"""Four letters with answers in the layouts of other ministries: text boxes, a table, frames, and the header of the first page.

The names, cases and texts are invented; wording, order and layout are those of letters that ministries send.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tests.word import call, note, p, package, picture


class Case(Struct):
    """A letter, and what its paper must say."""

    data: Callable[[], bytes]
    opening: tuple[str, str]
    """The opening lines; bold is between `**`, italic between `*`."""
    title: str
    reference: str
    case: str
    left_out: tuple[str, ...]
    """Lines of the letter that are not in the paper."""


TAB = "<w:r><w:tab/></w:r>"


def bold(text: str) -> str:
    return p(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>")


def box(*lines: str) -> str:
    """Return a text box with these paragraphs."""
    inside = "".join(map(p, lines))
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
    drawing = f'<w:drawing><wp:anchor><wp:docPr id="3" name="Tekstvak"/><a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent></w:r>'


def frame(*lines: str) -> str:
    """Return paragraphs in a frame at the right edge of the page."""
    properties = '<w:framePr w:w="2200" w:hSpace="141" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="9000" w:y="3000"/>'
    return "".join(p(line, properties=properties) for line in lines)


def table(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """Return a table without borders with two cells."""
    cells = "".join(f"<w:tc><w:tcPr/>{''.join(map(p, lines))}</w:tc>" for lines in (left, right))
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"


def finance() -> bytes:
    drawing, parts, link = picture()
    sender = (
        "Directie Algemene Fiscale Politiek", "Korte Voorhout 7", "2511 CW Den Haag", "Postbus 20201", "2500 EE  Den Haag",
        "www.rijksoverheid.nl", "Ons kenmerk", "2024-0000512345", "Uw brief (kenmerk)", "2024Z15232", "Bijlagen", "1",
    )  # fmt: skip
    body = [
        p(drawing, box(*sender)),
        p("> Retouradres Postbus 20201 2500 EE  Den Haag"),
        p("De voorzitter van de Tweede Kamer der Staten-Generaal"), p("Postbus 20018"), p("2500 EA  DEN HAAG"),
        p("Datum", TAB, "24 oktober 2024"), p("Betreft", TAB, "Kamervragen over de evaluatie van de giftenaftrek"),
        p("Geachte voorzitter,"),
        p(
            "Hierbij zend ik u, mede namens de minister van Sociale Zaken en Werkgelegenheid, de antwoorden op de vragen van het "
            "lid Omtmeer (Nieuw Sociaal Contract) aan de staatssecretaris van Financiën over de evaluatie van de giftenaftrek "
            "(ingezonden 3 oktober 2024)."
        ),
        p("Hoogachtend,"), p("de staatssecretaris van Financiën,"), p("Fokke Idstra"),
        bold("Vraag 1"), p("Kent u de evaluatie?"), bold("Antwoord 1"), p("Ja.", call(1)),
    ]  # fmt: skip
    return package("".join(body), parts, link, footnotes=note(1, "Kamerstuk 36 600, nr. 2."))


def health() -> bytes:
    address = ("> Retouradres Postbus 20350 2500 EJ Den Haag", "De Voorzitter van de Tweede Kamer", "der Staten-Generaal", "Postbus 20018", "2500 EA DEN HAAG")  # fmt: skip
    sender = (
        "Directoraat-Generaal Curatieve Zorg", "Directie Geneesmiddelen en Medische Technologie", "Bezoekadres:", "Parnassusplein 5",
        "2511 VX Den Haag", "T 070 340 79 11", "F 070 340 78 34", "Kenmerk", "3918273-1067890-GMT", "Uw kenmerk", "2024Z09876",
        "Bijlage(n)", "-", "Correspondentie uitsluitend richten aan het retouradres met vermelding van de datum en het kenmerk van deze brief.",
    )  # fmt: skip
    body = [
        table(address, sender),
        table(("Datum", "Betreft"), ("17 juni 2024", "Kamervragen")),
        p("Geachte voorzitter,"),
        p(
            "Hierbij bied ik u de antwoorden aan op de Kamervragen van het lid Bosman (GroenLinks-PvdA) over het tekort aan "
            "medicijnen (2024Z09876)."
        ),
        p("Met vriendelijke groet,"), p("de minister van Volksgezondheid,"), p("Welzijn en Sport,"), p("F.M. van Agtmaal"),
        p("Antwoorden op Kamervragen van het lid Bosman (GroenLinks-PvdA) over het tekort aan medicijnen (2024Z09876, ingezonden 27 mei 2024)."),
        bold("Vraag 1"), p("Hoeveel medicijnen zijn er te weinig?"), bold("Antwoord op vraag 1"), p("Veel."),
    ]  # fmt: skip
    return package("".join(body))


def foreign() -> bytes:
    head = (
        "Ministerie van Buitenlandse Zaken", "Directie Europa", "Rijnstraat 8", "2515 XP Den Haag", "Postbus 20061", "Nederland",
        "www.rijksoverheid.nl", "Onze Referentie", "BZ2407654", "Uw Referentie", "2024Z07654", "Bijlage(n)", "1",
    )  # fmt: skip
    header = p(box(*head)) + p("> Retouradres Postbus 20061 2500 EB Den Haag")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    body = [
        p("Aan de Voorzitter van de"), p("Tweede Kamer der Staten-Generaal"), p("Binnenhof 4"), p("Den Haag"),
        p("Datum 27 mei 2024"), p("Betreft", TAB, "Beantwoording vragen van de leden Pieters en Paterman over de situatie in Georgië"),
        p("Geachte voorzitter,"),
        p(
            "Hierbij bied ik u de beantwoording aan van de schriftelijke vragen gesteld door de leden Pieters (GroenLinks-PvdA) en "
            "Paterman (D66) over de situatie in Georgië. Deze vragen werden ingezonden op 6 mei 2024 met kenmerk 2024Z07654."
        ),
        p("De minister van Buitenlandse Zaken,"), p("Hanna Bruin Slot"),
        p("Antwoorden van de minister van Buitenlandse Zaken op vragen van de leden Pieters (GroenLinks-PvdA) en Paterman (D66) over de situatie in Georgië"),
        bold("Vraag 1"), p("Bent u bekend met het bericht?"), bold("Antwoord"), p("Ja."),
        '<w:sectPr><w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="first" r:id="r77"/><w:titlePg/></w:sectPr>',
    ]  # fmt: skip
    link = '<Relationship Id="r77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>'
    return package("".join(body), {"word/header1.xml": f"<w:hdr {space}>{header}</w:hdr>"}, link)


def water() -> bytes:
    body = [
        frame("Ministerie van Infrastructuur en Waterstaat", "Rijnstraat 8", "2515 XP  Den Haag", "Postbus 20901", "2500 EX  Den Haag",
              "T 070-456 0000", "Ons kenmerk", "IENW/BSK-2024/271828", "Bijlage(n)", "1"),
        p("> Retouradres Postbus 20901 2500 EX Den Haag"),
        p("De voorzitter van de Tweede Kamer"), p("der Staten-Generaal"), p("Binnenhof 4"), p("2513 AA  DEN HAAG"),
        p("Datum"), p("1 oktober 2024"),
        p("Betreft"), p("Beantwoording schriftelijke vragen van het lid Grinwijs over de aanleg van de Lelylijn"),
        p("Geachte voorzitter,"),
        p(
            "Hierbij ontvangt u de antwoorden op de schriftelijke vragen van het lid Grinwijs (ChristenUnie) over de aanleg van "
            "de Lelylijn, ingezonden op 12 september 2024 met kenmerk 2024Z13579."
        ),
        p("Hoogachtend,"), p("DE MINISTER VAN INFRASTRUCTUUR EN WATERSTAAT,"), p("Barend Madland"),
        bold("Vraag 1"), p("Komt de Lelylijn er?"), bold("Antwoord 1"), p("Dat is nog niet bekend."),
    ]  # fmt: skip
    return package("".join(body))


CASES = {
    "Financiën: text box": Case(
        finance,
        (
            "Vragen van het lid **Omtmeer** (Nieuw Sociaal Contract) aan de Staatssecretaris van Financiën over *de evaluatie van "
            "de giftenaftrek* (ingezonden 3 oktober 2024).",
            "Antwoord van Staatssecretaris **Idstra** (Financiën), mede namens de Minister van Sociale Zaken en Werkgelegenheid "
            "(ontvangen 24 oktober 2024).",
        ),
        "Aanhangsel Handelingen: de evaluatie van de giftenaftrek",
        "2024-0000512345",
        "2024Z15232",
        ("Korte Voorhout 7", "www.rijksoverheid.nl", "Bijlagen", "Hoogachtend", "Fokke"),
    ),
    "VWS: table": Case(
        health,
        (
            "Vragen van het lid **Bosman** (GroenLinks-PvdA) aan de Minister van Volksgezondheid, Welzijn en Sport over *het tekort "
            "aan medicijnen* (ingezonden 27 mei 2024).",
            "Antwoord van Minister **Van Agtmaal** (Volksgezondheid, Welzijn en Sport) (ontvangen 17 juni 2024).",
        ),
        "Aanhangsel Handelingen: het tekort aan medicijnen",
        "3918273-1067890-GMT",
        "2024Z09876",
        (
            "Parnassusplein",
            "070 340 79 11",
            "Correspondentie uitsluitend",
            "Bezoekadres",
            "vriendelijke groet",
        ),
    ),
    "BZ: header": Case(
        foreign,
        (
            "Vragen van de leden **Pieters** (GroenLinks-PvdA) en **Paterman** (D66) aan de Minister van Buitenlandse Zaken over *de "
            "situatie in Georgië* (ingezonden 6 mei 2024).",
            "Antwoord van Minister **Bruin Slot** (Buitenlandse Zaken) (ontvangen 27 mei 2024).",
        ),
        "Aanhangsel Handelingen: de situatie in Georgië",
        "BZ2407654",
        "2024Z07654",
        ("Binnenhof 4", "Geachte voorzitter", "Deze vragen werden ingezonden", "Hanna"),
    ),
    "IenW: frame": Case(
        water,
        (
            "Vragen van het lid **Grinwijs** (ChristenUnie) aan de Minister van Infrastructuur en Waterstaat over *de aanleg van de "
            "Lelylijn* (ingezonden 12 september 2024).",
            "Antwoord van Minister **Madland** (Infrastructuur en Waterstaat) (ontvangen 1 oktober 2024).",
        ),
        "Aanhangsel Handelingen: de aanleg van de Lelylijn",
        "IENW/BSK-2024/271828",
        "2024Z13579",
        ("Postbus 20901", "070-456 0000", "Hoogachtend", "Barend"),
    ),
}
