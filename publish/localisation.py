"""Words that writers add to a document, in the language of the document."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Terms(Struct, frozen=True):
    """Words in one language that a writer may need."""

    notes: str
    endnotes: str
    note: str
    back: str
    """Text of a backlink, after the label of the note."""
    contents: str
    page: str
    on_page: str
    """Template for a reference to a page."""
    pages: str
    start: str
    """The landmark of the body."""
    summary: str
    """The accessibility summary of an EPUB."""
    table: str
    figure: str
    section: str
    editions: str
    """Accessible label of the list of other files of the publication."""
    months: str

    def date(self, day: dt.date) -> str:
        """Return a date in words, such as 3 februari 2022."""
        return f"{day.day} {self.months.split()[day.month - 1]} {day.year}"


TERMS: dict[str, Terms] = {
    "nl": Terms(
        "Noten",
        "Eindnoten",
        "Noot",
        "terug naar de tekst",
        "Inhoud",
        "Pagina",
        "p. {page}",
        "Pagina’s",
        "Begin van de tekst",
        "De tekst heeft koppen, een inhoudsopgave en noten die heen en terug gekoppeld zijn.",
        "Tabel",
        "Figuur",
        "paragraaf",
        "Andere formaten",
        "januari februari maart april mei juni juli augustus september oktober november december",
    ),
    "en": Terms(
        "Notes",
        "Endnotes",
        "Note",
        "back to the text",
        "Contents",
        "Page",
        "p. {page}",
        "Pages",
        "Start of the text",
        "The text has headings, a table of contents, and notes that are linked both ways.",
        "Table",
        "Figure",
        "section",
        "Other formats",
        "January February March April May June July August September October November December",
    ),
    "de": Terms(
        "Anmerkungen",
        "Endnoten",
        "Anmerkung",
        "zurück zum Text",
        "Inhalt",
        "Seite",
        "S. {page}",
        "Seiten",
        "Beginn des Textes",
        "Der Text hat Überschriften, ein Inhaltsverzeichnis und hin und zurück verknüpfte Anmerkungen.",
        "Tabelle",
        "Abbildung",
        "Abschnitt",
        "Andere Formate",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "fr": Terms(
        "Notes",
        "Notes de fin",
        "Note",
        "retour au texte",
        "Table des matières",
        "Page",
        "p. {page}",
        "Pages",
        "Début du texte",
        "Le texte comporte des titres, une table des matières et des notes liées dans les deux sens.",
        "Tableau",
        "Figure",
        "section",
        "Autres formats",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
}


def terms(language: str) -> Terms:
    """Return the words for a BCP 47 tag, by default the English words."""
    return TERMS.get(language.partition("-")[0].lower(), TERMS["en"])
