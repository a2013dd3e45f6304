"""PDF: by its tags, or without tags for notes by its links."""
