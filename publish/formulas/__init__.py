"""Mathematics: TeX to the forms in which formats print a formula.

pandoc turns TeX into MathML and into Word's OMML. Each module here mends one of them, or draws it; all of it is pure but for
pandoc, which runs as a program of its own.
"""
