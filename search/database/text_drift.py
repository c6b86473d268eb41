"""The database's text table against the log."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from cms.publication.following.followers import get_head_position
from cms.publication.models import Window
from legal.enums import ACT
from search.database.text_table import store_texts
from search.models import SearchText
from search.texts.log_contents import list_last_positions
from search.texts.provision_texts import count_provision_texts

ACTS_IN_MEMORY = 200


@dataclass
class TextDrift:
    """Differences between the text table and the log."""

    texts: int = 0
    missing: int = 0
    extra: int = 0
    acts: int = 0
    contents: set[UUID] = field(default_factory=set)

    @property
    def is_drifted(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.contents)

    def describe(self) -> str:
        """Describe the numbers in one line."""
        return (
            f"{self.texts} texts; {self.missing} missing or different, {self.extra} too many, "
            f"{self.acts} acts with other provisions"
        )


def find_text_drift() -> TextDrift:
    """Compare the text table with the windows, and the number of sections of each act; as of the log's head when it begins."""
    head = get_head_position()
    drift = TextDrift(texts=SearchText.objects.count())
    stored = SearchText.objects.filter(
        kind="document", key=OuterRef("version"), position=OuterRef("pk"), starts=OuterRef("starts")
    )
    same = Q(Exists(stored.filter(ends=OuterRef("ends")))) | Q(Exists(stored.filter(ends=None)), ends=None)
    for content_id in Window.objects.exclude(same).values_list("content_id", flat=True).iterator():
        drift.missing += 1
        drift.contents.add(content_id)
    own, acts = Window.objects.filter(pk=OuterRef("position")), Window.objects.filter(content_id=OuterRef("content_id"))
    extra = SearchText.objects.filter(~Exists(own), kind="document") | SearchText.objects.filter(
        ~Exists(acts), kind="provision"
    )
    for content_id in extra.values_list("content_id", flat=True).iterator():
        drift.extra += 1
        drift.contents.add(content_id)
    for content_id in _iterate_drifted_acts():
        drift.acts += 1
        drift.contents.add(content_id)
    drift.contents -= {key for key, position in list_last_positions(drift.contents).items() if position > head}
    return drift


def repair_texts(drift: TextDrift) -> None:
    """Store what differs once more."""
    store_texts(sorted(drift.contents))


def _iterate_drifted_acts() -> Iterator[UUID]:
    acts = Window.objects.filter(type=ACT).order_by("content_id").values_list("content_id", flat=True).distinct()
    for content_ids in batched(acts.iterator(chunk_size=2000), ACTS_IN_MEMORY, strict=False):
        expected = count_provision_texts(Window.objects.filter(content_id__in=content_ids))
        rows = SearchText.objects.filter(kind="provision", content_id__in=content_ids).order_by().values("content_id")
        stored = dict(rows.annotate(count=Count("pk")).values_list("content_id", "count"))
        yield from (content_id for content_id in content_ids if stored.get(content_id, 0) != expected[content_id])
