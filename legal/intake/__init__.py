"""Import of acts from files and from the harvest: checks lines, stores texts and the source's metadata, notes deviations.

Apart from ``grouping`` because a text is stored whole or refused whole before anything is concluded from it.
"""
