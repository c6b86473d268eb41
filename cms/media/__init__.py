"""Files of texts: how readers and editors get them, and the release of the texts that show one when it changes."""
