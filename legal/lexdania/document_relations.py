"""Relations of a LexDania document to others: it concerns them (``Concerns``) or was changed by them (``Change``).

References are kept up by the source: they may name a consolidation younger than the document. What ``Concerns`` means
depends on who says it: an amending text amends what it concerns, a commencement order puts it into force, anything else
is based on it.
"""

from datetime import date

from django.utils.translation import gettext as _

from cms.core.unicode_text import compose_text
from legal.enums import RelationKind
from legal.lexdania.document_days import parse_day
from legal.lexdania.meta_fields import FieldGroup, MetaFields
from legal.lines.act_lines import LineRelation


def list_relations(fields: MetaFields, lexdania_type: str, signed: date, warnings: list[str]) -> list[LineRelation]:
    """List the references of a document signed on a day, each once."""
    relations: dict[tuple[str, str], LineRelation] = {}
    for group in fields.groups.values():
        text = compose_text(group.get("Ref_Text"))
        target = (group.get("Ref_Accn") or text)[:400]
        if not target:
            continue
        kind = _find_kind(group, lexdania_type, signed)
        if kind is None:
            warnings.append(_("a reference of the unknown kind “%(kind)s” is left out") % {"kind": group.marker[:40]})
            continue
        relations.setdefault((kind, target), LineRelation(kind, target, text))
    return list(relations.values())


def _find_kind(group: FieldGroup, lexdania_type: str, signed: date) -> RelationKind | None:
    """LexDania marks amending texts with Æ and commencement orders with I ("BEK I#LOKDOK06")."""
    mark = lexdania_type[3:5]
    if group.marker == "Change":
        day = parse_day(group.get("Ref_Af"))
        is_later = day is not None and day > signed
        return RelationKind.AMENDS if mark == " Æ" and not is_later else RelationKind.AMENDED_BY
    if group.marker == "Concerns":
        return {" Æ": RelationKind.AMENDS, " I": RelationKind.COMMENCES}.get(mark, RelationKind.BASED_ON)
    return None
