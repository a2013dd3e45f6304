"""The version of publish, in a separate module so that every module can use it without importing higher-level modules."""

__version__ = "0.1.0"
