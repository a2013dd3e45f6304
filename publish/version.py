"""The version of publish: a module of its own, so that every part can name it without importing what is above it."""

__version__ = "0.1.0"
