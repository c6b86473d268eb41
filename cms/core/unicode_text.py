"""One Unicode form for text: composed letters, and no invisible characters but those that change what is read.

=====================================  ==========  ==========================================================================
characters                             stored      reason
=====================================  ==========  ==========================================================================
letter and combining mark (NFD)        composed    the same letter must be the same text to find, sort and compare (NFC)
soft hyphen                            removed     a layout hint of the program it was copied from; parts words when searched
zero-width space, word joiner, U+FEFF  removed     left over from web pages and files; U+FEFF is a byte order mark
grapheme joiner, invisible operators,  removed     no language of the site writes with them; they only make texts differ
deprecated and annotation marks
tags (U+E0000 to U+E007F)              removed     hidden text, except as the flag of a region, where an emoji stands before
joiner and non-joiner (ZWJ, ZWNJ)      kept        beside letters of scripts that join (Persian, Urdu, Hindi) and in emoji,
                                                   where they change the word; removed elsewhere
LRM, RLM, ALM                          kept        a translator sets them so that a number or a sign stands on the right side
embeddings and overrides               isolates    "+45 70 10 20 30" pasted into Arabic must keep its order; an isolate does
                                                   that and cannot turn letters round (UAX #9, section 2)
isolates                               kept        in pairs; one without its other would reach into the text behind it
=====================================  ==========  ==========================================================================

Texts of law are quoted as they were delivered: they are composed and keep their invisible characters. Whatever is matched, searched
or sorted is read without any.
"""

import re
import unicodedata

# Never seen, whatever the language; removed where texts are matched.
# Example: "§ 9‹\u200b› a"
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Example: "op‹\u00ad›hold"
MEANINGLESS = re.compile("[\u00ad\u034f\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]")
# A flag of a region is a black flag, the region's letters as tags, and the tag that ends it; it is kept.
# Example: "x‹\U000e0041›y"
TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]")
# A joiner acts on what stands before it: a letter from Hebrew to Mongolian, of Asia, an emoji or its variant.
# Example: "Auf‹\u200c›lage"
# No match: "می\u200cشود"
LOOSE_JOINER = re.compile(
    "(?<![\u0590-\u1cff\u2190-\u2bff\ufe0f\u3040-\ud7ff\uf900-\ufdff\ufe70-\ufefc\U00010000-\U0003ffff])[\u200c\u200d]+"
)
# Example: "‹\u202a›+45 70 10 20 30"
DIRECTION_SPAN = re.compile("[\u202a-\u202e\u2066-\u2069]")
TO_ISOLATES = str.maketrans("\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2069\u2066\u2067")
POP = "\u2069"
# The brackets of tags never become part of a letter: "≮" is what NFC makes of "<" and a stroke through it.
# Example: "‹<›p‹>›Tekst"
BRACKET = re.compile("([<>])")
# Example: "§‹\u00a0 ›9"
WHITESPACE = re.compile(r"\s+")
# Control characters and halves of surrogate pairs part words.
# Example: "skat‹\u0000›tekort"
CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f\ud800-\udfff]")


def normalise_text(text: str) -> str:
    """Bring a text or HTML that somebody wrote to the form in which it is stored; doing it again changes nothing."""
    if text.isascii():
        return text
    kept = TAGS.sub(lambda tag: tag[1] or "", MEANINGLESS.sub("", text))
    return compose_text(LOOSE_JOINER.sub("", _pair_isolates(kept)))


def compose_text(text: str) -> str:
    """Compose letters (NFC) and leave every other character as it is."""
    if unicodedata.is_normalized("NFC", text) and "\u0338" not in text:
        return text
    return "".join(unicodedata.normalize("NFC", part) for part in BRACKET.split(text))


def strip_invisible(text: str) -> str:
    """Remove the characters that are not seen, so that words and references can be matched."""
    return INVISIBLE.sub("", text)


def clean_text(text: str) -> str:
    """Build the text for searching: composed, nothing invisible, every white space and control character a single blank."""
    return WHITESPACE.sub(" ", compose_text(CONTROL.sub(" ", strip_invisible(text)))).strip()


def _pair_isolates(text: str) -> str:
    """Write spans of direction as isolates, and leave out those that do not begin or do not end."""
    if DIRECTION_SPAN.search(text) is None:
        return text
    characters = list(text.translate(TO_ISOLATES))
    opened: list[int] = []
    for place, character in enumerate(characters):
        if character == POP:
            if opened:
                opened.pop()
            else:
                characters[place] = ""
        elif DIRECTION_SPAN.match(character):
            opened.append(place)
    for place in opened:
        characters[place] = ""
    return "".join(characters)
