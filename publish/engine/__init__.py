"""The engine: from a file to files. The command line and the Python API call it; it knows every other part."""
