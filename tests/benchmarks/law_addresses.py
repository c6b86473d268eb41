"""Print what to ask for: acts and sections on days on which they apply, in no order."""

import random
import sys
from datetime import timedelta

import django
import orjson

django.setup()

from cms.core.calendar import today  # noqa: E402 - after setup
from legal.models import Expression, Provision  # noqa: E402


def main(count: int) -> None:
    """Print ``{"act at a date": [address], "section at a date": [address]}``."""
    chance = random.Random(5)
    keys = list(Expression.objects.filter(work__isnull=False).exclude(text_hash="").values_list("pk", flat=True))
    chosen = Expression.objects.select_related("work").in_bulk(chance.sample(keys, min(count, len(keys))))
    acts, sections = [], []
    for expression in chosen.values():
        work = expression.work
        section = (
            Provision.objects.served().filter(expression=expression).order_by("?").values_list("section", flat=True)[:1]
        )
        day = min(expression.signed_date + timedelta(days=chance.randrange(30)), today())
        address = f"/api/v1/acts/{work.content_id}/" if work else ""
        acts.append(f"{address}?as_of={day}")
        sections += [
            f"{address}provisions/{found}/?as_of={expression.signed_date}" for found in section if "/" not in found
        ]
    sys.stdout.buffer.write(orjson.dumps({"act at a date": acts, "section at a date": sections}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
