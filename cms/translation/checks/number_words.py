"""Numbers from one to twenty in words: "3 måneder" may become "three months", and "1. pkt." "the first sentence".

For each number of a language, whole words, and beginnings of words with a star. Articles count as one: "1 måned" is "ein Monat".
"""

import re
from functools import cache

# Example: "‹trzech› miesięcy"
WORD = re.compile(r"[^\W\d_]+")
# Arabic writes "and", "with" and "the" together with the word.
# Example: "‹و›ثلاثة"
PREFIX = re.compile(r"^[وبلف]?(?:ال)?")
FIRST = 1
WORDS = {
    "da": "en et én ét første* / to anden andet andre begge / tre tredje* / fire fjerde* / fem femte* / seks sjette* / "
    "syv syvende* / otte ottende* / ni niende* / ti tiende* / elleve* ellevte* / tolv tolvte* / tretten* / "
    "fjorten* / femten* / seksten* / sytten* / atten* / nitten* / tyve*",
    "en": "a an one first* once single / two second* twice both couple / three third* / four fourth* / five fifth* / "
    "six sixth* / seven seventh* / eight eighth* / nine ninth* / ten tenth* / eleven* / twelve twelfth* / "
    "thirteen* / fourteen* / fifteen* / sixteen* / seventeen* / eighteen* / nineteen* / twenty twentieth",
    "de": "ein eine einen einem einer eines eins erst* einmal / zwei zweit* zweimal beid* / drei dreier dritt* / vier "
    "vierte* / fünf fünft* / sechs sechst* / sieben siebt* / acht achte* / neun neunte* / zehn zehnt* / elf elft* "
    "/ zwölf* / dreizehn* / vierzehn* / fünfzehn* / sechzehn* / siebzehn* / achtzehn* / neunzehn* / zwanzig*",
    "pl": "jeden jedn* pierwsz* raz / dwa dwie dwóch dwu dwom dwoma drug* obu oba obie / trzy trzech trzem trzema "
    "trzeci* / cztery czterech czterem czwart* / pięć pięciu piąt* / sześć sześciu szóst* / siedem siedmiu siódm* "
    "/ osiem ośmiu ósm* / dziewięć dziewięciu dziewiąt* / dziesięć dziesięciu dziesiąt* / jedenaście jedenast* / "
    "dwanaście dwunast* / trzynaście trzynast* / czternaście czternast* / piętnaście piętnast* / szesnaście "
    "szesnast* / siedemnaście siedemnast* / osiemnaście osiemnast* / dziewiętnaście dziewiętnast* / dwadzieścia "
    "dwudziest*",
    "ro": "un o una unu unui unei prim* întâi / doi două doua doilea ambele ambii / trei treia treilea / patru patra "
    "patrulea / cinci cincea cincilea / șase șasea șaselea / șapte șaptea șaptelea / opt opta optulea / nouă noua "
    "nouălea / zece zecea zecelea / unsprezece* / doisprezece* douăsprezece* / treisprezece* / paisprezece* / "
    "cincisprezece* / șaisprezece* / șaptesprezece* / optsprezece* / nouăsprezece* / douăzeci*",
    "lt": "vienas vien* pirm* / du dvi dviej* dviem antr* abu abi abiej* / trys tris trij* trim* treči* / keturi* "
    "keturis ketvirt* / penki* penkt* / šeši* šešt* / septyni* septint* / aštuoni* aštunt* / devyni* devint* / "
    "dešimt* / vienuolik* / dvylik* / trylik* / keturiolik* / penkiolik* / šešiolik* / septyniolik* / "
    "aštuoniolik* / devyniolik* / dvidešimt*",
    "uk": "один одна одне одн* перш* / два дві двох двом двома друг* обох обидва обидві / три трьох трьом трьома трет* "
    "/ чотири чотирьох четверт* / п’ят* п'ят* / шість шести шост* / сім семи сьом* / вісім восьми восьм* / "
    "дев’ят* дев'ят* / десять десят* / одинадцят* / дванадцят* / тринадцят* / чотирнадцят* / п’ятнадцят* "
    "п'ятнадцят* / шістнадцят* / сімнадцят* / вісімнадцят* / дев’ятнадцят* дев'ятнадцят* / двадцят*",
    "ar": "واحد واحدة أول الأول الأولى أولى يوم يوماً يومًا يوما شهر شهرا شهراً شهرًا سنة عام أسبوع / اثنان اثنين "
    "اثنتان اثنتين الثاني الثانية ثاني ثانية يومين يومان شهرين شهران سنتين سنتان عامين أسبوعين أسبوعان ساعتين "
    "مرتين / ثلاث ثلاثة الثالث الثالثة / أربع أربعة الرابع الرابعة / خمس خمسة الخامس الخامسة / ست ستة السادس "
    "السادسة / سبع سبعة السابع السابعة / ثمان ثماني ثمانية الثامن الثامنة / تسع تسعة التاسع التاسعة / عشر عشرة "
    "العاشر العاشرة / / / / / / / / / / عشرون عشرين",
}


@cache
def _list_words(locale: str) -> dict[int, tuple[frozenset[str], tuple[str, ...]]]:
    numbers = {}
    for number, words in enumerate(WORDS[locale].split("/"), FIRST):
        forms = words.split()
        starts = tuple(form.rstrip("*") for form in forms if form.endswith("*"))
        numbers[number] = frozenset(form for form in forms if not form.endswith("*")), starts
    return numbers


def has_number_word(text: str, number: int, locale: str) -> bool:
    """Say whether a number from one to twenty stands in words in a text."""
    whole, starts = _list_words(locale).get(number, (frozenset(), ()))
    words = {word.lower() for word in WORD.findall(text.replace("’", "").replace("'", ""))}
    if locale == "ar":
        words |= {bare for word in words if (bare := PREFIX.sub("", word))}
    starts = tuple(start.replace("’", "").replace("'", "") for start in starts)
    return bool(whole & words) or any(word.startswith(starts) for word in words if starts)
