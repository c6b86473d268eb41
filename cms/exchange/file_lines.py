"""Images and documents in a bundle: a line each, whose ``source_id`` is the SHA-256 of the file beside the bundle.

Where the site has the same content more than once, the later ones carry a number: ``DIGEST.2`` is the second. A file the site has
already is used as it is stored; only what is said of it (title, description, focal point, tags) follows the line.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from cms.exchange.file_collections import NAMES_SCHEMA, READERS_SCHEMA, build_readers, get_collection, list_names
from cms.exchange.registry import RecordKind, References
from cms.exchange.schema import FILE_ID

RANK = 0
FOCAL_POINT = ("x", "y", "width", "height")
PIXELS = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
COMMON_FIELDS = {
    # Example: "‹vejledning 2026.pdf›"
    # No match: "../settings.py"
    "name": {"type": "string", "maxLength": 200, "pattern": r"^[^/\\\x00-\x1f.][^/\\\x00-\x1f]*\.[A-Za-z0-9]{1,10}$"},
    "size_bytes": {"type": "integer", "minimum": 0},
    "title": {"type": "string", "minLength": 1, "maxLength": 255},
    "collection": NAMES_SCHEMA,
    "readers": READERS_SCHEMA,
    "tags": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 100}, "uniqueItems": True},
}
IMAGE_FIELDS = {
    "description": {"type": "string", "maxLength": 255},
    "focal_point": {
        "anyOf": [
            {"type": "null"},
            {
                "type": "object",
                "additionalProperties": False,
                "required": list(FOCAL_POINT),
                "properties": dict.fromkeys(FOCAL_POINT, PIXELS),
            },
        ]
    },
}


def build_schema(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Build the schema of a line of a kind of file."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "source_id", "fields"],
        "properties": {
            "kind": {"const": kind},
            "source_id": FILE_ID,
            "fields": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "size_bytes", "title"],
                "properties": dict(fields),
            },
        },
    }


def build_file_line(kind: str, file: Any, source_id: str) -> dict[str, Any]:
    """Build the line of an image or document."""
    return {
        "kind": kind,
        "source_id": source_id,
        "fields": {
            "name": file.filename,
            "size_bytes": file.get_file_size(),
            "collection": list_names(file.collection),
            "readers": build_readers(file.collection),
            **_build_facts(kind, file),
        },
    }


def _build_facts(kind: str, file: Any) -> dict[str, Any]:
    facts = {"title": file.title, "tags": sorted(file.tags.names())}
    if kind == "image":
        point = {name: getattr(file, f"focal_point_{name}") for name in FOCAL_POINT}
        facts |= {"description": file.description, "focal_point": point if file.has_focal_point() else None}
    return facts


def save_file(kind: str, model: Any, values: Mapping[str, Any], references: References) -> bool:
    """Find or add the file of a line, and say of it what the line says. Returns whether that changed anything.

    Raises:
        ValidationError: if its file is missing, has another content, or is none the editor would take.
    """
    source_id, fields = values["source_id"], values["fields"]
    digest, number = _split_source_id(source_id)
    files = references.files
    path = files.get_path(digest, fields["name"]) if files.has_file(digest, fields["name"]) else None
    alike = files.list_alike(model, digest, fields["size_bytes"])
    file = alike[number - 1] if number <= len(alike) else None
    meant = {"title": fields["title"]}
    if kind == "image":
        meant |= {"description": fields.get("description", ""), "focal_point": fields.get("focal_point")}
    tags = sorted(fields.get("tags", []))
    if file is not None:
        files.known[kind, source_id] = file.pk
        if _build_facts(kind, file) == {**meant, "tags": tags}:
            return False
        _describe(file, meant, tags)
        return True
    path = path or files.get_path(digest, fields["name"])
    with path.open("rb") as content:
        file = model(file=File(content, name=fields["name"]))
        file.collection = get_collection(fields.get("collection", []), fields.get("readers"))
        if kind == "image":
            check_picture(content, fields["name"], path.stat().st_size)
            content.seek(0)
        file.clean()
        _describe(file, meant, tags)
    files.added.append(file)
    files.known[kind, source_id] = file.pk
    return True


def _describe(file: Any, facts: Mapping[str, Any], tags: list[str]) -> None:
    for name, value in facts.items():
        if name == "focal_point":
            for part in FOCAL_POINT:
                setattr(file, f"focal_point_{part}", value[part] if value else None)
        else:
            setattr(file, name, value)
    file.save()
    file.tags.set(tags)


def check_picture(content: Any, name: str, size_bytes: int) -> None:
    """Check that a file is a picture the editor would take, of whatever size.

    Raises:
        ValidationError: if it is not.
    """
    field = WagtailImageField()
    field.max_upload_size = None
    try:
        field.clean(UploadedFile(content, name=name, size=size_bytes))
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def find_file(kind: str, model: Any, source_id: str, references: References) -> Any:
    """Find the image or document a source id stands for: that of the bundle's line, else one the site has."""
    known = references.files.known.get((kind, source_id))
    if known is not None:
        return model._default_manager.get(pk=known)
    digest, number = _split_source_id(source_id)
    alike = references.files.list_alike(model, digest)
    return alike[number - 1] if number <= len(alike) else None


def find_file_id(kind: str, file: Any, references: References) -> str | None:
    """Find the source id under which an image or document was written; ``None`` where its file is missing or broken."""
    return references.files.written.get((kind, file.pk))


def write_files(kind: str, model: Any, references: References) -> Iterator[dict[str, Any]]:
    """Write the lines of the site's images or documents, and copy their files. One that is missing or broken is noted."""
    numbers: dict[str, int] = {}
    for file in model._default_manager.order_by("pk").select_related("collection"):
        digest = references.files.get_digest(file)
        if digest is None or not _is_sound(kind, file):
            references.note_missing(f"{kind} {file.pk} ({file.title}), whose file is missing or broken")
            continue
        numbers[digest] = numbers.get(digest, 0) + 1
        source_id = digest if numbers[digest] == 1 else f"{digest}.{numbers[digest]}"
        references.files.written[kind, file.pk] = source_id
        references.files.store(file, digest)
        yield build_file_line(kind, file, source_id)


def _is_sound(kind: str, file: Any) -> bool:
    if kind != "image":
        return True
    try:
        with file.open_file() as content:
            check_picture(content, file.filename, file.get_file_size())
    except ValidationError:
        return False
    return True


def _split_source_id(source_id: str) -> tuple[str, int]:
    digest, _point, number = source_id.partition(".")
    return digest, int(number or 1)


def _list_no_problems(values: Mapping[str, Any]) -> Iterator[str]:
    return iter(())


def _build_kind(name: str, model: Any, fields: Mapping[str, Any]) -> RecordKind:
    return RecordKind(
        name,
        model,
        RANK,
        build_schema(name, fields),
        _list_no_problems,
        partial(save_file, name, model),
        lambda source_id, locale, references: find_file(name, model, source_id, references),
        partial(find_file_id, name),
        partial(write_files, name, model),
    )


IMAGE_KIND = _build_kind("image", get_image_model(), {**COMMON_FIELDS, **IMAGE_FIELDS})
DOCUMENT_KIND = _build_kind("document", get_document_model(), COMMON_FIELDS)
