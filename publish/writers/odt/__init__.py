"""Writer of OpenDocument text."""
