"""Grouping of stored texts into works: reads what a text does, joins it to its act, settles repeals and commencements, releases.

Everything here writes rows. The rooms below derive facts from rows (``works``) or from words (``effects``) and write none,
so that they can be used while a reader waits.
"""
