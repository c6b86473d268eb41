"""Rule for "i" behind a number, letter or preposition: "§ 9 i, stk. 1" is section 9 i, "§ 9 i lov om …" section 9."""

import re

# Example: "‹ lov› om ferie"
NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
# Behind the letter the sentence goes on; behind the preposition something is named.
# Example: "‹gælder›"
GOING_ON = re.compile(
    r"og|eller|samt|henholdsvis|jf|skal|kan|må|er|har|gælder|finder|anvendes|medfører|omfatter|regulerer|fastsætter|"
    r"indeholder|giver|får|bliver|blev|træder|ophæves|ændres|udgår|indsættes|af|til|for|med|efter|om|på|ved|fra|under|"
    r"mellem|der|som|når|hvis|hvor|at|ikke|dog|også|nævnte|nævnt|i|stk|nr|litra"
)


def is_letter_i(text: str, end: int) -> bool:
    """Say whether an "i" that ends at ``end``, apart from its number, is a letter."""
    word = NEXT_WORD.match(text, end)
    return word is None or GOING_ON.fullmatch(word[1].lower()) is not None
