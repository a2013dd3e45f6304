"""The elements of Akoma Ntoso by content (OASIS Standard, 29 August 2018, part 2)."""

from __future__ import annotations

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML = "http://www.w3.org/XML/1998/namespace"

DOCUMENTS = frozenset(
    [
        "amendmentList", "officialGazette", "documentCollection", "act", "bill", "debateReport", "debate",
        "statement", "amendment", "judgment", "portion", "doc",
    ]
)  # fmt: skip
"""Document elements."""

TITLES = ("num", "heading", "subheading")
"""Elements at the start of a container."""

PARAGRAPHS = frozenset(
    [
        "p", "block", "listIntroduction", "listWrapUp", "tocItem", "scene", "narrative", "summary",
        "vote", "outcome", "crossHeading", "from",
    ]
)  # fmt: skip
"""Block elements that contain text."""

OPAQUE = frozenset(["foreign", "meta", "subFlow", "quotedStructure", "embeddedStructure"])
"""Elements that are kept unchanged: other vocabularies, and structures within a sentence."""

HEADED = frozenset(
    [
        "article", "chapter", "part", "title", "book", "tome", "division", "subpart", "subchapter",
        "subtitle", "subdivision",
    ]
)  # fmt: skip
"""Containers whose number is a heading, even if they have no other heading."""

LISTS = frozenset({"ul", "ol"})

ELEMENT_ONLY = frozenset(
    [
        "akomaNtoso", "meta", "identification", "FRBRWork", "FRBRExpression", "FRBRManifestation",
        "publication", "lifecycle", "workflow", "references", "amendmentList", "officialGazette",
        "documentCollection", "act", "bill", "debateReport", "debate", "statement", "amendment",
        "judgment", "portion", "doc", "components", "attachments", "component", "attachment",
        "collectionBody", "portionBody", "body", "debateBody", "judgmentBody", "amendmentBody",
        "mainBody", "coverPage", "preface", "preamble", "conclusions", "header", "introduction",
        "background", "arguments", "remedies", "motivation", "decision", "administrationOfOath",
        "rollCall", "prayers", "oralStatements", "writtenStatements", "personalStatements",
        "ministerialStatements", "resolutions", "nationalInterest", "declarationOfVote", "communication",
        "petitions", "papers", "noticesOfMotion", "questions", "address", "proceduralMotions",
        "pointOfOrder", "adjournment", "debateSection", "speechGroup", "speech", "question", "answer",
        "other", "clause", "section", "part", "paragraph", "chapter", "title", "book", "tome", "article",
        "division", "list", "point", "indent", "alinea", "rule", "subrule", "proviso", "subsection",
        "subpart", "subparagraph", "subchapter", "subtitle", "subdivision", "subclause", "sublist",
        "level", "transitional", "hcontainer", "recitals", "recital", "citations", "citation",
        "longTitle", "formula", "interstitial", "content", "intro", "wrapUp", "container", "div",
        "amendmentHeading", "amendmentContent", "amendmentReference", "amendmentJustification",
        "blockContainer", "blockList", "item", "tblock", "toc", "ul", "ol", "table", "tr", "td", "th",
        "authorialNote", "note",
    ]
)  # fmt: skip
"""Elements that contain no text directly: white space in them has no meaning."""
