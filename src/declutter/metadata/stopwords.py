"""Stop words of languages in Latin script, used to detect a text's language."""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final = {
    "en": "the and of to in is that for with was are this it as be have from not you they which by on or at",
    "de": "der die das und ist nicht mit den dem ein eine von auf für sich auch werden wird im zu des sind wurde als",
    "fr": "le la les des et est dans pour une un du qui que pas sur avec au plus par ce il elle sont cette aux",
    "es": "el la los las de que y en un una por con para se del al es su lo como más pero sus este está",
    "pt": "o a os as de que e em um uma por com para se do da não no na dos das ao mais é como foi são",
    "it": "il la le di che e un una per con del della non in è si dei al nel alla sono gli più anche come ha",
    "nl": "de het een en van is dat op te in voor met niet zijn aan er ook als bij door maar wordt naar om",
    "pl": "i w na z do nie się że jest to o jak po od za przez ale dla są oraz który które był co",
    "cs": "a v na se je že s z do o k i za pro jsou ale jako by po který jeho také byl není",
    "sk": "a v na sa je že s z do o k aj za pre sú ale ako by po ktorý jeho tiež bol nie",
    "sv": "och i att en som är på det för av med den till inte har ett om var från kan ska men",
    "da": "og en som er på det af med den til ikke har et om fra kan skal blev efter hun sig",
    "no": "og en som er på det av med den til ikke har et om fra kan skal ble etter hun seg",
    "fi": "ja on ei se että oli joka mutta myös kun hän ovat sen kuin ole tai jos niin vain",
    "hu": "a az és hogy nem is egy van meg volt ez de csak már mint azt ki el még akkor",
    "ro": "și în de la cu pe este nu un o că din pentru mai care sunt fost fi se al prin",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra en değil ise var ancak",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak akan juga adalah ke oleh bisa saat para telah",
    "vi": "và của là có trong được cho không với các một người những đã này khi để về ra đến",
    "et": "ja on ei et see oli kui ka aga mis ning oma seda kes või siis olid veel tema selle",
    "lv": "un ir par ar no ka uz lai kas bija kā arī vai pie tika pēc šo gan to nav",
    "lt": "ir yra kad su į iš kaip bet buvo apie už jis tai ar dėl nuo prie taip jau ne",
    "hr": "je i u na se da su za od s kao što ne bi o koji će iz li ali",
    "ca": "el la els les de i que en un una per amb del al és no es més seva ha",
}
"""Stop words by language; a word may belong to several."""

_SETS: Final = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}

WORD_LANGUAGES: Final = {
    word: tuple(language for language, words in _SETS.items() if word in words)
    for word in frozenset().union(*_SETS.values())
}
"""Languages by stop word."""
