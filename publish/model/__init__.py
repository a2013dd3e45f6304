"""The typed document model, and the few functions that may traverse it recursively."""
