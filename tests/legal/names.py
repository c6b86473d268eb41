"""Names of the acts that a test has imported."""

from legal.enums import NameKind
from legal.models import Work, WorkName
from legal.titles import build_name_key


def name_works():
    """Give every work its title, its short title and its abbreviations as names."""
    for work in Work.objects.all():
        named = [(NameKind.OFFICIAL, work.title), (NameKind.SHORT, work.short_title)]
        named += [(NameKind.ABBREVIATION, name) for name in work.abbreviations]
        for kind, name in named:
            WorkName.objects.get_or_create(work=work, key=build_name_key(name), defaults={"kind": kind, "name": name})
