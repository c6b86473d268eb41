"""Inflected forms of terms, by rules without a dictionary.

The *exact* rule takes a word with the endings of its language, so that what it finds is the term: for source texts, forbidden terms
and the help for readers. The *lenient* rule takes any word that begins as a word of the term does, with the first 60 percent of its
letters and at least four, in any order: it asks whether a translation has the term at all, and would rather believe it. Neither
knows "børn" as a form of "barn".
"""

import re
from collections.abc import Collection

STEM_SHARE = 0.6
STEM_MINIMUM = 4
KEY_LENGTH = 3
# Example: "‹residence› permit"
WORD = re.compile(r"[^\W_]+")
# Vowel signs of Arabic, which are written or not.
# Example: "تصريح‹ُ› إقامة"
VOWEL_SIGN = re.compile("[\u064b-\u0652\u0640]")
# "And", "with", "for" and "the" are written together with an Arabic word.
ARABIC_WRITTEN_TOGETHER = "(?:[وف]?(?:[بك]?ال|لل)|[وف][بلك]?|[بلك])"
# Example: "‹وال›بلدية"
ARABIC_PREFIX = re.compile(f"^{ARABIC_WRITTEN_TOGETHER}(?=\\w{{3}})")
# A term is written with "the" or without it; its first letter is its own.
# Example: "‹ال›قائمة"
ARABIC_ARTICLE = re.compile(r"^ال(?=\w{3})")
ARABIC_ENDINGS = "(?:ها|هم|ه|ي|ك|كم|نا|ات|ين|ون|ان|اً|ا)?"
ENDINGS = {
    "da": "(?:en|et|n|t|e|er|r|erne|rne|ene|ne)?s?",
    "en": "(?:s|es)?(?:['’]s?)?",
    "de": "(?:innen|in|nen|ern|en|er|es|e|n|s)?",
}
# A word before the noun bends otherwise: "gult sundhedskort", "det gule sundhedskort".
# Example: "gul‹t›"
# Example: "gelb‹e›"
BENT = re.compile("(?:er|es|en|e|t)$")
# Polish, Romanian, Lithuanian and Ukrainian put other vowels at the end: "karta", "karty", "kartą".
# Example: "zezwolen‹ie›"
# Example: "leidim‹as›"
# Example: "дозв‹іл›"
FINAL_VOWELS = re.compile("(?<=\\w{3})(?:[aeiouyąęėįųūăâîóіїеуоаяиьюєй]{1,2}s?|іл)$")


def build_exact_form(term: str, locale: str) -> tuple[str, re.Pattern[str]]:
    """Build the pattern of a term's forms, and the folded letters with which each of them begins."""
    words = list(WORD.finditer(fold(term, locale)))
    stems = [_build_stem(word[0], locale, is_last=word is words[-1]) for word in words]
    pattern = ""
    place = 0
    for word, (stem, ending) in zip(words, stems, strict=True):
        gap = term[place : word.start()]
        pattern += r"\s+" if gap.isspace() else re.escape(gap)
        pattern += (ARABIC_WRITTEN_TOGETHER + "?" if locale == "ar" else "") + re.escape(stem) + ending
        place = word.end()
    flags = re.NOFLAG if is_abbreviation(term) else re.IGNORECASE
    return lower(stems[0][0][:KEY_LENGTH]), re.compile(rf"(?<!\w){pattern}(?!\w)", flags)


def build_start_pattern(starts: Collection[str], locale: str) -> re.Pattern[str]:
    """Build the pattern of the beginnings of words, in small letters, at which a term may stand."""
    # A term's word of one letter, as in "A-kasse", is no beginning of longer ones.
    letters = [re.escape(start) + r"(?![^\W_])" for start in starts if len(start) == 1]
    longer = [start for start in starts if len(start) > 1]
    known = "|".join([*([_join_starts(longer)] if longer else []), *letters]) or "(?!)"
    together = ARABIC_WRITTEN_TOGETHER + "?" if locale == "ar" else ""
    return re.compile(rf"(?<![^\W_]){together}({known})")


def _join_starts(starts: Collection[str]) -> str:
    """Join beginnings letter by letter, so that a word is given up at the first letter that none of them has."""
    rests: dict[str, list[str]] = {}
    for start in sorted(starts):
        rests.setdefault(start[:1], []).append(start[1:])
    ends_here = rests.pop("", None)
    parts = [re.escape(letter) + (_join_starts(rest) if any(rest) else "") for letter, rest in rests.items()]
    return f"(?:{'|'.join(parts)})" + ("?" if ends_here else "")


def lower(text: str) -> str:
    """Write a text in small letters, each at its place: "İ" would become two."""
    small = text.lower()
    return (
        small if len(small) == len(text) else "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    )


def is_abbreviation(term: str) -> bool:
    """Say whether a term is written in capitals alone, as "SU", so that small ones are another word."""
    return term.isupper() and len(term) <= STEM_MINIMUM


def has_term(words: Collection[str], term: str, locale: str) -> bool:
    """Say by the lenient rule whether a text has a term; ``words`` are those of the text, by ``list_words``."""
    named = [word.casefold() for word in WORD.findall(fold(term, locale))]
    if locale == "ar":
        named = [ARABIC_ARTICLE.sub("", word) for word in named]
    stems = [word[: max(STEM_MINIMUM, round(len(word) * STEM_SHARE))] for word in named]
    # Short words such as "of" and "na" change with the sentence.
    asked = [stem for stem in stems if len(stem) >= STEM_MINIMUM] or stems
    return all(any(word.startswith(stem) for word in words) for stem in asked)


def list_words(text: str, locale: str) -> set[str]:
    """List the folded words of a text; of Arabic also without what may be written together with them."""
    words = {word.casefold() for word in WORD.findall(fold(text, locale))}
    return words | {ARABIC_PREFIX.sub("", word) for word in words} if locale == "ar" else words


def fold(text: str, locale: str) -> str:
    """Leave out what is no part of a word where terms are looked for."""
    return VOWEL_SIGN.sub("", text) if locale == "ar" else text


def _build_stem(word: str, locale: str, *, is_last: bool) -> tuple[str, str]:
    """Build what a word always begins with, and the pattern of its endings."""
    if locale == "ar":
        bare = ARABIC_ARTICLE.sub("", word)
        return (bare[:-1], "[ةته]" + ARABIC_ENDINGS) if bare.endswith("ة") else (bare, ARABIC_ENDINGS)
    if locale not in ENDINGS:
        return FINAL_VOWELS.sub("", word), r"\w{0,4}"
    if locale != "en" and not is_last and len(word) > STEM_MINIMUM - 1:
        return BENT.sub("", word), r"\w{0,3}"
    if locale == "en" and word.endswith("y") and len(word) > STEM_MINIMUM:
        return word[:-1], "(?:y|ies)(?:['’]s?)?"
    return word, ENDINGS[locale]
