"""The checked form of one text of an act, which every source is turned into before anything is stored.

Apart from ``intake`` because the reader of XML (``lexdania``) builds such lines and intake calls that reader.
"""
