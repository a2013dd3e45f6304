"""Census of web pages and EPUB: what a browser or an e-reader shows."""
