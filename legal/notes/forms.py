"""Form of a law note."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.calendar import today
from cms.core.forms import ReleasablePageForm
from legal.notes.completeness import find_incomplete_note, list_missing


class LawNoteForm(ReleasablePageForm):
    """Refuse a day of checking that is over when it is typed; one that ran out later does not keep anyone from editing.

    Publication is refused at the fields that readers need and that are empty.
    """

    def refuse_release(self) -> None:
        """Add what the note lacks at its fields, and what else stands against a release once it is complete."""
        problems = list_missing(self.instance) if find_incomplete_note(self.instance) else {}
        missing = {name: problem for name, problem in problems.items() if name in self.fields}
        for name, problem in missing.items():
            self.add_error(name, problem)
        if not missing:
            super().refuse_release()

    def clean_verified_until(self) -> date | None:
        day: date | None = self.cleaned_data["verified_until"]
        if day is not None and day < today() and "verified_until" in self.changed_data:
            raise ValidationError(_("This day has passed. Check the note anew, or leave the field empty."))
        return day
