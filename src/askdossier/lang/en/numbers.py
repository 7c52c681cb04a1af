"""Numbers in English words, and what stands round a number."""

from __future__ import annotations

from askdossier.lang.lexicon import Homograph, Measures, Numbers

NUMBERS = Numbers(
    ones=frozenset({"one"}),
    articles=frozenset({"a", "an"}),
    not_before_parts=frozenset({"an"}),
    units={
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    },
    teens={
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    },
    tens={
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90,
    },
    hundreds=frozenset({"hundred"}),
    counted_hundreds=frozenset({"hundred"}),
    multipliers={
        "thousand": 10**3, "million": 10**6, "millions": 10**6, "billion": 10**9,
        "billions": 10**9, "trillion": 10**12, "trillions": 10**12,
    },
    collectives={"dozen": 12},
    exact=frozenset({"dozen"}),
    vague=frozenset("millions billions trillions".split()),
    vague_behind=frozenset("several few many".split()),
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
        "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
        "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
        "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "hundredth": 100,
    },
    homographs={
        "second": Homograph(behind=frozenset({"the"})),
        "first": Homograph(
            not_behind=frozenset({"at"}), not_before=frozenset("minister lady of and".split())
        ),
    },
    parts={"third": 3, "thirds": 3, "quarter": 4, "quarters": 4},
    halves={"half": frozenset({"of", "the", "its", "their"})},
    half_before={"half": "a"},
    joins_rest={"and": frozenset({"hundred", "thousand", "million"})},
)  # fmt: skip

MEASURES = Measures(
    scales={
        "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "bn": 9,
        "trillion": 12, "trillions": 12, "hundred": 2,
    },
    money={
        "euro": "euro", "euros": "euro", "dollar": "dollar", "dollars": "dollar",
        "pounds": "pound", "yen": "yen", "franc": "franc", "francs": "franc",
    },
    units={
        "percent": "%", "per cent": "%", "pct": "%", "cents": "cent",
        "year": "year", "years": "year", "month": "month", "months": "month", "week": "week",
        "weeks": "week", "day": "day", "days": "day", "hour": "hour", "hours": "hour",
        "minute": "minute", "minutes": "minute", "second": "second", "seconds": "second",
        "century": "century", "centuries": "century", "decades": "decade", "times": "times",
        "kilometers": "km", "meters": "metre", "miles": "mile", "hectares": "hectare",
        "kilograms": "kg", "grams": "gram", "tons": "tonne", "liters": "litre",
        "degrees": "degree", "watt": "watt", "watts": "watt",
    },
    counted_as_one=frozenset("year month week hour euro dollar".split()),
    ordinal_endings=r"st|nd|rd|th|'?s",
    ranges=frozenset({" to "}),
    lists=frozenset({" and ", " or "}),
    between={"between": " and "},
    bounds={
        "more": (
            "more than", "over", "at least", "above", "exceeds", "exceed", "exceeding",
            "no fewer than", "no less than", "not less than",
        ),
        "less": (
            "less than", "fewer than", "under", "at most", "below", "up to", "no more than",
            "not more than",
        ),
        "about": (
            "about", "around", "roughly", "nearly", "almost", "some", "approximately",
        ),
    },
    articles=(" the", " a", " an"),
    bounds_behind={
        "or more": "more", "at least": "more", "minimum": "more", "or less": "less",
        "at most": "less", "maximum": "less", "or so": "about",
    },
)  # fmt: skip
