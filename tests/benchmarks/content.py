"""Pages to measure with: answers of about 4 kB as an editor would publish them."""

import random

from wagtail.models import Locale

from cms.core.starter_set import load_organisations, load_vocabularies
from cms.exchange.sites import get_home
from knowledge.models import ArticlePage

WORDS = (
    "kommune borger tilladelse ophold arbejde registrering adresse skattekort ansøgning virksomhed familie ægtefælle "
    "skole dagtilbud sundhedskort læge bolig lejekontrakt danskuddannelse forening frivillig kontaktperson vejledning"
).split()
TOPICS = ("housing", "tax", "health", "civil-registration", "recruitment")


def make_pages(count: int, seed: int = 7) -> list[tuple[int, str]]:
    """Publish ``count`` articles; returns ``(page id, content id)`` of each."""
    load_vocabularies()
    load_organisations()
    chance = random.Random(seed)
    home = get_home("da")
    locale = Locale.objects.get(language_code="da")
    made = []
    for number in range(count):
        page = ArticlePage(
            title=f"{chance.choice(WORDS).title()} og {chance.choice(WORDS)} {number}",
            slug=f"artikel-{number}",
            locale=locale,
            live=False,
            summary=" ".join(chance.choices(WORDS, k=20)),
            answer=" ".join(chance.choices(WORDS, k=25)),
            topics=chance.sample(TOPICS, 2),
        )
        page.body = [("paragraph", f"<p>{' '.join(chance.choices(WORDS, k=60))}</p>") for _ in range(2)]
        home.refresh_from_db()
        home.add_child(instance=page)
        page.save_revision().publish()
        made.append((page.pk, str(page.translation_key)))
    return made
