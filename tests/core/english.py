"""English words that no Danish sentence of the editor has, found in what it says."""

import re

ENGLISH = re.compile(
    r"\b(?:the|and|of|are|you|your|this|these|page|pages|with|not|from|search|show|hide|edit|delete|add|new|save|draft"
    r"|live|view|more|choose|select|toggle|close|open|history|users|groups|can|will|was|has|been|date|time|name|title"
    r"|password|settings|ago|actions|cancel|publish|published|submit|images|documents|snippets|reports|help|sites|locale"
    r"|locales|collections|workflows?|tasks?|comments?|insert|write|translate|translation|language|referenced|anyone"
    r"|visible|matches|saved|locked|created|used|changes?|enabled)\b",
    re.IGNORECASE,
)
# Names of products, of what Wagtail's migrations put into the database, and slugs: residence-and-work-permit.
NAMES = re.compile(
    r"Moderators(?: approval)?|Editors|English|Wagtail|Videnbro|Welcome to your new Wagtail site!"
    r"|Can (?:add|change|delete|access) [\w ]+|^[a-z]+(?:-[a-z]+)+$"
)


def list_english(words: list[str]) -> list[str]:
    """List those texts that have an English word beyond names."""
    return [word for word in words if ENGLISH.search(NAMES.sub("", word))]
