"""Rules of Danish legal language: titles, days, section numbers, sentences, numbered texts and ELI addresses.

Pure functions on text: nothing here knows a model, a row or a request, so every other room may use them.
"""
