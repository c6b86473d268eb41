"""The picture and the document that texts of a random history show, replaced, closed, opened, deleted; and their addresses."""

from hashlib import sha1
from itertools import count

from django.core.cache import cache
from wagtail.models import CollectionViewRestriction

from tests.factories.files import PDF, build_picture, make_collection, make_document, make_image, replace_file

PICTURE_SIZE = (24, 8)
# Stored files outlive a history, whose rows are rolled back; a name that is there already would be changed.
NUMBERS = count(1)


class SiteFiles:
    """One picture and one document at a time, of a collection that may be closed; a deleted one is followed by another."""

    def __init__(self):
        # Keys of an earlier history come again, its pictures do not.
        cache.clear()
        self.collection = make_collection("Billeder")
        self.contents = {}
        self.image = self._add_image()
        self.document = self._add_document()

    @property
    def is_closed(self):
        """Say whether the collection is open to some only."""
        return CollectionViewRestriction.objects.filter(collection=self.collection).exists()

    def replace(self, kind):
        """Give a file another content under another name."""
        content, name = self._build(kind)
        file = replace_file(getattr(self, kind), content, name)
        setattr(self, kind, file)
        self.contents[kind, file.pk] = content, name

    def delete(self, kind):
        """Delete a file, and have a new one."""
        file = getattr(self, kind)
        del self.contents[kind, file.pk]
        file.delete()
        setattr(self, kind, self._add_image() if kind == "image" else self._add_document())

    def close(self):
        """Close the collection, or open it again."""
        if self.is_closed:
            CollectionViewRestriction.objects.get(collection=self.collection).delete()
        else:
            CollectionViewRestriction.objects.create(collection=self.collection, restriction_type="login")

    def build_block(self, kind):
        """Build the raw block that shows a file."""
        pk = getattr(self, kind).pk
        words = {"alt_text": "Et hus", "caption": ""} if kind == "image" else {"label": "Blanket"}
        return {"type": kind, "value": {kind: pk, **words}}

    def find_address(self, kind, pk):
        """Find the address under which every reader of a text gets a file; ``None`` where there is none."""
        if (kind, pk) not in self.contents or (kind == "image" and self.is_closed):
            return None
        content, name = self.contents[kind, pk]
        digest = sha1(content, usedforsecurity=False).hexdigest()[:16]
        if kind == "document":
            return f"http://testserver/documents/{pk}/{digest}/{name}"
        return f"http://testserver/media/image/{pk}/{digest}/width-1200/{name}"

    def _add_image(self):
        content, name = self._build("image")
        image = make_image(name, content, collection=self.collection)
        self.contents["image", image.pk] = content, name
        return image

    def _add_document(self):
        content, name = self._build("document")
        document = make_document(name, content)
        self.contents["document", document.pk] = content, name
        return document

    def _build(self, kind):
        number = next(NUMBERS)
        if kind == "document":
            return PDF + f"% {number}\n".encode(), f"blanket-{number}.pdf"
        return build_picture(f"rgb({number % 256},{number // 256},9)", PICTURE_SIZE), f"foto-{number}.png"
