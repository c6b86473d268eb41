"""Language teams in the editor's settings."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.translation.models import LanguageTeam


def list_member_names(team: LanguageTeam) -> str:
    """Write the names of a team's members, in the order of the alphabet."""
    return ", ".join(sorted(str(user.get_full_name() or user.get_username()) for user in team.members.all()))


class LanguageTeamViewSet(SnippetViewSet):
    """Teams by language, with their members."""

    model = LanguageTeam
    icon = "group"
    menu_label = _("Language teams")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display: ClassVar = [
        "__str__",
        Column("members", label=_("Members"), accessor=list_member_names),
        BooleanColumn("has_mail", label=_("Mail")),
    ]
    panels: ClassVar = [FieldPanel("locale"), FieldPanel("members"), FieldPanel("has_mail")]
