"""The engine that publishes a manuscript. The command line and the Python API call it; it depends on all other parts."""
