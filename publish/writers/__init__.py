"""Writers: pure functions from a numbered document and a style to the bytes of a file. Writers do not count anything."""
