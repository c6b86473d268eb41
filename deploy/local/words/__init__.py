"""Check of the words people read: what the code says in English, held against the catalogues of each language."""
