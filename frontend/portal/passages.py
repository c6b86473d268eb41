"""A marked text as it is shown: paragraph by paragraph, with the long unchanged stretches folded away."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cms.core.word_diffs import Mark

# A paragraph begins where a stk. does; the number may be marked apart from the word.
# Example: "Loven. ‹›Stk. 2"
SUBSECTION = re.compile(r"(?:(?<=\s)|^)(?=Stk\.(?:\s|$))")
# Example: "‹Stk. 2› gælder"
SUBSECTION_NUMBER = re.compile(r"Stk\.\s*(\d+)")
# Example: "‹Stk.› 2"
WORD = re.compile(r"\S+")
# Example: "gælder‹.›"
SENTENCE_END = re.compile(r"[.;:]$")
CONTEXT_WORDS = 40
SENTENCE_WORDS = 12
FEWEST_FOLDED_WORDS = 25


@dataclass(frozen=True)
class TextRun:
    """A run of text: ``equal``, ``insert`` or ``delete``; ``folded`` ones are opened on demand."""

    op: str
    text: str
    is_folded: bool = False

    @property
    def word_count(self) -> int:
        return len(WORD.findall(self.text))


Paragraph = Sequence[TextRun]


@dataclass(frozen=True)
class Passage:
    """Paragraphs that are shown, or neighbouring unchanged ones that are folded into one line.

    ``first`` and ``last`` are the numbers of the stk. folded, "" where they have none.
    """

    paragraphs: Sequence[Paragraph]
    is_folded: bool = False
    first: str = ""
    last: str = ""


def build_passages(marks: Iterable[Mark]) -> list[Passage]:
    """Build what is shown of a changed section: changed paragraphs with context, unchanged ones folded together."""
    passages = []
    every = list(_split_paragraphs(marks))
    for is_unchanged, group in groupby(every, key=_is_unchanged):
        paragraphs = list(group)
        word_count = sum(run.word_count for paragraph in paragraphs for run in paragraph)
        if is_unchanged and word_count >= FEWEST_FOLDED_WORDS:
            # The first stk. carries no number in print.
            first = "1" if paragraphs[0] is every[0] and len(every) > 1 else _find_number(paragraphs[0])
            last = _find_number(paragraphs[-1]) or first
            passages.append(Passage(paragraphs, is_folded=True, first=first, last=last))
        elif is_unchanged:
            passages.append(Passage(paragraphs))
        else:
            passages.append(Passage([_fold(paragraph) for paragraph in paragraphs]))
    return passages


def build_whole_passage(text: str, op: str) -> Passage:
    """Build what is shown of a section that came or went as a whole."""
    mark: Mark = {"op": "equal", "text": text}
    paragraphs = [[TextRun(op, run.text) for run in paragraph] for paragraph in _split_paragraphs([mark])]
    return Passage(paragraphs)


def _split_paragraphs(marks: Iterable[Mark]) -> Iterator[list[TextRun]]:
    paragraph: list[TextRun] = []
    is_after_space = False
    for mark in marks:
        for text in SUBSECTION.split(mark["text"]):
            if paragraph and is_after_space and SUBSECTION.match(text):
                yield paragraph
                paragraph = []
            if text:
                paragraph.append(TextRun(mark["op"], text))
                is_after_space = text[-1].isspace()
    if paragraph:
        yield paragraph


def _is_unchanged(paragraph: Paragraph) -> bool:
    return all(run.op == "equal" for run in paragraph)


def _find_number(paragraph: Paragraph) -> str:
    found = SUBSECTION_NUMBER.match(paragraph[0].text)
    return found[1] if found else ""


def _fold(paragraph: Paragraph) -> list[TextRun]:
    folded: list[TextRun] = []
    for place, run in enumerate(paragraph):
        if run.op == "equal":
            folded += _fold_run(run, is_first=place == 0, is_last=place == len(paragraph) - 1)
        else:
            folded.append(run)
    return folded


def _fold_run(run: TextRun, *, is_first: bool, is_last: bool) -> Iterator[TextRun]:
    """Fold the middle of a long run; what stands next to a change is kept up to the end of a sentence."""
    words = list(WORD.finditer(run.text))
    head = SENTENCE_WORDS if is_first else _count_context(word[0] for word in words)
    # Seen from its end, a sentence begins behind the word that ends the one before.
    tail = 0 if is_last else _count_context_before([word[0] for word in words])
    if len(words) - head - tail < FEWEST_FOLDED_WORDS:
        yield run
        return
    start = words[head - 1].end()
    end = words[len(words) - tail].start() if tail else len(run.text)
    yield TextRun(run.op, run.text[:start])
    yield TextRun(run.op, run.text[start:end], is_folded=True)
    if end < len(run.text):
        yield TextRun(run.op, run.text[end:])


def _count_context(words: Iterable[str]) -> int:
    count = 0
    for count, word in enumerate(words, 1):
        if count >= CONTEXT_WORDS or (count >= SENTENCE_WORDS and SENTENCE_END.search(word)):
            break
    return count


def _count_context_before(words: Sequence[str]) -> int:
    count = 0
    for word in reversed(words):
        if count >= CONTEXT_WORDS or (count >= SENTENCE_WORDS and SENTENCE_END.search(word)):
            break
        count += 1
    return count
