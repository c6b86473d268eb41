"""Law notes: the page model, its blocks, editor panels, checks, released shape and bundle kind.

The one content type of the law that editors write; acts come from the source.
"""
