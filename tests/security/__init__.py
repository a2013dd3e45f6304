"""Tests of attacks: what files and packages from strangers cannot do. `docs/security.md` lists them."""
