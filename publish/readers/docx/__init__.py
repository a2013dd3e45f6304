"""Word files (ISO/IEC 29500), read with their notes, positions, tracked changes and comments."""
