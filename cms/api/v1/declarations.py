"""Parameters that several endpoints share."""

from cms.api.v1.fields import FIELD
from cms.api.v1.pagination import SORTS
from cms.api.v1.parameters import Parameter
from cms.api.v1.terms import AUDIENCE, CONSORTIUM, FOCUS_AREA, MUNICIPALITY, TOPIC
from cms.api.v1.values import LOCALE, Choice, Day, Flag, Moment, Token, Whole
from cms.core.languages import SOURCE_LANGUAGE
from cms.publication.registry import registry

DEFAULT_LIMIT = 20
HIGHEST_LIMIT = 100

TYPE_CHOICE = Choice(lambda: list(registry.types))

LOCALE_ASKED = Parameter("locale", LOCALE, "The language to answer in.", default=SOURCE_LANGUAGE)
FALLBACK_ASKED = Parameter("fallback", Flag(), "Give every id once, in the best language of the chain.", default=False)
AS_OF = Parameter("as_of", Day(), "The day to answer for, Europe/Copenhagen; today when left out.")
ALLOW_OUTDATED = Parameter(
    "allow_outdated",
    Flag(),
    "Also serve translations of law notes whose source has changed in substance; they carry the state outdated.",
    default=False,
)
LIMIT = Parameter("limit", Whole(1, HIGHEST_LIMIT), "Entries in a page.", default=DEFAULT_LIMIT)
CURSOR = Parameter("cursor", Token(), "Where to go on, from next of the page before.")
FIELDS = Parameter("fields", FIELD, "Only these top-level keys, separated by commas.", several=True, once=True)
MUNICIPALITY_FILTER = Parameter(
    "municipality", MUNICIPALITY, "Only what is meant for these municipalities, or for all.", several=True
)
TOPIC_FILTER = Parameter("topic", TOPIC, "Only what carries one of these topics.", several=True)
AUDIENCE_FILTER = Parameter("audience", AUDIENCE, "Only what carries one of these audiences.", several=True)
TYPE_FILTER = Parameter("type", TYPE_CHOICE, "Only these types.", several=True)

FILTERS = (
    TYPE_FILTER,
    TOPIC_FILTER,
    AUDIENCE_FILTER,
    Parameter("focus_area", FOCUS_AREA, "Only what carries one of these focus areas.", several=True),
    Parameter("consortium", CONSORTIUM, "Only what belongs to one of these consortia.", several=True),
    MUNICIPALITY_FILTER,
    Parameter("updated_since", Moment(), "Only what was released at or after this moment."),
)
LAW_DATES = (
    Parameter("in_force_on", Day(), "Only what tells of law that had commenced on this day."),
    Parameter("upcoming", Flag(), "Only what tells of law still to commence.", default=False),
)
SORT = Parameter("sort", Choice(lambda: list(SORTS)), "The order.", default="-released_at")
