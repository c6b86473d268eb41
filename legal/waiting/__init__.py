"""Released texts that cite acts not known here, kept so that an act that becomes known releases them again with its links.

Apart from ``citing`` because it writes rows and the publication log, which resolving a citation never does.
"""
