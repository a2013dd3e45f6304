"""References of a text to other publications, and to its own questions and answers: recognised strictly, and never guessed.

* `publications`: the identifiers of Dutch official publications, and where each can be read;
* `laws`: Dutch laws by name, and references to their articles;
* `citations`: the table of forms in which papers cite, and what each form means;
* `linking`: what a document cites becomes links; its words stay as they are.
"""
