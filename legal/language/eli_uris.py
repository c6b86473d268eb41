"""ELI URIs of Retsinformation, in the spellings people paste.

Source: ELI templates of retsinformation.dk, ``https://www.retsinformation.dk/eli/{collection}/{year}/{number}``.
"""

import re

ELI_URI = re.compile(r"^https?://[^\s/]+/eli/[^\s]+$")
FORMATS = re.compile(r"(?:/(?:dan|xml|pdf|html))*/?$")


def normalise_eli_uri(uri: str) -> str:
    """Bring a pasted ELI URI into the stored form: https, host with ``www``, no language, format, fragment or query."""
    cleaned = uri.strip().split("#")[0].split("?")[0]
    cleaned = FORMATS.sub("", cleaned)
    return re.sub(
        r"^https?://(?:www\.)?retsinformation\.dk", "https://www.retsinformation.dk", cleaned, flags=re.IGNORECASE
    )
