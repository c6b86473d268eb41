"""Word files, written part by part: ``build_word_file(paragraph("…"), table([["a"]]))``."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWINGS = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TYPES = {"png": "image/png", "emf": "image/x-emf"}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/></w:style>'
    for style_id, name in (
        ("Titel", "Title"),
        ("Overskrift1", "heading 1"),
        ("Overskrift2", "heading 2"),
        ("Billedtekst", "caption"),
        ("Listeafsnit", "List Paragraph"),
    )
)


def run(text: str, properties: str = "") -> str:
    """Write a run; ``properties`` as ``<w:b/>``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def raised(text: str) -> str:
    """Write raised text."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


def paragraph(*content: str, style: str = "", numbering: tuple[int, int] | None = None) -> str:
    """Write a paragraph of text and runs; ``numbering`` is the list and the depth in it."""
    inner = "".join(part if part.startswith("<") else run(part) for part in content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering is not None:
        properties += f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*content: str, columns: int = 1, merge: str = "") -> str:
    """Write a cell; ``merge`` is ``restart`` or ``continue`` where it goes over rows."""
    properties = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content) or paragraph()}</w:tc>"


def table(*rows: list[str], header_rows: int = 0) -> str:
    """Write a table of rows of cells; text becomes a cell."""
    written = ""
    for index, row in enumerate(rows):
        cells = "".join(part if part.startswith("<w:tc>") else cell(paragraph(part)) for part in row)
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if index < header_rows else ""
        written += f"<w:tr>{properties}{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/>{written}</w:tbl>"


def picture(relation: str, alt_text: str = "") -> str:
    """Write a picture; ``relation`` is ``rId`` and the number of the file."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Billede" descr="{escape(alt_text)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def footnote_mark(number: int) -> str:
    """Write the mark of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def level(depth: int, kind: str = "decimal", text: str = "%1.", start: int = 1) -> str:
    """Write one level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'


def build_word_file(
    *body: str,
    lists: dict[int, str] | None = None,
    footnotes: tuple[str, ...] = (),
    pictures: tuple[tuple[str, bytes], ...] = (),
    parts: dict[str, bytes | str] | None = None,
    title: str = "",
) -> bytes:
    """Build a .docx. ``lists`` are levels by number, ``pictures`` have names and bytes, ``parts`` come besides or instead."""
    relations = ""
    files: dict[str, bytes | str] = {}
    for index, (name, content) in enumerate(pictures, start=1):
        files[f"word/media/{name}"] = content
        relations += f'<Relationship Id="rId{index}" Type="{OFFICE}/image" Target="media/{name}"/>'
    for name in ("styles", "numbering", "footnotes"):
        relations += f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in (lists or {}).items()
    )
    numbers = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in lists or {})
    notes = "".join(
        f'<w:footnote w:id="{index}">{paragraph(text)}</w:footnote>' for index, text in enumerate(footnotes, start=1)
    )
    types = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in TYPES.items())
    files |= {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        "word/document.xml": f"<w:document {W} {R} {DRAWINGS}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {W}>{abstract}{numbers}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
        "docProps/core.xml": '<p:coreProperties xmlns:p="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></p:coreProperties>",
        **(parts or {}),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()
