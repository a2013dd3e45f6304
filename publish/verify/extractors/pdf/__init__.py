"""PDF: notes by tags, or by links if there are no tags for notes."""
