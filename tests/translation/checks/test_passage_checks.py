"""A changed number, date, reference, link, placeholder or tag is found, and what only looks otherwise is not."""

import pytest

from cms.translation.checks.findings import FindingKind
from cms.translation.checks.passage_checks import check_facts

AMOUNT, DATE, TIME = FindingKind.AMOUNT, FindingKind.DATE, FindingKind.TIME
REFERENCE, LINK = FindingKind.REFERENCE, FindingKind.LINK
PLACEHOLDER, MARKUP = FindingKind.PLACEHOLDER, FindingKind.MARKUP

# Source, its language, translation, its language.
RIGHT = [
    # Numbers and amounts by the rules of the language.
    ("Mindst 12.345,67 kr. om året", "da", "At least DKK 12,345.67 a year", "en"),
    ("Mindst 12.345,67 kr. om året", "da", "Mindestens 12.345,67 DKK im Jahr", "de"),
    ("Mindst 12.345,67 kr. om året", "da", "Co najmniej 12 345,67 DKK rocznie", "pl"),
    ("Mindst 12.345,67 kr. om året", "da", "Cel puțin 12.345,67 DKK pe an", "ro"),
    ("Mindst 12.345,67 kr. om året", "da", "Ne mažiau kaip 12\u00a0345,67 DKK per metus", "lt"),
    ("Mindst 12.345,67 kr. om året", "da", "Щонайменше 12\u202f345,67 DKK на рік", "uk"),
    ("Mindst 12.345,67 kr. om året", "da", "١٢٬٣٤٥٫٦٧ كرونة على الأقل في السنة", "ar"),
    ("Mindst 12.345,67 kr. om året", "da", "\u206612,345.67\u2069 كرونة على الأقل في السنة", "ar"),
    ("Mindst 514.000 kr.", "da", "At least DKK 514,000", "en"),
    ("Mindst 514.000 kr.", "da", "Минимум 514 000 крон", "uk"),
    ("1,5 mio. kr.", "da", "DKK 1,500,000", "en"),
    ("1,5 mio. kr.", "da", "1.5 million kroner", "en"),
    ("2½ år", "da", "2.5 years", "en"),
    ("5 pct. af lønnen", "da", "5 % of pay", "en"),
    ("Ring +45 87 11 22 33", "da", "Call 8711 2233", "en"),
    ("Ring 87112233", "da", "اتصل بـ 87 11 22 33", "ar"),
    ("Kapitel 3.2", "da", "Chapter 3.2", "en"),
    ("37 timer og 5 uger", "da", "و5 أسابيع 37 ساعة", "ar"),
    ("Niveau B1 eller A2", "da", "Level B1 or A2", "en"),
    # Numbers in words.
    ("Senest 3 måneder efter", "da", "Within three months", "en"),
    ("Senest 3 måneder efter", "da", "W ciągu trzech miesięcy", "pl"),
    ("Senest 3 måneder efter", "da", "خلال ثلاثة أشهر", "ar"),
    ("Den 1. gang", "da", "The first time", "en"),
    ("Senest fem dage efter", "da", "Не пізніше ніж через 5 днів", "uk"),
    ("1 måned", "da", "Ein Monat", "de"),
    ("2 år", "da", "سنتان", "ar"),
    ("Efter 7 kalenderdage", "da", "Po septynių kalendorinių dienų", "lt"),
    # Times of day.
    ("Åbent kl. 9.30-14", "da", "Open 9:30 am to 2 pm", "en"),
    ("Åbent kl. 9.30–15.00", "da", "Geöffnet 9:30–15 Uhr", "de"),
    ("Kl. 16", "da", "الساعة 4 مساءً", "ar"),
    ("Åbent 9.30", "da", "Open at 9.30", "en"),
    # Dates.
    ("Fra den 1. januar 2027", "da", "From 1 January 2027", "en"),
    ("Fra den 1. januar 2027", "da", "From January 1, 2027", "en"),
    ("Fra den 1. januar 2027", "da", "From the 1st of January 2027", "en"),
    ("Fra den 1. januar 2027", "da", "Ab dem 01.01.2027", "de"),
    ("Fra den 1. januar 2027", "da", "Od 1 stycznia 2027 r.", "pl"),
    ("Fra den 1. januar 2027", "da", "De la 1 ianuarie 2027", "ro"),
    ("Fra den 1. januar 2027", "da", "Nuo 2027 m. sausio 1 d.", "lt"),
    ("Fra den 1. januar 2027", "da", "З 1 січня 2027 року", "uk"),
    ("Fra den 1. januar 2027", "da", "اعتبارًا من 1 يناير 2027", "ar"),
    ("Fra den 1. januar 2027", "da", "اعتبارًا من ١ كانون الثاني ٢٠٢٧", "ar"),
    ("Senest 01.02.2027", "da", "By 1 February 2027", "en"),
    ("Senest 1/2-2027", "da", "By 2027-02-01", "en"),
    ("Senest 1/7", "da", "By 1 July", "en"),
    ("Senest d. 1.7", "da", "By 1 July", "en"),
    ("I maj 2026", "da", "In May 2026", "en"),
    ("I maj 2026", "da", "W maju 2026 r.", "pl"),
    ("I januar 2027", "da", "2027 m. sausio mėn.", "lt"),
    ("Fra den 1.-5. juni 2026", "da", "2026 m. birželio 1–5 d.", "lt"),
    ("Den 15. maj", "da", "Pe 15 mai", "ro"),
    ("Mindst 2 flere", "da", "Cel puțin 2 mai mult", "ro"),
    # References.
    ("Efter § 9 a, stk. 2, nr. 3, litra b", "da", "Under section 9 a(2), no. 3(b)", "en"),
    ("Efter § 9 a, stk. 2", "da", "Zgodnie z § 9 a ust. 2", "pl"),
    ("Efter § 9 a, stk. 2", "da", "Pagal 9 a straipsnio 2 dalį", "lt"),
    ("Efter § 9 a, stk. 2", "da", "وفقًا للمادة 9 a، الفقرة 2", "ar"),
    ("Efter §§ 9 a og 9 m", "da", "Under sections 9 a and 9 m", "en"),
    ("Efter § 9 a eller § 9 m", "da", "Under section 9 a or 9 m", "en"),
    ("Efter § 9 i loven", "da", "Under section 9 of the Act", "en"),
    ("Efter §§ 58-60", "da", "Nach §§ 58–60", "de"),
    ("§ 9 m, stk. 3, 1. pkt.", "da", "Section 9 m(3), first sentence", "en"),
    ("Efter § 24 f. § 24 f undtager", "da", "Under section 24 f, which excludes", "en"),
    ("Efter stk. 8 og efter stk. 8", "da", "Under subsection 8, both", "en"),
    ("Lov nr. 1654 af 30. december 2024", "da", "Act no. 1654 of 30 December 2024", "en"),
    # Links, placeholders and markup.
    ('Se <a id="a1">skat.dk</a>', "da", 'Gå til <a id="a1">skat.dk</a>', "en"),
    ('<a href="/da/guides/pas/">Pas</a>', "da", '<a href="/pl/guides/pas/">Paszport</a>', "pl"),
    ("Se https://www.nyidanmark.dk/da/Pas", "da", "See https://nyidanmark.dk/en-GB/Pas.", "en"),
    ("Skriv til skranke2@aarhus.dk", "da", "Write to skranke2@aarhus.dk", "en"),
    ("Kære {{ navn }}, %(count)s dage", "da", "Dear {{ navn }}, %(count)s days", "en"),
    ("Det er <b>vigtigt</b><br/>og sådan", "da", "It is important", "en"),
    ("50 % af den", "da", "50 % sd of it", "en"),
    ("Under 5 &lt; 6 &amp; 7", "da", "5 &lt; 6 &amp; 7", "en"),
    # A word of numbers' shape.
    ("Du må tidligst begynde den 1. maj", "da", "You may begin on 1 May at the earliest", "en"),
    ("3.000-4.000 kr. i 2026/27", "da", "DKK 3,000–4,000 in 2026/27", "en"),
    ("1000 kr.", "da", "1 000 koron", "pl"),
]

WRONG = [
    ("Mindst 12.345,67 kr.", "da", "At least DKK 12,354.67", "en", [AMOUNT]),
    ("Mindst 12.345,67 kr.", "da", "At least DKK 12.345,67", "en", [AMOUNT]),
    ("Mindst 514.000 kr.", "da", "At least DKK 514.000", "en", [AMOUNT]),
    ("Mindst 514.000 kr.", "da", "Co najmniej 51 400 DKK", "pl", [AMOUNT]),
    ("Mindst 514.000 kr.", "da", "At least an amount", "en", [AMOUNT]),
    ("Mindst et beløb", "da", "At least DKK 514,000", "en", [AMOUNT]),
    ("1,5 mio. kr.", "da", "DKK 15 million", "en", [AMOUNT]),
    ("37 timer", "da", "٣٨ ساعة", "ar", [AMOUNT]),
    ("Senest 14 dage efter", "da", "Within 4 days", "en", [AMOUNT]),
    ("Senest 3 måneder", "da", "Within four months", "en", [AMOUNT]),
    ("5 dage og 5 uger", "da", "5 days and weeks", "en", [AMOUNT]),
    ("Ring 87 11 22 33", "da", "Call 87 11 22 34", "en", [AMOUNT]),
    ("2½ år", "da", "2 years", "en", [AMOUNT]),
    ("Kl. 14", "da", "At 3 pm", "en", [TIME]),
    ("Åbent 9.30-15.00", "da", "Open 9:30–16:00", "en", [TIME]),
    ("Fra den 1. januar 2027", "da", "From 1 January 2026", "en", [DATE]),
    ("Fra den 1. januar 2027", "da", "From 1 June 2027", "en", [DATE]),
    ("Senest 01.02.2027", "da", "By 02/01/2027", "en", [DATE]),
    ("Fra den 1. januar 2027", "da", "Od 1 lutego 2027 r.", "pl", [DATE]),
    ("Fra den 1. januar 2027", "da", "З 1 лютого 2027 року", "uk", [DATE]),
    ("Fra den 1. januar 2027", "da", "Nuo 2027 m. vasario 1 d.", "lt", [DATE]),
    ("Fra den 1. januar 2027", "da", "اعتبارًا من 1 فبراير 2027", "ar", [DATE]),
    ("Fra den 1. januar 2027", "da", "From next year", "en", [DATE]),
    ("Fra næste år", "da", "Ab dem 1. Januar 2027", "de", [DATE]),
    ("Efter § 9 a, stk. 2", "da", "Under section 9 b(2)", "en", [REFERENCE]),
    ("Efter § 9 a, stk. 2", "da", "Under section 9(2)", "en", [REFERENCE]),
    ("Efter § 9 a, stk. 2", "da", "Under section 9 a(3)", "en", [AMOUNT]),
    ("Efter § 9 a, stk. 2", "da", "Згідно з § 9 а, ч. 2", "uk", [REFERENCE]),
    ("Efter loven", "da", "Under section 9 a", "en", [REFERENCE]),
    ("Efter §§ 9 a og 9 m", "da", "Under section 9 a", "en", [REFERENCE]),
    ("Efter nr. 3, litra b", "da", "Under no. 3(c)", "en", [REFERENCE]),
    ('Se <a id="a1">her</a> og <a id="a2">der</a>', "da", 'See <a id="a1">here</a> and there', "en", [LINK]),
    ('Se <a id="a1">her</a>', "da", 'See <a id="a2">here</a>', "en", [LINK]),
    ('<a href="/da/guides/pas/">Pas</a>', "da", '<a href="/en/guides/tax/">Pass</a>', "en", [LINK]),
    ("Se www.skat.dk", "da", "See www.scat.dk", "en", [LINK]),
    ("Skriv til a@aarhus.dk", "da", "Write to us", "en", [LINK]),
    ("Kære {{ navn }}", "da", "Dear {{ name }}", "en", [PLACEHOLDER]),
    ("%(count)s dage", "da", "days", "en", [PLACEHOLDER]),
    ("{0} af {1}", "da", "{0} of {0}", "en", [PLACEHOLDER]),
    ("<b>Vigtigt</b>", "da", "<b>Important", "en", [MARKUP]),
    ("<b>Vigtigt</b>", "da", "Important</b>", "en", [MARKUP]),
    ("<b>Meget <i>vigtigt</i></b>", "da", "<b>Very <i>important</b></i>", "en", [MARKUP, MARKUP]),
    ("Vigtigt", "da", "<script>alert()</script>Important", "en", [MARKUP]),
    ("Vigtigt", "da", '<b onclick="x">Important</b>', "en", [MARKUP]),
    ("<b>Vigtigt</b>", "da", "&lt;b&gt;Important&lt;/b&gt;", "en", [MARKUP, MARKUP]),
    ('Se <a id="a1">her</a>', "da", 'See <a id="a1">he<a id="a1">re</a></a>', "en", [MARKUP, LINK]),
]


@pytest.mark.parametrize(("source", "source_locale", "target", "locale"), RIGHT, ids=range(len(RIGHT)))
def test_right_translation_has_no_finding(source: str, source_locale: str, target: str, locale: str) -> None:
    assert [finding.message for finding in check_facts(source, target, source_locale, locale)] == []


@pytest.mark.parametrize(("source", "source_locale", "target", "locale", "kinds"), WRONG, ids=range(len(WRONG)))
def test_changed_fact_is_found(
    source: str, source_locale: str, target: str, locale: str, kinds: list[FindingKind]
) -> None:
    assert [finding.kind for finding in check_facts(source, target, source_locale, locale)] == kinds
