"""The languages of the full-text index that the database keeps over the text table.

In PostgreSQL a row's vector holds the stems of its title (weight A) and of its body (C), and beside them the words of its title as
they stand (B): stemming drops words such as "hvor" or "ikke", and a title that begins with one is still to be completed.

The triggers of the migrations carry a copy of this table: a change here needs a migration that replaces them and stores the texts
once more, or a query is stemmed in another way than the texts it looks for.
"""

CONFIGURATIONS = {
    "da": "danish",
    "en": "english",
    "de": "german",
    "ro": "romanian",
    "lt": "lithuanian",
    "ar": "arabic",
}
