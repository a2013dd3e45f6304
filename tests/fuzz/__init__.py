"""Fuzz tests with damaged files. Everything that reads a file must return a result or raise a diagnostic."""
