"""Akoma Ntoso 3.0 (OASIS LegalDocML)."""

from publish.readers.akn.reader import read, recognise

__all__ = ["read", "recognise"]
