"""LexDania 2.1 documents written from import lines, in the shape the national database gives them.

The element names, the order of ``Meta``, the ids and the nesting follow real files (LBK 603/2025, VEJ 9267/2014, LOV 1642/2025).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MARK = re.compile(r" (?=Stk\. \d+[a-z]?\. )")
SENTENCE = re.compile(r"(?<=[a-zæøå)]\.) (?=[A-ZÆØÅ])")
LABEL = re.compile(r"^(§+\s?§?\s?\d[^.(]{0,24}\.?|§)(?: |$)")
STK_LABEL = re.compile(r"^(Stk\. \d+[a-z]?\.) ")
GAZETTES = {"lta": "Lovtidende A", "ltc": "Lovtidende C", "mt": "Ministerialtidende", "retsinfo": "Retsinformation"}


def build_document(
    line: Mapping[str, Any], encoding: str = "utf-8", body: str | None = None, **meta: str | None
) -> bytes:
    """Write one act line as a file; ``meta`` overrides fields of ``Meta`` (``None`` leaves one out, markup is kept).

    ``body`` replaces everything after ``Meta``; "" makes a stub.
    """
    content = build_body(line) if body is None else body
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<Dokument id="id3b41ce77" SchemaLocation="http://www.retsinformation.dk/offentlig/xml/schemas/2024/09/05/'
        f'LBKH.Retsinfo.LexDania_2.1.xsd">\n  <Meta id="idb52e16d8">\n{build_meta(line, **meta)}  </Meta>\n{content}</Dokument>'
    )
    return text.encode(encoding)


def build_meta(line: Mapping[str, Any], **changes: str | None) -> str:
    """Write the fields in their usual order; ``extra`` is markup after them."""
    collection = line["eli_uri"].split("/eli/")[1].split("/")[0]
    fields: dict[str, Any] = {
        "DocumentType": line.get("lexdania_type") or line["document_type"],
        "Rank": "A",
        "AccessionNumber": line.get("accession_number") or "",
        "DocumentId": line.get("document_id") or "",
        "UniqueDocumentId": "248591",
        "DocumentTitle": line["title"],
        "Year": str(line["year"]),
        "DiesSigni": line["signed_date"],
        "start": '<DateOfSubmit id="submit_1" />\n    <StartDate REFid="submit_1">%s</StartDate>'
        % (line.get("in_force_from") or line["signed_date"]),
        "Status": "Valid" if line.get("source_status") in (None, "in_force") else "Historic",
        "Number": str(line["number"]),
        "PopularTitle": line.get("popular_title"),
        "AnnouncedIn": GAZETTES.get(collection, ""),
        "DiesEdicti": line.get("published_date") or line["signed_date"],
        "Republished": "Nej",
        "JournalNumber": line.get("journal_number"),
        "Ministry": line.get("ministry"),
        "extra": "",
        **changes,
    }
    return "".join(
        f"    {value}\n" if name in ("start", "extra") else f"    <{name}>{escape(value)}</{name}>\n"
        for name, value in fields.items()
        if value is not None
    )


def build_body(line: Mapping[str, Any]) -> str:
    """Write title, introduction, chapters with sections, and clauses without a chapter at the end."""
    introduction = build_exitus(line["introduction"]) if line.get("introduction") else ""
    groups: list[tuple[str | None, list[str]]] = []
    for entry in line["provisions"]:
        if not groups or groups[-1][0] != entry["chapter"]:
            groups.append((entry["chapter"], []))
        groups[-1][1].append(build_section(entry["section"], entry["text"]))
    chapters = "".join(_build_group(chapter, sections) for chapter, sections in groups)
    return (
        f'  <TitelGruppe id="id3625d224"><Titel id="idcf9f40e5">{build_linea(line["title"])}</Titel></TitelGruppe>\n'
        f'  <DokumentIndhold id="id2ab8d52d">\n    <Indledning id="idfacfaca5">{introduction}</Indledning>\n'
        f'    <Bog id="id83512fa7"><Afsnit id="idb3a5f3b7" localId="1">\n{chapters}    </Afsnit></Bog>\n  </DokumentIndhold>\n'
        '  <UnderskriftGruppe id="id66bd943b"><UnderskriftStedDato /><Underskriver /></UnderskriftGruppe>\n'
    )


def _build_group(chapter: str | None, sections: Iterable[str]) -> str:
    if chapter is None:
        return f'<Ikraft id="id0e1a">\n{"".join(sections)}</Ikraft>\n'
    printed = re.sub(r"(?<=\d)(?=[^\W\d])", " ", chapter)
    return (
        f'<Kapitel id="idf2302df4" localId="{chapter}">\n  <Explicatus>Kapitel {printed} </Explicatus>\n'
        f'  <Rubrica id="idaf942ef1">{build_linea("Overskrift", "Italic")}</Rubrica>\n'
        f"  <ParagrafGruppe>\n{''.join(sections)}  </ParagrafGruppe>\n</Kapitel>\n"
    )


def build_section(number: str, text: str) -> str:
    """Write one section from its running text: label, Stk., numbered and lettered lists, sentences as lines."""
    label = LABEL.match(text)
    rest = text[label.end() :] if label else text
    printed = f"<Explicatus>{escape(label[1])}</Explicatus>" if label else ""
    parts = "".join(_build_stk(part) for part in MARK.split(rest))
    return f'<Paragraf id="id7097df96" localId={quoteattr(number)}>\n{printed}\n{parts}</Paragraf>\n'


def _build_stk(text: str) -> str:
    label = STK_LABEL.match(text)
    printed = f"<Explicatus>{label[1]}</Explicatus>" if label else ""
    return f'<Stk id="id6a5f98fa">{printed}\n{build_blocks(text[label.end() :] if label else text)}</Stk>\n'


def build_blocks(text: str) -> str:
    """Write a text and the lists in it."""
    introduction, numbers = split_list(text, [f"{number})" for number in range(1, 200)])
    entries = "".join(_build_entry("Nummer", mark, content) for mark, content in numbers)
    indexed = f'\n<Exitus id="ide9a09792">\n<Index>\n{entries}</Index></Exitus>' if entries else ""
    return build_exitus(introduction) + indexed


def _build_entry(form: str, mark: str, text: str) -> str:
    introduction, letters = split_list(text, [f"{letter})" for letter in "abcdefghijklmnopqrstuvxyzæøå"])
    nested = "".join(_build_entry("Litra", inner, content) for inner, content in letters)
    indexed = f"<Exitus><Index>{nested}</Index></Exitus>" if nested else ""
    return (
        f'<Indentatio id="idb3f1c5eb" formaInd="{form}"><Explicatus>{mark}</Explicatus>\n'
        f"{build_exitus(introduction)}{indexed}</Indentatio>\n"
    )


def split_list(text: str, marks: Iterable[str]) -> tuple[str, list[tuple[str, str]]]:
    """Split a text before each mark that follows in turn: ``("introduction", [("1)", "first"), …])``."""
    places: list[tuple[str, int]] = []
    start = 0
    for mark in marks:
        found = text.find(f" {mark} ", start)
        if found < 0:
            break
        places.append((mark, found))
        start = found + 1
    if not places:
        return text, []
    ends = [place for _mark, place in places[1:]] + [len(text)]
    entries = [(mark, text[place + len(mark) + 2 : end]) for (mark, place), end in zip(places, ends, strict=True)]
    return text[: places[0][1]], entries


def build_exitus(text: str) -> str:
    """Write a block, a line for each sentence."""
    return f"<Exitus>\n{''.join(build_linea(sentence) for sentence in SENTENCE.split(text))}</Exitus>"


def build_linea(text: str, form: str = "") -> str:
    """Write one line of one piece."""
    attribute = f' formaChar="{form}"' if form else ""
    return f"  <Linea>\n    <Char{attribute}>{escape(text)}</Char>\n  </Linea>\n"
