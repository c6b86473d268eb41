"""Mails of notices: one to a person for all that has come up, in the language the person edits in."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override

from cms.core.languages import LANGUAGES
from cms.translation.desk.inbox import load_titles
from cms.translation.desk.notices import DAYS_BACK, store_notices
from cms.translation.models import Notice

logger = logging.getLogger(__name__)
LINES_SHOWN = 20
RETRY_MINUTES = 10


def send_notices() -> None:
    """Store what translators have to be told, and send the mails that are due. The worker runs it every minute."""
    store_notices()
    send_mails()


def send_mails() -> int:
    """Send the mails that are due; returns how many. One that cannot be sent is tried again later, and holds up no other.

    Notices are claimed before and marked after the mail, so that no transaction waits for a mail server. Whoever is killed between
    the two leaves them to the next one: a mail may then come twice, and is never lost.
    """
    sent = 0
    for key in sorted(set(_list_due().values_list("user_id", flat=True))):
        try:
            sent += _send_to(key)
        except (OSError, ValueError) as error:
            # smtplib's errors are OSErrors; an address that no mail can have is a ValueError.
            logger.warning("the notices of user %s could not be sent: %s", key, error)
    return sent


def find_editor_language(user: Any) -> str:
    """Find the language a person edits in."""
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE)


def _list_due() -> QuerySet[Notice]:
    now = timezone.now()
    free = Q(tried_at__isnull=True) | Q(tried_at__lt=now - timedelta(minutes=RETRY_MINUTES))
    return Notice.objects.filter(
        free, wants_mail=True, mailed_at__isnull=True, occasion__at__gte=now - timedelta(days=DAYS_BACK)
    )


def _send_to(user_id: int) -> int:
    moment = timezone.now()
    if not _list_due().filter(user_id=user_id).update(tried_at=moment):
        return 0
    claimed = Notice.objects.filter(user_id=user_id, tried_at=moment, mailed_at__isnull=True)
    notices = list(claimed.select_related("occasion__task").order_by("occasion__at", "pk"))
    user = get_user_model()._default_manager.get(pk=user_id)
    # What has been seen at the desk meanwhile needs no mail.
    unseen = [notice for notice in notices if notice.seen_at is None]
    if unseen and user.is_active and user.email:
        with override(find_editor_language(user)):
            send_mail(_build_subject(len(unseen)), _build_text(unseen), None, [user.email])
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return int(bool(unseen))


def _build_subject(count: int) -> str:
    return ngettext("Videnbro: %(count)s translation needs you", "Videnbro: %(count)s translations need you", count) % {
        "count": count
    }


def _build_text(notices: list[Notice]) -> str:
    origin = settings.WAGTAILADMIN_BASE_URL
    titles = load_titles({notice.occasion.task.content_id for notice in notices})
    lines = [
        {
            "kind": notice.occasion.get_kind_display(),
            "title": titles.get(notice.occasion.task.content_id, ""),
            "language": LANGUAGES[notice.occasion.task.locale].endonym,
            "due": notice.occasion.due,
            "reason": notice.occasion.reason,
            "url": origin
            + reverse("translation_three_way", args=[notice.occasion.task.content_id, notice.occasion.task.locale]),
        }
        for notice in notices[:LINES_SHOWN]
    ]
    context = {
        "lines": lines,
        "more": len(notices) - len(lines),
        "url": origin + reverse("translation_notices"),
        "language": get_language(),
    }
    return render_to_string("translation/desk/notice_mail.txt", context)
