"""Index of which released texts cite which provisions, and the reviews that a change of the law opens.

Rows follow the publication log (follower ``legal-reviews``) and can be rebuilt from it, so nothing below may depend on them.
"""
