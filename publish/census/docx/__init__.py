"""Census of Word files, with the XML parser of Python's standard library.

The rules are those of ECMA-376, part 1: what Word shows, not what a publication needs.
"""
