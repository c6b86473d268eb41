"""Danish alphabetical order: æ ø å follow z, and Aa sorts as å (Retskrivningsordbogen § 2)."""

ALPHABET = {"æ": "z{", "ø": "z|", "å": "z}", "ä": "z{", "ö": "z|", "ü": "y"}


def danish_sort_key(text: str) -> str:
    """Build a key under which Danish names sort as a Dane expects: Viborg before Ærø before Aarhus."""
    folded = text.casefold().replace("aa", "å")
    return "".join(ALPHABET.get(character, character) for character in folded)
