"""The command line: one module for each command, without application logic."""
