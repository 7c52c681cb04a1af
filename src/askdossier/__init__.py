"""Ask a folder of documents a question; every sentence of the answer points at its words."""
