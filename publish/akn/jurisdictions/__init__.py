"""What differs from one parliament to the next in Akoma Ntoso: a file of data each, so that another parliament is a file.

A jurisdiction says how its kinds of paper are called in Akoma Ntoso (document element, subtype), from which metadata the IRI of a
work is built, and how its bodies, roles and events are named in the ontology. Anybody may bring a file of their own.
"""

from publish.akn.jurisdictions.load import SHIPPED, event_roles, find, load
from publish.akn.jurisdictions.tables import Entity, Jurisdiction, Kind

__all__ = ["SHIPPED", "Entity", "Jurisdiction", "Kind", "event_roles", "find", "load"]
