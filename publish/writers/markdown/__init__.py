"""Markdown as publish reads it: a manuscript to go on with, of a paper that came as Word, PDF or Akoma Ntoso."""
