"""The law in the Wagtail editor: lists of acts, reviews and deviations, look-ups while somebody types, comparisons.

Apart because signed-in editors alone reach it: ``urls.py`` and ``legal/wagtail_hooks.py`` add it to Wagtail's admin.
"""
