"""Conversion of TeX formulas to the forms that the output formats need.

pandoc converts TeX to MathML and to the OMML of Word. The modules of this package correct, draw or compare these forms. All
functions are pure, except that pandoc runs as a separate program.
"""
