"""ELI URIs of Retsinformation, in the spellings people paste.

Source: ELI templates of retsinformation.dk, ``https://www.retsinformation.dk/eli/{collection}/{year}/{number}``.
"""

import re

SOURCE = "https://www.retsinformation.dk"
# The collection of Lovtidende A: acts, consolidations and orders.
LOVTIDENDE_A_COLLECTION = "lta"

# Example: "‹https://www.retsinformation.dk/eli/lta/2025/1183›"
ELI_URI = re.compile(r"^https?://[^\s/]+/eli/[^\s]+$")
# Example: "https://www.retsinformation.dk/eli/lta/2025/1183‹/dan/html›"
FORMATS = re.compile(r"(?:/(?:dan|xml|pdf|html))*/?$")
# Example: "‹http://retsinformation.dk›/eli/lta/2025/1183"
HOST = re.compile(r"^https?://(?:www\.)?retsinformation\.dk", re.IGNORECASE)


def build_eli_uri(collection: str, year: int | None, number: int | None) -> str:
    """Build the ELI URI of a text from its collection ("lta"), the year of its signature and its number."""
    return f"{SOURCE}/eli/{collection}/{year}/{number}"


def normalise_eli_uri(uri: str) -> str:
    """Bring a pasted ELI URI into the stored form: https, host with ``www``, no language, format, fragment or query."""
    cleaned = uri.strip().split("#")[0].split("?")[0]
    return HOST.sub(SOURCE, FORMATS.sub("", cleaned))
