"""Dated figures in a bundle: a line of their own kind, whose ``source_id`` is the slug that blocks refer to."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cms.core.figure_forms import list_problems
from cms.core.languages import LANGUAGES
from cms.core.models import Figure, FigureAmount, FigureName
from cms.exchange.registry import RecordKind, References

KIND = "figure"
SLUG = {"type": "string", "maxLength": 60, "pattern": r"^[A-Za-z0-9_-]+$"}
NAME = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label"],
    "properties": {
        "label": {"type": "string", "minLength": 1, "maxLength": 200},
        "unit": {"type": "string", "maxLength": 40},
    },
}
AMOUNT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["valid_from", "amount"],
    "properties": {
        "valid_from": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "amount": {"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,2})?$"},
        "note": {"type": "string", "maxLength": 200},
    },
}
LINE_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "source_id", "fields"],
    "properties": {
        "kind": {"const": KIND},
        "source_id": SLUG,
        "fields": {
            "type": "object",
            "additionalProperties": False,
            "required": ["names", "amounts"],
            "properties": {
                "names": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": dict.fromkeys(LANGUAGES, NAME),
                },
                "amounts": {"type": "array", "items": AMOUNT},
                "eli_uri": {"type": "string", "maxLength": 300, "pattern": r"^(https?://.*)?$"},
                "section": {"type": "string", "maxLength": 20},
            },
        },
    },
}


def list_figure_problems(values: Mapping[str, Any]) -> Iterator[str]:
    """List what is wrong with a line that passed the schema."""
    fields = values["fields"]
    days = []
    for amount in fields["amounts"]:
        try:
            days.append(date.fromisoformat(amount["valid_from"]))
        except ValueError:
            yield f"fields.amounts: {amount['valid_from']} is not a day of the calendar"
            return
    texts = [text for name in fields["names"].values() for text in name.values()]
    texts += [amount.get("note", "") for amount in fields["amounts"]]
    for problem in list_problems(list(fields["names"]), days, [*texts, fields.get("section", "")]):
        yield f"fields: {problem}"


def save_figure(values: Mapping[str, Any], references: References) -> bool:
    """Save the figure of a line and release what shows it. Returns whether that changed anything."""
    slug, fields = values["source_id"], values["fields"]
    figure = Figure.objects.filter(slug=slug).first()
    if figure is not None and _read_fields(build_figure_line(figure)["fields"]) == _read_fields(fields):
        return False
    figure = figure or Figure(slug=slug)
    figure.eli_uri, figure.section = fields.get("eli_uri", ""), fields.get("section", "")
    figure.names = [
        FigureName(language=code, label=name["label"], unit=name.get("unit", ""))
        for code, name in fields["names"].items()
    ]
    figure.amounts = [
        FigureAmount(
            valid_from=date.fromisoformat(amount["valid_from"]),
            amount=Decimal(amount["amount"]),
            note=amount.get("note", ""),
        )
        for amount in fields["amounts"]
    ]
    figure.save()
    return True


def build_figure_line(figure: Figure) -> dict[str, Any]:
    """Build the line of a figure."""
    names = sorted(figure.names.all(), key=lambda name: list(LANGUAGES).index(name.language))
    return {
        "kind": KIND,
        "source_id": figure.slug,
        "fields": {
            "names": {name.language: {"label": name.label, "unit": name.unit} for name in names},
            "amounts": [
                {"valid_from": amount.valid_from.isoformat(), "amount": f"{amount.amount:.2f}", "note": amount.note}
                for amount in figure.list_amounts()
            ],
            "eli_uri": figure.eli_uri,
            "section": figure.section,
        },
    }


def _read_fields(fields: Mapping[str, Any]) -> Any:
    names = {code: (name["label"], name.get("unit", "")) for code, name in fields["names"].items()}
    amounts = sorted(
        (amount["valid_from"], Decimal(amount["amount"]), amount.get("note", "")) for amount in fields["amounts"]
    )
    return names, amounts, fields.get("eli_uri", ""), fields.get("section", "")


def _find_figure(source_id: str, locale: str, references: References) -> Figure | None:
    found: Figure | None = Figure.objects.filter(slug=source_id).first()
    return found


def _get_slug(figure: Figure, references: References) -> str:
    return figure.slug


def _write_figures(references: References) -> Iterator[dict[str, Any]]:
    yield from map(build_figure_line, Figure.objects.order_by("slug").prefetch_related("names", "amounts"))


FIGURE_KIND = RecordKind(
    KIND, Figure, 1, LINE_SCHEMA, list_figure_problems, save_figure, _find_figure, _get_slug, _write_figures
)
