"""Refusals of steps that are not possible in the state a translation is in."""


class StepRefusedError(Exception):
    """An event that is not possible in the state a translation is in; the message says why, in the language of the user."""
