"""The languages of the full-text index that the database keeps over the text table.

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
