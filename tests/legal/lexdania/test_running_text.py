"""Running text: pieces of a line join, lines and blocks stand apart, footnotes come after their block."""

from xml.etree import ElementTree

import pytest

from legal.lexdania.running_text import build_running_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            """<Stk><Explicatus>Stk. 2.</Explicatus>
                 <Exitus>
                   <Linea>
                     <Char>Ydelsen udgør 10.584 kr.</Char>
                   </Linea>
                   <Linea>
                     <Char>Beløbet afrundes.</Char>
                   </Linea>
                 </Exitus></Stk>""",
            "Stk. 2. Ydelsen udgør 10.584 kr. Beløbet afrundes.",
        ),
        (
            """<Exitus><Linea><Char>I </Char>
                 <Char formaChar="Italic">§ 1, stk. 3,</Char>
                 <Char> ændres »12« til: »24«.</Char></Linea></Exitus>""",
            "I § 1, stk. 3, ændres »12« til: »24«.",
        ),
        (
            '<Exitus><Linea><Char>Udledning af CO<Char formaChar="Sub">2</Char> i luften og m</Char>'
            '<Char formaChar="Super">3</Char><Char>.</Char></Linea></Exitus>',
            "Udledning af CO2 i luften og m3.",
        ),
        (
            """<Stk><Exitus><Linea><Char>Fra den 1. juli, der</Char></Linea></Exitus>
                 <Exitus><Index>
                   <Indentatio formaInd="Nummer"><Explicatus>1)</Explicatus>
                     <Exitus><Linea><Char>bor her, og</Char></Linea></Exitus>
                     <Exitus><Index><Indentatio formaInd="Litra"><Explicatus>a)</Explicatus>
                       <Exitus><Linea><Char>er ung,</Char></Linea></Exitus></Indentatio></Index></Exitus></Indentatio>
                   <Indentatio formaInd="Nummer"><Explicatus>2)</Explicatus>
                     <Exitus><Linea><Char>søger.</Char></Linea></Exitus></Indentatio>
                 </Index></Exitus></Stk>""",
            "Fra den 1. juli, der 1) bor her, og a) er ung, 2) søger.",
        ),
        (
            """<Stk><Exitus><Nota><Explicatus>4)</Explicatus>
                   <Exitus><Linea><Char>Der henvises til note 1.</Char></Linea></Exitus></Nota>
                 <Linea><Char>Grænsen anvendes ikke, hvor nogen anvises</Char></Linea></Exitus>
                 <Exitus><Index><Indentatio><Explicatus>1)</Explicatus>
                   <Exitus><Linea><Char>en bolig.</Char></Linea></Exitus></Indentatio></Index></Exitus></Stk>""",
            "Grænsen anvendes ikke, hvor nogen anvises 4) Der henvises til note 1. 1) en bolig.",
        ),
        (
            "<Exitus><Linea><Char>i en friplejebolig</Char><Nota><Explicatus>1)</Explicatus><Exitus><Linea>"
            "<Char>Note.</Char></Linea></Exitus></Nota><Char>. Ellers ikke.</Char></Linea></Exitus>",
            "i en friplejebolig. Ellers ikke. 1) Note.",
        ),
        (
            "<Exitus><Table><Tr><Td><Exitus><Linea><Char>Alder</Char></Linea></Exitus></Td>"
            "<Td><Exitus><Linea><Char>Beløb</Char></Linea></Exitus></Td></Tr></Table></Exitus>",
            "Alder Beløb",
        ),
        ("<Stk>Stk. 1. Uddrag.</Stk>", "Stk. 1. Uddrag."),
        ("<Exitus><!-- layout --><Linea><Char>Før<!-- nu --> og\n efter</Char></Linea></Exitus>", "Før og efter"),
        ("<Exitus/>", ""),
    ],
)
def test_text_is_built_as_the_law_prints_it(markup: str, text: str) -> None:
    assert build_running_text(ElementTree.XML(markup)) == text
