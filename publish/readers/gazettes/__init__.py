"""Old official papers, from their PDF or from text that a program took out of it.

Whatever the source, a paper becomes pages of lines first (`lines`); then what every page prints around the text goes, and the
notes at the foot of a page are found (`pages`); then lines become paragraphs again (`paragraphs`).
"""
