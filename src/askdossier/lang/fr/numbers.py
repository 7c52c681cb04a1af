"""Numbers in French words, and what stands round a number."""

from __future__ import annotations

from askdossier.lang.lexicon import Homograph, Measures, Numbers

NUMBERS = Numbers(
    ones=frozenset({"un", "une"}),
    not_before_parts=frozenset({"une"}),
    units={
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    },
    teens={
        "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
        "seize": 16,
    },
    tens={
        "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
        "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    },
    score=frozenset({"vingt", "vingts"}),
    hundreds=frozenset({"cent", "cents"}),
    multipliers={
        "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
        "milliards": 10**9, "billion": 10**9, "billions": 10**9, "trillion": 10**12,
        "trillions": 10**12,
    },
    collectives={
        "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
        "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
        "millier": 1000, "dizaines": 10, "douzaines": 12, "centaines": 100, "milliers": 1000,
    },
    exact=frozenset({"douzaine", "douzaines"}),
    of=frozenset({"de", "d"}),
    large={"milliers": 10**3, "millions": 10**6, "milliards": 10**9},
    vague=frozenset(
        "millions milliards billions trillions dizaines douzaines centaines milliers".split()
    ),
    vague_behind=frozenset("quelques plusieurs".split()),
    ordinals={
        "premier": 1, "premiere": 1, "unieme": 1, "second": 2, "seconde": 2, "deuxieme": 2,
        "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8,
        "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12, "treizieme": 13,
        "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "vingtieme": 20, "trentieme": 30,
        "quarantieme": 40, "cinquantieme": 50, "soixantieme": 60, "centieme": 100, "millieme": 1000,
    },
    homographs={
        "neuf": Homograph(
            not_behind=frozenset("a remis tout toute tous flambant quoi de est".split()),
            counts=True,
        ),
        "second": Homograph(behind=frozenset({"le", "la"})),
        "seconde": Homograph(behind=frozenset({"le", "la"})),
    }
    | dict.fromkeys(
        ("premier", "premiere"),
        Homograph(
            not_before=frozenset("ministre ministres lieu temps abord plan venu".split())
        ),
    ),
    parts={"tiers": 3, "quart": 4, "quarts": 4},
    halves={"moitie": frozenset()},
    joins_one={"et": frozenset({"un", "une", "onze", "unieme"})},
)  # fmt: skip

MEASURES = Measures(
    scales={
        "mille": 3, "millier": 3, "milliers": 3, "million": 6, "millions": 6, "mio": 6, "mn": 6,
        "milliard": 9, "milliards": 9, "md": 9, "mds": 9, "mrd": 9, "centaine": 2, "centaines": 2,
    },
    money={
        "euro": "euro", "euros": "euro", "dollar": "dollar", "dollars": "dollar",
        "livre sterling": "pound", "livres sterling": "pound", "yen": "yen", "yens": "yen",
        "franc": "franc", "francs": "franc",
    },
    units={
        "pour cent": "%", "pourcent": "%", "centimes": "cent", "cents": "cent",
        "an": "year", "ans": "year", "annee": "year", "annees": "year", "mois": "month",
        "semaine": "week", "semaines": "week", "jour": "day", "jours": "day", "journees": "day",
        "heure": "hour", "heures": "hour", "minute": "minute", "minutes": "minute",
        "seconde": "second", "secondes": "second", "siecle": "century", "siecles": "century",
        "decennies": "decade", "fois": "times",
        "kilometre": "km", "kilometres": "km", "metre": "metre", "metres": "metre",
        "metres carres": "m²", "centimetres": "cm", "millimetres": "mm", "hectares": "hectare",
        "kilos": "kg", "kilogrammes": "kg", "grammes": "gram", "tonnes": "tonne",
        "litres": "litre", "degres": "degree", "watt": "watt", "watts": "watt",
    },
    unit_joins=("d'", "de "),
    counted_as_one=frozenset("an mois semaine heure euro dollar".split()),
    ordinal_endings=r" ?(?:eme|ᵉʳ|ᵉ)s?|ers?|res?|nde?s?|des?|es?",
    and_a_half=r" et demie?",
    decade="annees ",
    ranges=frozenset({" a ", " au "}),
    lists=frozenset({" et ", " ou "}),
    between={"entre": " et "},
    bounds={
        "more": (
            "plus de", "plus d'", "+ de", "au moins", "au minimum", "au-dela de", "a partir de",
            "superieur a", "superieure a", "superieurs a", "superieures a", "depasse",
            "depassent", "pas moins de",
        ),
        "less": (
            "moins de", "moins d'", "au plus", "au maximum", "inferieur a", "inferieure a",
            "inferieurs a", "inferieures a", "pas plus de", "jusqu'a", "pouvant atteindre",
        ),
        "about": (
            "environ", "pres de", "pres d'", "quelque", "quelques", "autour de", "a peu pres",
            "aux alentours de", "de l'ordre de", "approximativement",
        ),
    },
    articles=(" les", " la", " un", " une"),
    bounds_behind={
        "ou plus": "more", "et plus": "more", "au moins": "more", "au minimum": "more",
        "minimum": "more", "ou moins": "less", "au plus": "less", "au maximum": "less",
        "maximum": "less", "environ": "about",
    },
)  # fmt: skip
