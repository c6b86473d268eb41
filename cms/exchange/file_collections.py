"""Collections of files in a bundle: by their names from the top, and who may open what lies in them."""

from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import Collection, CollectionViewRestriction

LOGIN = CollectionViewRestriction.LOGIN
GROUPS = CollectionViewRestriction.GROUPS
# Everyone (null), whoever has signed in, or groups by name; no group at all is administrators alone.
Readers = str | Sequence[str] | None
READERS_SCHEMA = {
    "anyOf": [{"type": "null"}, {"const": LOGIN}, {"type": "array", "items": {"type": "string"}, "uniqueItems": True}]
}
NAMES_SCHEMA = {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 255}, "maxItems": 20}


def list_names(collection: Collection) -> list[str]:
    """List the names from below the root down to a collection."""
    chain = collection.get_ancestors(inclusive=True).order_by("path")
    return [entry.name for entry in chain if not entry.is_root()]


def build_readers(collection: Collection) -> Readers:
    """Build who may open what lies in a collection. A shared password is in no bundle: then it is administrators alone."""
    restrictions = list(collection.get_view_restrictions())
    if not restrictions:
        return None
    if all(restriction.restriction_type == LOGIN for restriction in restrictions):
        return str(LOGIN)
    grouped = [entry for entry in restrictions if entry.restriction_type == GROUPS]
    if len(grouped) < len([entry for entry in restrictions if entry.restriction_type != LOGIN]):
        return []
    groups = [set(entry.groups.values_list("name", flat=True)) for entry in grouped]
    return sorted(set.intersection(*groups))


def get_collection(names: Sequence[str], readers: Readers) -> Collection:
    """Return the collection of these names; what is missing of it is made, open to the readers named and to nobody else.

    A collection that is there keeps its readers.

    Raises:
        ValidationError: if it is there and open to everyone, and the readers are not.
    """
    collection = Collection.get_first_root_node()
    is_new = False
    for name in names:
        child = collection.get_children().filter(name=name).first()
        is_new = child is None
        collection = collection.add_child(instance=Collection(name=name)) if child is None else child
    if readers is None or collection.get_view_restrictions().exists():
        return collection
    if not is_new:
        place = " / ".join(names) or "the root"
        raise ValidationError({"collection": f"{place} is open to everyone here, and this file is not"})
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=LOGIN if readers == LOGIN else GROUPS
    )
    if readers != LOGIN:
        restriction.groups.set(Group.objects.filter(name__in=readers))
    return collection
