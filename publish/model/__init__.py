"""The typed document model, and the few functions that may recurse over it."""
