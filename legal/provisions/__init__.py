"""The inner structure of a section: stk., nr. and litra as a tree, as HTML with anchors, and how easily it reads.

Apart from ``language`` because the structure is part of what the API delivers (``structure_serializers``).
"""
