"""Old official publications, from their PDF or from text that a program extracted from it.

Each source is first converted to pages of lines (`lines`). Then the furniture that every page prints around the text is
removed, and notes at the foot of a page are found (`pages`). Then lines are joined to paragraphs (`paragraphs`).
"""
