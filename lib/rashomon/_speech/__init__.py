"""Inside speech: from quotation marks and reporting words to statements."""
