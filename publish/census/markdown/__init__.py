"""Census of Markdown: the words that remain when the markup is taken away, line by line.

It is a scanner and not a parser: it does not build a tree, and it shares no library with the reader.
"""
