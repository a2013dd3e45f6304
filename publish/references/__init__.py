"""Recognise references to other publications, and to the questions and answers of the document, without guesses.

* `publications`: the identifiers of Dutch official publications, and their addresses;
* `laws`: Dutch laws by name, and references to their articles;
* `citations`: the table of the forms of citations, and the meaning of each form;
* `linking`: converts citations in a document to links, without changes to the text.
"""
