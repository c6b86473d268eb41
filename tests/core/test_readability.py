"""The readability index, counted alike on the server and in the editor."""

import pytest

from cms.core.readability import Readability, ReadabilityLevel, find_hardest_sentence, measure_html, measure_text

# Text, words, sentences, long words, LIX.
EXAMPLES = [
    ("Du skal betale 3.060 kr. Det gælder fra den 1. januar, jf. stk. 2, nr. 3, m.v.", 17, 2, 0, 9),
    ("Skoler m.v. kan bl.a. søge. Det er gratis!", 8, 2, 0, 4),
    ("Udlændingestyrelsen meddeler opholdstilladelse efter ansøgning.", 5, 1, 4, 85),
    ("Kan jeg blive? Ja. Søg nu", 6, 3, 0, 2),
    ("Overskrift\nDu skal søge i dag.", 6, 2, 1, 20),
    ("Soft\u00adhyphe\u200bns er ét ord.", 4, 1, 1, 29),
    ("A\u030alborg er en by.", 4, 1, 0, 4),
    ("§ 9 a – er nr. 1 – § 10 gælder.", 7, 1, 0, 7),
]


def describe(found):
    """Build what the script answers."""
    if found is None:
        return None
    counted = {"words": found.words, "sentences": found.sentences, "long_words": found.long_words}
    return {"lix": found.lix, "level": found.level.value, **counted}


@pytest.mark.parametrize(("text", "words", "sentences", "long_words", "lix"), EXAMPLES)
def test_text_is_measured(text, words, sentences, long_words, lix):
    found = measure_text(text)

    assert found == Readability(words, sentences, long_words)
    assert found.lix == lix


@pytest.mark.parametrize("text", ["", " \n ", "...", "§ –", "En overskrift uden punktum"])
def test_text_without_a_sentence_is_not_measured(text):
    assert measure_text(text) is None
    assert measure_html(f"<p>{text}</p>") is None


@pytest.mark.parametrize(
    ("words", "long_words", "level"),
    [
        (24, 0, "very_easy"),
        (25, 0, "easy"),
        (34, 0, "easy"),
        (35, 0, "medium"),
        (44, 0, "medium"),
        (45, 0, "difficult"),
        (54, 0, "difficult"),
        (55, 0, "very_difficult"),
        (9, 9, "very_difficult"),
    ],
)
def test_level_follows_from_the_rounded_index(words, long_words, level):
    assert Readability(words, 1, long_words).level == ReadabilityLevel(level)


def test_blocks_of_html_end_their_sentences():
    html = (
        "<h2>Hvem</h2><p>Du <b>skal</b> sø<i>ge</i>.<br/>Nu.</p><ul><li>pas</li><li>foto</li></ul><style>p.a {}</style>"
    )

    assert measure_html(html) == Readability(words=7, sentences=5, long_words=0)


def test_entities_and_unclosed_html_are_read():
    assert measure_html("<p>S&oslash;g &amp; betal.<p>Vent &lt; 3 dage.") == Readability(
        words=5, sentences=2, long_words=0
    )


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (
            "<p>Du skal søge. Opholdstilladelse meddeles efter ansøgning. Søg nu.</p>",
            "Opholdstilladelse meddeles efter ansøgning.",
        ),
        ("<p>Du skal søge nu.</p><p>Myndighedsgodkendelse forudsættes.</p>", "Myndighedsgodkendelse forudsættes."),
        ("<p>En overskrift uden punktum</p>", ""),
        ("", ""),
    ],
)
def test_hardest_sentence_is_found(html, sentence):
    assert find_hardest_sentence(html) == sentence
