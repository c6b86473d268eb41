"""Audit log entries of reviews: their labels and sentences."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from legal.reviews.review_tasks import describe_reason

SENTENCES: dict[str, tuple[str | Promise, str | Promise]] = {
    "open": (_("Review opened"), _("The law changed, review opened")),
    "reviewed": (_("Review done"), _("Reviewed, still right")),
    "edited": (_("Review done by editing"), _("Reviewed by editing")),
    "dismissed": (_("Review: not affected"), _("Not affected by the change of the law")),
    "withdrawn": (_("Review ended by withdrawal"), _("Review ended, the text was withdrawn")),
}


def register_review_actions(actions: Any) -> None:
    """Name what happens to a review."""
    for state, (label, sentence) in SENTENCES.items():
        formatter = type("ReviewFormatter", (BaseReviewFormatter,), {"label": label, "sentence": sentence})
        actions.register_action(f"legal.review.{state}")(formatter)


class BaseReviewFormatter(LogFormatter):
    """The sentence, the law, and the reason given: "Review dismissed: Udlændingeloven § 9 a – names no amount"."""

    sentence: str | Promise = ""

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        sections = ", ".join(f"§ {section}" for section in data.get("sections") or [])
        text = f"{self.sentence}: {data.get('act', '')} {sections}".strip()
        return f"{text} – {describe_reason(data['reason'])}" if data.get("reason") else text
