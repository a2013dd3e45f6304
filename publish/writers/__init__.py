"""Writers: pure functions from a numbered document and a style to the bytes of a file. No writer counts anything."""
