"""Differences between parliaments in Akoma Ntoso, in one data file for each parliament.

A jurisdiction defines the names of its document types in Akoma Ntoso (document element, subtype), the metadata that form the IRI
of a work, and the names of its bodies, roles and events in the ontology. Users can supply files for other jurisdictions.
"""

from publish.akn.jurisdictions.load import SHIPPED, event_roles, find, load
from publish.akn.jurisdictions.tables import Entity, Jurisdiction, Kind

__all__ = ["SHIPPED", "Entity", "Jurisdiction", "Kind", "event_roles", "find", "load"]
