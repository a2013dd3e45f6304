"""Tests of attacks: what untrusted files and packages cannot do. `docs/security.md` lists them."""
