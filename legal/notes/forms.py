"""Form of a law note."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today
from cms.core.forms import ReleasablePageForm


class LawNoteForm(ReleasablePageForm):
    """Refuse a verification that is over when it is typed; one that ran out later does not keep anyone from editing."""

    def clean_verified_until(self) -> date | None:
        day: date | None = self.cleaned_data["verified_until"]
        if day is not None and day < today() and "verified_until" in self.changed_data:
            raise ValidationError(_("This day has passed. Verify the note anew, or leave the field empty."))
        return day
