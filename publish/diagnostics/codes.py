"""The registry of diagnostic codes: what each means and how to mend it, as `publish explain` prints it.

Families: R reader, M model and metadata, N notes, X references, S style, W writer, V verify, B batch, C command and settings. A code is never reused
for another meaning. `tests/diagnostics/` has a folder for each code that a manuscript can cause.
"""

from __future__ import annotations

from msgspec import Struct

from publish.diagnostics.types import Diagnostic, Severity, Span

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Code(Struct, frozen=True):
    """One rule."""

    severity: Severity
    title: str
    meaning: str
    fix: str


CODES: dict[str, Code] = {
    "PUB-R001": Code(_E, "no such file", "The manuscript that was named does not exist.", "Check the path."),
    "PUB-R002": Code(
        _E, "not a file", "A folder or device was named where a manuscript is needed.", "Name a file."
    ),
    "PUB-R003": Code(_E, "empty manuscript", "The file holds no text.", "Check that it was saved."),
    "PUB-R004": Code(
        _E,
        "not UTF-8",
        "The file is not text in UTF-8. Guessing another encoding could change letters in silence.",
        "Convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`.",
    ),
    "PUB-R005": Code(
        _E,
        "broken front matter",
        "The lines between the two `---` at the top are not a YAML mapping.",
        "Mend the line that is named. A value with a colon needs quotation marks.",
    ),
    "PUB-R006": Code(
        _W,
        "unknown front matter key",
        "No format uses this key. It is kept in the model under `metadata.extra`.",
        "Check its spelling against docs/manuscripts.md.",
    ),
    "PUB-R007": Code(
        _E,
        "unknown kind of manuscript",
        "No reader is registered for this file's suffix.",
        "Use `--from NAME` with a name from `publish formats`.",
    ),
    "PUB-R008": Code(
        _E,
        "wrong value in front matter",
        "A front matter value has not the shape that its key needs, such as a date that is no date.",
        "Write dates as 2022-02-03, lists as [a, b], and names as text.",
    ),
    "PUB-R009": Code(
        _E,
        "cannot be read",
        "The file exists but could not be opened or understood by the reader for its kind.",
        "Check its permissions, and that its suffix says what it is.",
    ),
    "PUB-R010": Code(
        _W,
        "HTML that the model has no type for",
        "A piece of HTML in the manuscript is published as the literal text that it is, so that nothing is lost.",
        "Say it in Markdown, or remove it.",
    ),
    "PUB-R011": Code(
        _E,
        "picture outside the manuscript's folder",
        "A manuscript may show only files in or below its own folder, so that a document from elsewhere cannot "
        "carry other files of your machine into a publication.",
        "Copy the picture beside the manuscript.",
    ),
    "PUB-R012": Code(_E, "picture not found", "The file of a picture does not exist.", "Check its path."),
    "PUB-R013": Code(
        _E,
        "picture cannot be used",
        "The file is too large, or not a PNG, JPEG, GIF or safe SVG picture.",
        "Save it as PNG, JPEG or plain SVG of at most 50 MB.",
    ),
    "PUB-R014": Code(
        _E,
        "picture on the network",
        "publish never fetches anything from the network: what it made could then change without a change of the "
        "manuscript.",
        "Download the picture and put it beside the manuscript.",
    ),
    "PUB-R015": Code(
        _W,
        "heading level skipped",
        "A heading is more than one level below the one above it. It is read as one level below.",
        "Use the next level, or add the missing heading.",
    ),
    "PUB-R016": Code(
        _W,
        "positions are not known",
        "This kind of file is read through pandoc, which keeps no positions and prints a note that is called twice "
        "twice.",
        "Use a format that publish reads itself where exact notes matter.",
    ),
    "PUB-R017": Code(
        _W,
        "link that no format may carry",
        "Only http, https, mailto, ftp and tel links, and links to a heading of the document, are published.",
        "Give the full address.",
    ),
    "PUB-R018": Code(
        _W,
        "character that no format can hold",
        "Control characters cannot stand in XML and were removed.",
        "Remove them from the manuscript.",
    ),
    "PUB-R019": Code(
        _W,
        "picture without alternative text",
        "Someone who cannot see the picture is told nothing but the name of its file.",
        "Say what it shows: `![what it shows](file.png)`.",
    ),
    "PUB-R020": Code(
        _I,
        "paragraph joined over an old page's end",
        "In text taken out of a PDF a sentence stopped before the notes of a page and went on after them. It is one "
        "paragraph again.",
        "If they are two paragraphs, end the first with a full stop in the source.",
    ),
    "PUB-R021": Code(
        _E,
        "nested too deeply",
        "Lists, quotations or emphasis stand within each other so deeply that no format can show it.",
        "Check for runs of `>`, `*` or indented list items that were not meant as such.",
    ),
    "PUB-R022": Code(
        _W,
        "attribute that says nothing",
        "An attribute has a value that publish does not know, so that it changes nothing.",
        "Correct the value; docs/manuscripts.md lists what there is.",
    ),
    "PUB-R023": Code(
        _W,
        "more cells than columns",
        "A row of a table has more cells than the row of its head, and the table has no columns for them.",
        "Give the head of the table more cells; write a `|` within a cell as `\\|`.",
    ),
    "PUB-R024": Code(
        _I,
        "picture written anew",
        "A picture in the colours of presses (CMYK), of sixteen bits a point, or lying on its side until a viewer turns it, is not shown alike "
        "by all programs. It was made plain.",
        "Nothing; or save it upright, in RGB, with eight bits a colour.",
    ),
    "PUB-R030": Code(
        _E,
        "larger than allowed",
        "The file, unpacked, is larger than publish reads. A small archive can be made to fill a machine's memory.",
        "Check where it comes from; `--max-megabytes N` allows more.",
    ),
    "PUB-R031": Code(
        _E,
        "takes too long",
        "The file was not read within the time that reading may take.",
        "Check where it comes from; `--seconds N` allows more.",
    ),
    "PUB-R032": Code(
        _E,
        "tracked changes",
        "The Word file holds tracked changes, and `--track-changes fail` asks for none.",
        "Accept or reject them in Word, or say `--track-changes accept` or `reject`.",
    ),
    "PUB-R033": Code(
        _I,
        "tracked changes settled",
        "The Word file holds tracked changes. It is read as if they had all been accepted, or all rejected.",
        "Nothing, if that is meant; `--track-changes reject` or `fail` otherwise.",
    ),
    "PUB-R034": Code(
        _W,
        "part of a Word file that is not known",
        "Something in the file has no place in the model. Its text, if it has any, is kept as it is.",
        "Look at that place in the output; say it in another way in Word.",
    ),
    "PUB-R035": Code(
        _I,
        "content control not filled in",
        "A field of the template still shows its prompt ('Click to enter text'), which is no text of the document.",
        "Fill it in, or remove it.",
    ),
    "PUB-R036": Code(
        _W,
        "hidden text left out",
        "Text that Word hides is not published.",
        "Show it in Word (Font, Hidden), if it belongs to the document.",
    ),
    "PUB-R037": Code(
        _W,
        "sign of a symbol font that is not known",
        "A sign is only a number in a font of pictures, and which character looks like it is not known.",
        "Put in the character itself (Insert, Symbol, from a normal font).",
    ),
    "PUB-R038": Code(
        _W,
        "note that cannot be called here",
        "The file refers to a note that it does not hold, or calls a note within a note.",
        "Open the file in Word, remove the mark and put the note in anew.",
    ),
    "PUB-R039": Code(
        _I,
        "list of contents made anew",
        "A list that Word made from the headings is left out, for publish makes its own from the same headings.",
        "Nothing.",
    ),
    "PUB-R040": Code(
        _W,
        "field that changes by itself",
        "A field such as today's date is published as Word showed it last.",
        "Write the date itself.",
    ),
    "PUB-R041": Code(
        _W,
        "object that cannot be published",
        "A chart, a diagram or an object of another program has no form that every format can show.",
        "Save it as a picture with an alternative text.",
    ),
    "PUB-R042": Code(
        _I,
        "table that only lays out a page",
        "A table without rules put things at their places on a page, as letters do. Its cells are published one after the other.",
        "Give the table rules in Word, if it is one.",
    ),
    "PUB-R043": Code(
        _W,
        "note that is called nowhere",
        "The file holds a note to which no mark leads, so that it cannot be printed.",
        "Put its mark where it belongs, or remove it.",
    ),
    "PUB-R044": Code(
        _W,
        "macros left out",
        "The file holds macros, which are never run and never published.",
        "Nothing; or save it as .docx, which cannot hold any.",
    ),
    "PUB-R045": Code(
        _I,
        "headings by their look",
        "The file has no headings by style. Short paragraphs in bold above other text are taken for headings.",
        "Use Word's heading styles.",
    ),
    "PUB-R046": Code(
        _I,
        "comment",
        "Someone wrote a comment beside the text. It is kept with the document, and in no publication.",
        "See whether it still asks for something.",
    ),
    "PUB-R047": Code(
        _W,
        "formula that could not be read",
        "A formula of Word has no TeX. Its characters stand in the text.",
        "Write it anew in Word's formula editor.",
    ),
    "PUB-R048": Code(
        _E,
        "not what its name says",
        "The content of the file is of another kind than its name.",
        "Give it the right suffix, or say `--from NAME`.",
    ),
    "PUB-R049": Code(
        _E,
        "fault of a reader",
        "Reading failed in a way that publish does not foresee. That is a fault of publish, and not of the file.",
        "Report it, with the file if it may be shown.",
    ),
    "PUB-R050": Code(
        _I,
        "running lines of an old edition",
        "What every page of the old print says around the text (series, number, page, place) is left out, for the new edition has its own.",
        "Nothing; what it says of the paper is kept as metadata.",
    ),
    "PUB-R051": Code(
        _I,
        "words whole again",
        "Words that a line's end parted with a hyphen are one word again. A hyphen before 'en', 'of' and their like is kept.",
        "Check the words that are named.",
    ),
    "PUB-R052": Code(
        _E,
        "PDF without text",
        "The PDF holds pictures of pages. What letters are in them is not known.",
        "Have the letters recognised first, for example with ocrmypdf.",
    ),
    "PUB-R053": Code(
        _W,
        "characters without Unicode",
        "A font of the PDF does not say which characters its shapes are.",
        "Compare the text with the PDF, and mend the places with '�'.",
    ),
    "PUB-R055": Code(
        _W,
        "draft of a standard",
        "The file is written for a draft of Akoma Ntoso, which differs from the standard in places.",
        "Have it written for the standard of 2018.",
    ),
    "PUB-R056": Code(
        _I,
        "carried as it is",
        "The file holds something that the model has no type for. It is written back as it was; other formats show its text.",
        "Nothing.",
    ),
    "PUB-R057": Code(
        _W,
        "note without a number",
        "What the file calls a note has no number by which it could be called. It stands in the text where it is written.",
        "Give it a number, or write it as text.",
    ),
    "PUB-R058": Code(
        _I,
        "heading above notes",
        "A heading that stood above nothing but notes is left out, for each format has its own place for notes.",
        "Nothing.",
    ),
    "PUB-R059": Code(
        _W,
        "lost on the way through pandoc",
        "pandoc has no place for something in the file, and left it out.",
        "Look whether it is missed; say it in another way.",
    ),
    "PUB-M001": Code(
        _W,
        "no title",
        "The document has no title in its front matter and no heading. Its file name is used where a format needs one.",
        "Add `title:` to the front matter.",
    ),
    "PUB-M002": Code(
        _I,
        "session not known",
        "The parliamentary session is not printed in the paper and its dates lie in two sessions.",
        "Add `session: 2021-2022` to the front matter.",
    ),
    "PUB-M003": Code(
        _W,
        "opening line not recognised",
        "The profile found a line that opens like a question or an answer, but not all of its parts.",
        "Give the parts in the front matter: questioner, addressee, answerer, dates.",
    ),
    "PUB-M010": Code(
        _W, "question without an answer", "No answer carries this question's number.", "Check the headings."
    ),
    "PUB-M011": Code(
        _W, "answer without a question", "No question carries this answer's number.", "Check the headings."
    ),
    "PUB-M012": Code(
        _W,
        "question or answer numbers do not run on",
        "A number is missing, repeated, or out of order.",
        "Check the headings of the paper. The text is published as it is.",
    ),
    "PUB-M013": Code(
        _W,
        "gap in a member's notes",
        "In the answers of a ministry a mark of the member has no entry in the list at the end, an entry has no mark, or a number is "
        "left out.",
        "Ask the ministry for the list as the member wrote it.",
    ),
    "PUB-M014": Code(
        _I,
        "notes of a member and of a ministry",
        "The letter holds two series of notes: the ministry's, which are Word's own, and the member's, which are typed and listed at "
        "the end.",
        "Nothing; `--member-notes separate` gives the member's notes their own labels.",
    ),
    "PUB-N001": Code(
        _E,
        "undefined note",
        "A note is called that the document does not hold. Its call is published as the literal text of the source.",
        "Define the note as `[^label]: text`, or remove the call.",
    ),
    "PUB-N002": Code(
        _W,
        "unused note",
        "A note is defined but never called. A note without a call has no place and is not published.",
        "Call it as `[^label]` where it belongs, or remove it.",
    ),
    "PUB-N003": Code(
        _E,
        "note defined twice",
        "Two notes have the same label. The first is used.",
        "Give one of them another label.",
    ),
    "PUB-N004": Code(
        _W,
        "source label differs",
        "The number that the source prints at a note is not the one that its place in the document gives it.",
        "Correct the source, or publish its own labels with `source-labels: keep`.",
    ),
    "PUB-N005": Code(
        _W,
        "note where none can stand",
        "A note is called in the alternative text of a picture, where no format can show it.",
        "Move the call to the caption or the text.",
    ),
    "PUB-N006": Code(
        _W, "empty note", "A note holds no text.", "Write the note, or remove it and its calls."
    ),
    "PUB-N007": Code(
        _W,
        "notes nested too deeply",
        "A note is called from within a note that itself stands within a note. It is numbered and printed, but no reader "
        "finds the way through three levels.",
        "Put what it says into the note that calls it.",
    ),
    "PUB-N008": Code(
        _W,
        "note inside a note",
        "A note is called from within a note. It is numbered after its parent and printed with it.",
        "Nothing, if it is meant. Many house rules forbid it.",
    ),
    "PUB-N009": Code(
        _I,
        "long note",
        "A note is longer than can be sure to fit at the foot of a page. It begins on the page of its call and goes on at the "
        "foot of the next.",
        "Nothing, if it is meant. Many house rules want such a text in an annex.",
    ),
    "PUB-N010": Code(
        _W,
        "line that looks like a note",
        "In text taken out of a PDF a line begins with a raised number, as notes do, but no call of that number is left "
        "for it. It is published where it stands.",
        "Put the call where it belongs, or the line into the text.",
    ),
    "PUB-N011": Code(
        _W,
        "gap in source labels",
        "The labels that the source prints at its notes leave a number out, so a note may have been lost on the way from "
        "paper to manuscript.",
        "Look for the missing note in the source.",
    ),
    "PUB-N012": Code(
        _W,
        "source label used twice",
        "The source prints the same number at two notes, so a citation of that number is not clear.",
        "Correct the number that is wrong.",
    ),
    "PUB-N013": Code(
        _W,
        "source labels out of order",
        "Two notes of the source are called in another order than that of their numbers.",
        "Look whether two calls were exchanged.",
    ),
    "PUB-N014": Code(
        _W,
        "citation of a note that is not clear",
        'The text says "see note 4", but no note, or more than one, has that number in the source. It is published as '
        "it is, and leads nowhere.",
        "Correct the number, or write the reference as `[4](#^label)`.",
    ),
    "PUB-N015": Code(
        _I,
        "numbers by page are not known yet",
        "The manuscript asks for note numbers that start again on each page. Which notes share a page is known when the "
        "PDF is laid out; until then the numbers run through the document.",
        "Nothing: `publish build` lays the PDF out first.",
    ),
    "PUB-N016": Code(
        _W,
        "table note outside a table",
        "A note belongs to the notes of a table, but its first call stands in no table. It is numbered with the notes of "
        "the text.",
        "Call it in its table first, or give it another label than `table:…`.",
    ),
    "PUB-N017": Code(
        _E,
        "numbers by page do not settle",
        "Note numbers that start again on each page change the lines of the page, and these the numbers, without end.",
        "Let the numbers run through the document, or change a word near the page's end.",
    ),
    "PUB-X001": Code(
        _E,
        "reference to nothing",
        "A link points at an id that no heading or other node of the document has. It is published as plain text.",
        "Check the id; `publish inspect` lists the ids of a document.",
    ),
    "PUB-X002": Code(
        _W,
        "id given twice",
        "Two nodes have the same id. The later one gets another.",
        "Give one of them another id.",
    ),
    "PUB-X003": Code(
        _I,
        "reference that is not resolved",
        "Words begin as a citation of a Kamerstuk, an Aanhangsel or another publication, but what they cite is not known. They are "
        "published as they stand, without a link.",
        "Check the citation for a slip, such as a wrong session.",
    ),
    "PUB-S001": Code(
        _E,
        "unknown style",
        "No house style has this name, and no style file is at this path.",
        "See `publish styles`.",
    ),
    "PUB-S002": Code(
        _E,
        "broken style",
        "A style file is not valid TOML, or a token is unknown or has a wrong value.",
        "Mend the token that is named.",
    ),
    "PUB-S003": Code(
        _W,
        "font that is not there",
        "A style names a font that is neither among those of publish nor in the style's own folder `fonts`. Fonts of the machine are never "
        "used, for another machine may not have them.",
        "Put the font's files into the folder `fonts` beside `style.toml`, or name another font.",
    ),
    "PUB-W001": Code(
        _E,
        "cannot write",
        "The output could not be put in place. What stood there before is unchanged.",
        "Check the folder's permissions and free space.",
    ),
    "PUB-W002": Code(
        _E,
        "a system library is missing",
        "WeasyPrint lays out pages with the system library Pango, which pip cannot install.",
        "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
    ),
    "PUB-W003": Code(_E, "unknown format", "No writer has this name.", "See `publish formats`."),
    "PUB-W004": Code(
        _W,
        "metadata that the format needs",
        "Akoma Ntoso names a work by country, date and author. Where the manuscript gives none, the neutral value "
        "that is named stands in the file.",
        "Add country, date and publisher to the front matter.",
    ),
    "PUB-W005": Code(
        _E,
        "the format's own library failed",
        "A writer could not make its file. The other formats are not touched by it.",
        "Please report it with the manuscript, if you may share it.",
    ),
    "PUB-W006": Code(
        _I,
        "literal note mark in Word",
        "Word's own counter cannot show this label, so the mark is literal text that Word will not renumber.",
        "Nothing. It follows from a restart, a symbol, a kept source label, or a note inside a note.",
    ),
    "PUB-W007": Code(
        _W,
        "character without a glyph",
        "No font of the house has a glyph for a character; the PDF shows the sign for an unknown one (U+FFFD).",
        "Add a font with that script to the style.",
    ),
    "PUB-W008": Code(
        _I,
        "numbers that LibreOffice cannot show",
        "The Word file lets its footnotes, or its endnotes, start again at sections that are no chapters. Word shows the right "
        "numbers. LibreOffice can start again only at headings of the first level, and only with footnotes.",
        "Read the file in Word, or the PDF.",
    ),
    "PUB-W009": Code(
        _E,
        "Word template that cannot be used",
        "The file given as `--docx-template` is no Word document or template that can be opened.",
        "Save it in Word as .docx or .dotx.",
    ),
    "PUB-W010": Code(
        _W,
        "table wider than the page",
        "The words of a table need more room than its column has. In print it is set smaller, and into a broad margin; words are broken "
        "only where that is not enough.",
        "Split the table, or turn it: rows for columns.",
    ),
    "PUB-W011": Code(
        _W,
        "formula that cannot be set",
        "A formula holds TeX that is not known or not complete, or a command that some format would lose without a word "
        "(`\\label`, `\\tag`, `\\color`, `\\hline`). All formats show its TeX as it was written.",
        "Write it with other commands, or without the one that is named.",
    ),
    "PUB-W012": Code(
        _W,
        "pictures beside the file",
        "This format names its pictures and does not hold them.",
        "Put the pictures beside the file, under the names that it gives them.",
    ),
    "PUB-W013": Code(
        _I,
        "notes as text",
        "pandoc's formats count notes in one row, and have no second call of a note. Where that gives other labels than the other "
        "formats have, calls and notes are text with the right labels, and links.",
        "Nothing.",
    ),
    "PUB-W014": Code(
        _E,
        "the engine Typst is not installed",
        "`--pdf-engine typst` needs the package `typst`, which holds all that it needs and no part of publish's own installation.",
        "pip install 'publish-papers[typst]', or build with WeasyPrint.",
    ),
    "PUB-W015": Code(
        _E,
        "Typst refuses the document",
        "Typst could not make a PDF of the kind that was asked for; its own words are in the message. No other engine takes its place.",
        "Mend what it names, or build with `--pdf-engine weasyprint`.",
    ),
    "PUB-C001": Code(
        _E,
        "wrong setting",
        "publish.toml, an environment variable or an option holds an unknown key or a wrong value.",
        "See docs/configuration.md for every key.",
    ),
    "PUB-C002": Code(
        _E,
        "folder in use",
        "Another run of a batch writes to the same folder.",
        "Wait for it, or give this run another folder or a part of the work (--shard).",
    ),
    "PUB-C003": Code(
        _E,
        "cannot be reached",
        "A URL or a scheduler needs a package that is not installed, or there is nothing that answers.",
        "pip install 'publish-papers[cluster]'; look at the address, and at what it needs to be let in.",
    ),
    "PUB-D001": Code(
        _E,
        "something that an archive must be told",
        "An archive takes no package without it, and the manuscript does not say it. Nothing is invented.",
        "Say it with `--set NAME=VALUE`, or below `[deposit]` in publish.toml.",
    ),
    "PUB-D002": Code(
        _E,
        "a package for deposits is not installed",
        "Formats are identified by `pygfried`, bags are made by `bagit`, signatures by `pyhanko`.",
        "pip install 'publish-papers[deposit]'.",
    ),
    "PUB-D003": Code(
        _E,
        "no package",
        "What is named is no package of a kind that is known, or cannot be read.",
        "Name the folder of a package: one with a pakbon.xml, a bagit.txt, a METS.xml or an ro-crate-metadata.json.",
    ),
    "PUB-D004": Code(
        _E,
        "a package is not as it was made",
        "A file is missing, was added, or has changed since its digest was taken.",
        "Take the file from another copy of the package.",
    ),
    "PUB-D005": Code(
        _E,
        "a validator objects",
        "A validator that other people wrote says that a file is not what its standard asks for; no package is made.",
        "Read what it says; if the fault is publish's, please report it.",
    ),
    "PUB-D006": Code(
        _E,
        "cannot be signed",
        "The key cannot be used, the service for timestamps does not answer, or the PDF cannot take a signature.",
        "Look at the file of the key, its passphrase, and the address of the service.",
    ),
    "PUB-D007": Code(
        _E,
        "a signature is broken",
        "What was signed was changed afterwards, or the signature does not cover all of it.",
        "Do not trust the file; take it from another copy.",
    ),
    "PUB-D008": Code(
        _E,
        "the publication cannot be made again",
        "A file that was made again from the packed source has other bytes or says something else.",
        "If another version of publish or of a library made the package, use that one; versions stand in deposit.json.",
    ),
    "PUB-D009": Code(
        _W,
        "a format is not what the package says",
        "PRONOM's tools find another format in a file than its metadata name.",
        "Look at the file; the metadata may be wrong.",
    ),
    "PUB-D010": Code(
        _W,
        "made by other versions",
        "The package was made with other versions of publish, its libraries or its fonts than are here.",
        "Install those that deposit.json names to make the same bytes.",
    ),
    "PUB-D011": Code(
        _I,
        "bytes differ, content does not",
        "A file that was made again says the same, but was compressed by another library.",
        "Nothing. The canonical digest, which does not depend on compression, is the same.",
    ),
    "PUB-B001": Code(
        _E,
        "time over",
        "A manuscript of a batch took longer than --timeout allows; its worker was ended, and the others went on.",
        "Give it more time, or look at what is unusual in it with `publish check`.",
    ),
    "PUB-B002": Code(
        _E,
        "worker died",
        "The process that worked on this manuscript died, twice; the others went on.",
        "Report the manuscript; `publish build` of it alone shows more.",
    ),
    "PUB-B003": Code(
        _E,
        "out of memory",
        "A manuscript of a batch needs more memory than --memory allows.",
        "Give it more, or divide it.",
    ),
    "PUB-B004": Code(
        _E, "not reached", "The run was ended before this manuscript.", "Start it again: it goes on there."
    ),
    "PUB-B005": Code(
        _E,
        "unforeseen",
        "Something went wrong that publish has no words for.",
        "Report it with the manuscript; PUBLISH_DEBUG=1 with `publish build` of it alone shows where.",
    ),
    "PUB-V001": Code(
        _E, "label differs", "A note carries another label than it should.", "Build the file again."
    ),
    "PUB-V002": Code(
        _E, "note text differs", "A note's text is not what it should be.", "Build the file again."
    ),
    "PUB-V003": Code(
        _E, "order differs", "Notes or their calls stand in another order.", "Build the file again."
    ),
    "PUB-V004": Code(
        _E,
        "call does not lead to its note",
        "A call has no link, or one that ends elsewhere.",
        "Build the file again.",
    ),
    "PUB-V005": Code(
        _E, "note does not lead back", "A note has no link back to one of its calls.", "Build the file again."
    ),
    "PUB-V006": Code(
        _E, "note missing", "A note, or one of its calls, is not in the file.", "Build the file again."
    ),
    "PUB-V007": Code(
        _E, "note too many", "A note, or a call, stands in the file that should not.", "Build the file again."
    ),
    "PUB-V008": Code(
        _E, "words differ", "The file's text has other words than it should.", "Build the file again."
    ),
    "PUB-V009": Code(
        _E,
        "cannot be read back",
        "The file is damaged, or not of the kind its name says.",
        "Build the file again.",
    ),
    "PUB-V010": Code(
        _E, "call stands elsewhere", "A call follows other words than it should.", "Build the file again."
    ),
    "PUB-V012": Code(
        _E,
        "link differs",
        "A link in the text or in a note leads to another address.",
        "Build the file again.",
    ),
    "PUB-V014": Code(
        _E,
        "text outside the page",
        "Part of the text is printed where no reader sees it, for example by a table with too many columns, or a picture "
        "in a note that is higher than the page.",
        "Make what does not fit narrower or lower.",
    ),
    "PUB-V013": Code(
        _W,
        "cannot be compared",
        "No extractor reads this kind of file, so nothing is said about it.",
        "Leave it out, or verify the formats that `publish formats` marks as verified.",
    ),
    "PUB-V015": Code(
        _E,
        "reference to a note differs",
        'Where the text cites a note ("see note 4"), the number is not the note\'s, or leads elsewhere.',
        "Build the file again.",
    ),
    "PUB-V016": Code(
        _E,
        "not valid",
        "The Akoma Ntoso file is not valid against the schema of the OASIS Standard (conformance level 1).",
        "Build the file again; a file from elsewhere is to be mended where it comes from.",
    ),
    "PUB-V017": Code(
        _E,
        "name of the work",
        "The metadata of work, expression and manifestation have a gap, or say something else than their IRIs "
        "(Akoma Ntoso Naming Convention, 4).",
        "Say country, body, number and date in the front matter, or mend the file's metadata.",
    ),
    "PUB-V018": Code(
        _E,
        "identifier",
        "An eId is missing, or is not what the Naming Convention (5) makes of the element.",
        "Build the file again; a file from elsewhere is to be mended where it comes from.",
    ),
    "PUB-V019": Code(
        _E,
        "pointer",
        "An attribute points at nothing, at an element of the wrong class, or at no IRI of the Naming Convention.",
        "Build the file again; a file from elsewhere is to be mended where it comes from.",
    ),
    "PUB-V020": Code(
        _E,
        "marker",
        "A note has no marker, no words, or a marker that is not the next one in its order.",
        "Build the file again; a file from elsewhere is to be mended where it comes from.",
    ),
    "PUB-V021": Code(
        _E,
        "metadata and content",
        "A language or date is none, or text and metadata say different things.",
        "Mend the one that is wrong.",
    ),
    "PUB-V022": Code(
        _E,
        "residue",
        "Markup of another format, a literal mark of a note, or a character that no text has stands in the text.",
        "Mend the manuscript at that place.",
    ),
    "PUB-V023": Code(
        _E,
        "questions and answers",
        "A question has no answer or nobody who asks, or a number does not follow the one before it.",
        "Mend the manuscript, or the file where it comes from.",
    ),
    "PUB-V024": Code(
        _W,
        "faults that came with the source",
        "A manuscript in Akoma Ntoso is written back as it was, with what its own standard has to object to.",
        "`publish verify FILE` lists them; mend them where the file comes from.",
    ),
    "PUB-V011": Code(
        _E,
        "note on another page",
        "In print a note begins on another page than its call.",
        "Report the manuscript: publish places every note on the page of its call.",
    ),
}


def make(
    code: str, message: str, *, span: Span | None = None, source: str = "", hint: str = ""
) -> Diagnostic:
    """A diagnostic with the severity that the registry gives its code."""
    return Diagnostic(code, CODES[code].severity, message, source=source, span=span, hint=hint)


def explain(code: str) -> str | None:
    """What a code means, as text for a terminal, or None where there is no such code."""
    rule = CODES.get(code.upper()) or CODES.get(f"PUB-{code.upper()}")
    if rule is None:
        return None
    name = next(k for k, v in CODES.items() if v is rule)
    return f"{name}: {rule.title} ({rule.severity})\n\n{rule.meaning}\n\nHow to mend it: {rule.fix}\n"
