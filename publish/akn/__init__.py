"""Akoma Ntoso 3.0: definitions that its reader and its writer share, without code of either."""
