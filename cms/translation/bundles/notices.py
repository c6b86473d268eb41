"""Notices to a bundle's owner: it went live, or something keeps it."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.calendar import today, write_day
from cms.translation.bundle_enums import BundleState
from cms.translation.models import ReleaseBundle

logger = logging.getLogger(__name__)


def tell_owner(bundle: ReleaseBundle) -> None:
    """Tell a bundle's owner by mail, after the commit, where it stands; the page of the bundle says the same."""
    owner: Any = bundle.owner
    if owner is None or not owner.email:
        return
    subject, text = _write(bundle)
    address = settings.WAGTAILADMIN_BASE_URL + reverse("translation_bundle", args=[bundle.pk])
    transaction.on_commit(lambda: _send(subject, f"{text}\n\n{address}\n", owner.email))


def _write(bundle: ReleaseBundle) -> tuple[str, str]:
    named = {"bundle": bundle.name}
    if bundle.state == BundleState.LIVE:
        text = _("The texts of “%(bundle)s” are published and apply from %(day)s.") % {
            **named,
            "day": write_day(bundle.first_day or today()),
        }
        return _("“%(bundle)s” is live") % named, text
    text = _("Nothing of “%(bundle)s” is published. What keeps it: %(obstacle)s") % {
        **named,
        "obstacle": bundle.obstacle,
    }
    return _("“%(bundle)s” cannot go live") % named, text


def _send(subject: str, text: str, address: str) -> None:
    try:
        send_mail(subject, text, None, [address])
    except OSError as error:
        logger.warning("the notice to %s could not be sent: %s", address, error)
