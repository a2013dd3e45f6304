"""Akoma Ntoso 3.0 (OASIS LegalDocML), with identifiers by its Naming Convention."""
