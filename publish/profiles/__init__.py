"""Profiles: additions of a document type to the model. The type is recognised from the text or set by the user."""

from publish.profiles.registry import PROFILES, apply_profile

__all__ = ["PROFILES", "apply_profile"]
