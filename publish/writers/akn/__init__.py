"""Akoma Ntoso 3.0 (OASIS LegalDocML), with identifiers by its Naming Convention."""

from publish.writers.akn.writer import write

__all__ = ["write"]
