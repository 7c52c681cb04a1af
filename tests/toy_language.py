"""A third language, as small as one can be: some Dutch."""

from __future__ import annotations

from askdossier.lang.lexicon import Lexicon, Prompts, Questions, Sayings, WriterSayings

DUTCH = Lexicon(
    name="Nederlands",
    telling=frozenset(
        "dank je waar over de het een van wie wat hoeveel is zijn in er werken".split()
    ),
    letters="",
    stop_words=frozenset("de het een van is zijn in er".split()),
    stemmer="dutch",
    quotation=("„", "”"),
    colon=": ",
    months=tuple(
        "januari februari maart april mei juni juli augustus september oktober november "
        "december".split()
    ),
    short_months={"okt": 10},
    weekdays=tuple("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()),
    month_first=False,
    capital_months=frozenset(),
    leaves={"page": "p. {}", "sheet": "s. {}", "slide": "d. {}"},
    prompts=Prompts(
        system="Antwoord in één zin, met de woorden van de uittreksels. Zeg eerst Ja of Nee.",
        request="Uittreksels:\n{evidence}\n\nVraag: {question}",
        yes="Ja",
        no="Nee",
        answer="Antwoord:",
        rewriting="Maak de vraag zelfstandig.",
        example="Vraag: {question}\nAntwoord: {answer}\nVervolg: {further}",
        rewritten="Vraag: ",
        fully="Antwoord in hoogstens vijf zinnen, met de woorden van de uittreksels.",
        insisting="Antwoord in het Nederlands.",
        checking="Zeg of een antwoord klopt.",
        proposed="Tekst: {evidence}\nVraag: {question}\nAntwoord: {answer}",
        proving="Zeg of een tekst een bewering bewijst.",
        proof="Tekst: {text}\nBewering: {statement}",
        choosing="Geef de nummers van de zinnen die het antwoord nodig heeft.",
        numbered="Zinnen:\n{evidence}\n\nVraag: {question}",
        only_numbers="Alleen nummers:",
    ),
    sayings=Sayings(
        small_talk={
            "greeting": "Dag!",
            "thanks": "Graag gedaan.",
            "farewell": "Tot ziens.",
            "help": "Stel een vraag.",
        },
        abstention="Het dossier zegt het niet.",
        unknown="Geen document gebruikt {}.",
        nor=" of ",
        about="(over: {})",
        none_hold="Geen van de {total} documenten bevat {phrase}.",
        one_holds="Eén document van {total} bevat {phrase}.",
        several_hold="{count} documenten van {total} bevatten {phrase}.",
        none_spells="Geen van de {total} documenten zegt waar {phrase} voor staat.",
        none_defines="Geen document definieert {phrase}.",
        times="{title} ({count} keer)",
        one_document="Er is één document.",
        documents="Er zijn {total} documenten.",
        first="Dit zijn de eerste {}.",
        looked="Gelezen: {count} zinnen van {documents} documenten.",
        further="Er zijn er meer.",
        asked_in="Deze taal ({language}) is niet bekend ({known}).",
        cited_in="Een deel is in een taal ({language}) die niet bekend is ({known}).",
    ),
    questions=Questions(
        small_talk={"thanks": "dank je(?: wel)?"},
        overview="waar gaan (?:de|deze) documenten over",
        polar=r"\A(?:is|zijn|heeft) ",
    ),
    writer=WriterSayings(
        left="Verstuurd naar {server}.",
        uncalibrated="{name} is niet geijkt.",
        calibrated="geijkt op {date}, {readings}, {strictness}: {hallucination} %, {error} %",
        outdated="geijkt op {date}, verouderd",
        unread="Niet gelezen: {count}.",
        here="op {server}, hier",
        away="op {server}, elders",
        context="{count} tokens",
        unknown_context="onbekend, {count} tokens",
        votes="geen kansen",
        free="geen vorm",
        led="geen begin",
        aloud="denkt hardop",
        at_once="tegelijk: {count}",
        size="{count} miljoen",
    ),
)
