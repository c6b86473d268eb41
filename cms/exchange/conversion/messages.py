"""Messages of the findings of a conversion, by code."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # Kept, but in another form.
    "merged-cell": _("a merged cell (rows: %(rows)s, columns: %(columns)s); its text is repeated in each of them"),
    "header-rows": _("the %(count)s header rows became one; look whether each heading fits its column"),
    "header-guessed": _("no row is marked as header; the first row was taken for it"),
    "short-row": _("the row has fewer cells than the others; empty cells were added at its end"),
    "no-caption": _("the table has no caption; write one"),
    "one-cell-table": _("a table of a single cell became text"),
    "cell-lines": _("the paragraphs or items of the cell became one line"),
    "cell-link": _("the cell keeps the words of the link, not its address: %(address)s"),
    "superscript": _("superscript or subscript has no characters of its own and stands in brackets: %(text)s"),
    "heading-level": _("the heading of level %(was)s became one of level %(level)s"),
    "heading-link": _("the heading keeps the words of the link, not its address: %(address)s"),
    "list-written-out": _("the numbers or marks of the list are written as words: %(reason)s"),
    "caption-unused": _("this caption stands at no table and became a paragraph"),
    "notes-moved": _("%(count)s footnotes became a numbered list at the end"),
    "text-box": _("the text of a text box stands after the paragraph it was anchored to"),
    "toc-left-out": _("the table of contents was left out; the site makes its own"),
    "hidden-text": _("hidden text is visible now"),
    "tabs": _("a tab became a blank"),
    "alt-text": _("the picture needs an alternative text of at most 250 characters"),
    "underline": _("underlining is not kept"),
    # Not kept; readers do not lose words or numbers by it, or the report names them.
    "inner-link": _("the link to another place in the document is not kept, its words are"),
    "link-address": _("the link has no address that can be used (%(address)s); its words are kept"),
    "picture-lost": _("the picture was not kept: %(reason)s"),
    "element-lost": _("<%(name)s> was not kept"),
    "rule-lost": _("a dividing line was not kept"),
    "comments-lost": _("%(count)s comments were not kept"),
    "header-lost": _("page headers and footers were not kept: %(text)s"),
    "equation-lost": _("an equation was not kept; write it as text or as a picture"),
    "drawing-lost": _("a drawing, chart or diagram was not kept"),
    "object-lost": _("an embedded file or object was not kept"),
    "word-lost": _("Word's “%(name)s” was not kept"),
    # Refused.
    "cell-length": _(
        "the cell has %(length)s characters, at most %(limit)s can be kept; shorten it or move the text out"
    ),
    "caption-length": _("the caption has %(length)s characters, at most %(limit)s can be kept"),
    "heading-length": _("the heading has %(length)s characters, at most %(limit)s can be kept"),
    "title-length": _("the title has %(length)s characters, at most %(limit)s can be kept"),
    "nested-table": _("a table stands within a cell; move it out, or make it rows of its own"),
    "cells-overlap": _("two merged cells cover the same place"),
    "table-size": _("the table has more than %(limit)s cells"),
    "struck-text": _("struck-out text cannot be kept; delete it, or take the line off"),
    "numbers": _("numbers would not be the same after the conversion: %(numbers)s"),
    "not-in-passage": _("a heading, table or picture cannot stand in this text"),
    "too-deep": _("the elements stand more than %(limit)s deep within each other"),
    "too-long": _("the text has more than %(limit)s headings, tables and passages; make several pages of it"),
    "not-utf-8": _("the file is not text in UTF-8 or in the encoding it names"),
    "file-size": _("the file has %(size)s MB; at most %(limit)s MB can be read"),
    "file-kind": _("only Word files (.docx) and web pages (.html) can be read"),
    "empty": _("there is no text in the file"),
    "not-word": _("this is no Word document"),
    "old-word": _("this is the format of Word before 2007 (.doc); open it in Word and save it as .docx"),
    "password": _("the file is protected by a password; save it without one"),
    "broken": _("the file is damaged: it cannot be read"),
    "broken-part": _("the file is damaged: its part %(name)s cannot be read"),
    "unpacked-size": _("unpacked, the file would be larger than a Word document can be"),
    "macros": _("the file has macros; save it as .docx without them"),
    "entities": _("the file declares XML entities, as no Word document does"),
    "tracked-change": _("the file has tracked changes; accept or reject them in Word first"),
    "number-format": _("the automatic numbers are of a kind that cannot be read (%(format)s); write them as text"),
}
ERRORS = frozenset(MESSAGES) - frozenset(list(MESSAGES)[: list(MESSAGES).index("cell-length")])
# Reasons that stand in other messages.
NOT_AT_ONE = _("it does not begin at 1")
OTHER_MARKS = _("its numbers have another form than 1, 2, 3")
OTHER_NUMBERS = _("the editor would count it otherwise")
BLOCKS_INSIDE = _("a heading, table or picture stands in it")
UNREADABLE_KIND = _("%(kind)s is no kind of picture that browsers show; save it as PNG")
BROKEN_PICTURE = _("its file cannot be read")
PICTURE_ELSEWHERE = _("it is not in the file (%(address)s)")
PICTURE_IN_CELL = _("it stands in a cell")
NO_PERMISSION = _("you may not add pictures")
