"""The contents of the publication log as the plain text and the documents that are searched.

Both engines are filled from here, so this room knows neither of them.
"""
