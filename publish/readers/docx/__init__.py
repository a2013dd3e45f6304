"""Reader of Word files (ISO/IEC 29500), with their notes, positions, tracked changes and comments."""
