"""Requests to the service that translates: in batches, with bounded retries, and never trusted to answer what was asked."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

MOST_PASSAGES = 25
MOST_CHARACTERS = 6000
TRIES = 3
PAUSE_SECONDS = 0.5
# Passages asked one by one after a batch came back as rubbish, before the service is taken to answer nothing else.
MOST_RUBBISH = 2
# What an adapter stumbles over when the answer is not what its service documents.
RUBBISH = (ValueError, KeyError, TypeError, AttributeError, IndexError)
SERVER_FAULT = 500
TOO_MANY = 429


@dataclass(slots=True)
class Answers:
    """Answers to one batch: ``words`` by passage, and why there is none for the others. ``is_last`` when the service is gone."""

    words: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    is_last: bool = False


def translate_passages(
    translator: Any, source_locale: Any, target_locale: Any, passages: Sequence[str]
) -> Iterator[Answers]:
    """Translate passages batch by batch, so that the caller can keep each before the next is asked for.

    A service that does not answer is asked again some times, then no more: what is left comes back as failures.
    """
    batches = list(_build_batches(passages))
    for number, batch in enumerate(batches):
        answers = _translate_batch(translator, source_locale, target_locale, batch)
        if answers.is_last:
            reason = next(iter(answers.failures.values()))
            answers.failures |= {passage: reason for later in batches[number + 1 :] for passage in later}
        yield answers
        if answers.is_last:
            return


def _build_batches(passages: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for passage in passages:
        length = sum(map(len, batch)) + len(passage)
        if batch and (len(batch) == MOST_PASSAGES or length > MOST_CHARACTERS):
            yield batch
            batch = []
        batch.append(passage)
    if batch:
        yield batch


def _translate_batch(translator: Any, source_locale: Any, target_locale: Any, batch: list[str]) -> Answers:
    answers = Answers()
    try:
        answers.words = _ask(translator, source_locale, target_locale, batch)
    except RUBBISH:
        _translate_singly(translator, source_locale, target_locale, batch, answers)
    except OSError as error:
        answers.failures = dict.fromkeys(batch, _describe(translator, error))
        answers.is_last = True
    return answers


def _translate_singly(
    translator: Any, source_locale: Any, target_locale: Any, batch: list[str], answers: Answers
) -> None:
    """Ask for each passage of a batch alone: one of them may have been more than the service could do."""
    rubbish = 0
    reason = _("%(service)s answered something else than a translation") % {"service": translator.display_name}
    for number, passage in enumerate(batch):
        try:
            answers.words |= _ask(translator, source_locale, target_locale, [passage])
            rubbish = 0
        except RUBBISH:
            answers.failures[passage] = reason
            rubbish += 1
        except OSError as error:
            reason = _describe(translator, error)
            rubbish = MOST_RUBBISH
        if rubbish == MOST_RUBBISH:
            answers.failures |= dict.fromkeys(batch[number:], reason)
            answers.is_last = True
            return


def _ask(translator: Any, source_locale: Any, target_locale: Any, batch: list[str]) -> dict[str, str]:
    """Ask the service once, and again where it may yet answer.

    Raises:
        OSError: if it does not answer, or refuses. ``requests`` raises nothing else.
        ValueError: if it answers something else; also ``KeyError`` and the like, from the adapter.
    """
    strings = [StringValue(passage) for passage in batch]
    for remaining in reversed(range(TRIES)):
        try:
            found = translator.translate(source_locale, target_locale, strings)
            break
        except OSError as error:
            # An answer that is no JSON is both an OSError and a ValueError to requests; asking again is no use.
            if isinstance(error, ValueError) or not remaining or not _is_passing(error):
                raise
            time.sleep(PAUSE_SECONDS * (TRIES - remaining))
    words = {string.data: found[string].data for string in strings}
    if not all(isinstance(word, str) for word in words.values()):
        raise ValueError("not all translations are text")
    return words


def _is_passing(error: OSError) -> bool:
    """Say whether the fault may be over in a moment: no connection, no answer in time, or the service's own trouble."""
    response = getattr(error, "response", None)
    return response is None or response.status_code >= SERVER_FAULT or response.status_code == TOO_MANY


def _describe(translator: Any, error: OSError) -> str:
    response = getattr(error, "response", None)
    values = {"service": translator.display_name, "status": getattr(response, "status_code", "")}
    if response is None:
        return _("%(service)s did not answer") % values
    return _("%(service)s refused: HTTP %(status)s") % values
