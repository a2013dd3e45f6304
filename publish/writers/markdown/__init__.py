"""Markdown for publish: an editable manuscript from a document in Word, PDF or Akoma Ntoso."""
