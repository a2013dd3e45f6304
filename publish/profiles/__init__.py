"""Profiles: what a kind of paper adds to the model, recognised from its text or named by the user."""

from publish.profiles.registry import PROFILES, apply_profile

__all__ = ["PROFILES", "apply_profile"]
