"""Read formats with pandoc, from its JSON output."""
