"""Akoma Ntoso 3.0 (OASIS LegalDocML), with identifiers according to its Naming Convention."""
