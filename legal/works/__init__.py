"""Facts about works, derived from stored rows for any day: status, commencements, timeline, relations, released document.

Reads rows and writes none; ``grouping`` decides which texts are one work and releases it.
"""
