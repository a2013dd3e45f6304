"""Akoma Ntoso 3.0: what its reader and its writer must both know, and nothing of how either works."""
