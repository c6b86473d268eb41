"""Tables of HTML as blocks: merged cells are written out, so that no value stands under another heading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cms.core.table_captions import NO_CAPTION
from cms.exchange.conversion.findings import ConversionReport, Place, build_excerpt
from cms.exchange.conversion.html_tree import Node
from cms.exchange.conversion.inline_html import write_plain
from cms.exchange.conversion.messages import PICTURE_IN_CELL
from cms.exchange.conversion.numbers import count_numbers

LONGEST_CAPTION = 200
LONGEST_HEADER = 200
LONGEST_CELL = 500
MOST_CELLS = 20_000
# HTML, 4.9.11: no cell spans more columns.
MOST_COLUMNS = 1000
BETWEEN_HEADERS = " – "


@dataclass(eq=False)
class Cell:
    """A cell as it was written, with the number of places at which it is written out."""

    text: str
    place: Place
    is_header: bool
    rows: int = 1
    columns: int = 1
    times: int = 0


@dataclass
class Grid:
    """Cells by row and column, each at every place it covers."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    width: int = 0


def find_lone_cell(table: Node) -> Node | None:
    """Find the cell of a table that has one alone; such a table is a frame around a text."""
    cells = [cell for row in list_rows(table) for cell in list_cells(row)]
    has_caption = any(isinstance(child, Node) and child.name == "caption" for child in table.children)
    return cells[0] if len(cells) == 1 and not has_caption else None


def list_rows(table: Node) -> list[Node]:
    """List the rows, the foot last, without those of tables in cells."""
    parts = {"thead": 0, "tfoot": 2}
    found = [(parts.get(part.name, 1), row) for part, row in _iterate_rows(table)]
    return [row for _rank, row in sorted(found, key=lambda entry: entry[0])]


def _iterate_rows(parent: Node) -> Iterator[tuple[Node, Node]]:
    for child in parent.children:
        if isinstance(child, Node) and child.name == "tr":
            yield parent, child
        elif isinstance(child, Node) and child.name in ("thead", "tbody", "tfoot"):
            yield from _iterate_rows(child)


def list_cells(row: Node) -> list[Node]:
    """List the cells of a row."""
    return [child for child in row.children if isinstance(child, Node) and child.name in ("td", "th")]


def build_table(table: Node, number: int, report: ConversionReport, caption: Node | None = None) -> dict[str, Any]:
    """Build ``{"caption", "header", "rows"}``; every row is as wide as the header."""
    rows = list_rows(table)
    grid = _build_grid(rows, number, report)
    marked = _count_header_rows(table, rows, grid)
    if not marked:
        report.add("header-guessed", Place(table=number, row=1))
    depth = max(marked, 1)
    header = _build_header(grid, depth, number, report)
    body = [_build_row(grid, row, number, report) for row in range(depth, len(rows))]
    return {"caption": _build_caption(table, number, report, caption), "header": header, "rows": body}


def _build_grid(rows: list[Node], number: int, report: ConversionReport) -> Grid:
    grid = Grid()
    for row, node in enumerate(rows):
        column = 0
        for written in list_cells(node):
            while (row, column) in grid.cells:
                column += 1
            cell = _read_cell(written, Place(table=number, row=row + 1, column=column + 1), report)
            cell.rows = min(cell.rows or len(rows), len(rows) - row)
            if len(grid.cells) + cell.rows * cell.columns > MOST_CELLS:
                report.add("table-size", Place(table=number), limit=MOST_CELLS)
                return grid
            _cover(grid, cell, row, column, report)
            column += cell.columns
        grid.width = max([grid.width, *(place[1] + 1 for place in grid.cells if place[0] == row)])
    return grid


def _cover(grid: Grid, cell: Cell, row: int, column: int, report: ConversionReport) -> None:
    for below in range(cell.rows):
        for beside in range(cell.columns):
            if (row + below, column + beside) in grid.cells:
                report.add("cells-overlap", cell.place)
            grid.cells[row + below, column + beside] = cell
    if cell.rows * cell.columns > 1 and cell.text:
        report.add("merged-cell", _name(cell), rows=cell.rows, columns=cell.columns)


def _read_cell(node: Node, place: Place, report: ConversionReport) -> Cell:
    for inner in node.iterate():
        if inner.name == "table":
            report.add("nested-table", place)
        elif inner.name == "img":
            report.add("picture-lost", place, reason=str(PICTURE_IN_CELL))
    text = write_plain(node.children, report, place, link_code="cell-link")
    return Cell(
        text, place, node.name == "th", _read_span(node, "rowspan", None), _read_span(node, "colspan", MOST_COLUMNS)
    )


def _read_span(node: Node, name: str, most: int | None) -> int:
    value = node.attributes.get(name, "").strip()
    if not (value.isascii() and value.isdecimal()):
        return 1
    # A row span of 0 reaches to the end of the table, a column span of 0 is 1.
    return min(int(value[:9]) or 1, most) if most else int(value[:9])


def _count_header_rows(table: Node, rows: list[Node], grid: Grid) -> int:
    in_head = sum(part.name == "thead" for part, _row in _iterate_rows(table))
    if in_head:
        return min(in_head, max(len(rows) - 1, 1))
    depth = 0
    for row in range(len(rows) - 1):
        if not all(cell.is_header for place, cell in grid.cells.items() if place[0] == row):
            break
        depth += 1
    return depth or int(bool(rows) and len(rows) == 1)


def _build_header(grid: Grid, depth: int, number: int, report: ConversionReport) -> list[str]:
    if depth > 1:
        report.add("header-rows", Place(table=number), count=depth)
    header = []
    for column in range(grid.width):
        cells = [grid.cells[row, column] for row in range(depth) if (row, column) in grid.cells]
        # A cell that spans header rows says what it says once.
        shown = [cell for cell in dict.fromkeys(cells) if cell.text]
        for cell in shown:
            _count_use(cell, report)
        text = BETWEEN_HEADERS.join(cell.text for cell in shown)
        if len(text) > LONGEST_HEADER:
            place = Place(table=number, row=1, column=column + 1, near=build_excerpt(text))
            report.add("cell-length", place, length=len(text), limit=LONGEST_HEADER)
        header.append(text)
    return header


def _build_row(grid: Grid, row: int, number: int, report: ConversionReport) -> list[str]:
    texts = []
    for column in range(grid.width):
        cell = grid.cells.get((row, column))
        if cell is None:
            report.add("short-row", Place(table=number, row=row + 1))
        else:
            _count_use(cell, report)
            _check_cell(cell, report)
        texts.append(cell.text if cell else "")
    return texts


def _count_use(cell: Cell, report: ConversionReport) -> None:
    cell.times += 1
    if cell.times > 1:
        report.added += count_numbers(cell.text)


def _check_cell(cell: Cell, report: ConversionReport) -> None:
    if len(cell.text) > LONGEST_CELL:
        report.add("cell-length", _name(cell), length=len(cell.text), limit=LONGEST_CELL)


def _name(cell: Cell) -> Place:
    return Place(cell.place.table, cell.place.row, cell.place.column, near=build_excerpt(cell.text))


def _build_caption(table: Node, number: int, report: ConversionReport, before: Node | None) -> str:
    inside = [child for child in table.children if isinstance(child, Node) and child.name == "caption"]
    place = Place(table=number)
    texts = [write_plain(node.children, report, place, link_code="cell-link") for node in (before, *inside) if node]
    caption = BETWEEN_HEADERS.join(filter(None, texts))
    if not caption:
        report.add("no-caption", place)
        return NO_CAPTION
    if len(caption) > LONGEST_CAPTION:
        report.add("caption-length", place, length=len(caption), limit=LONGEST_CAPTION)
    return caption
