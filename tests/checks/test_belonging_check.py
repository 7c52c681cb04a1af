"""What a sentence joins must belong together in what it cites."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import belonging
from verify_cases import problem

SALE = "La coopérative Berthier a racheté la laiterie Morvan en mai."
SALE_EN = "Halvorsen Marine bought the Tidewell shipyard in March."
TEACHER = "Nadia Ferrand, qui a formé Louis Pasquier, tient l'atelier de reliure."
COURT = "L'avocate Irène Costa a accusé le promoteur Valmy d'avoir menti."
RENTS = "Le loyer de mars s'élève à 410 euros, celui d'avril à 455 euros."
STOPS = "Le bus part de Lormes à 7 heures et de Corbigny à 9 heures."
BORN = "Agathe Rollin habite à Nevers et Simon Delage habite à Bourges."
VISITORS = "In 2019 the lighthouse drew 1,200 visitors; in 2021 it drew 3,400 visitors."
DREW = "The lighthouse drew 1,200 visitors in 2019 and 3,400 visitors in 2021."
SOLD = "La commune a vendu 34 tables en 2019 et 12 chaises en 2021."
BUDGET = "Le budget 2024 s'élève à 1 500 euros et celui de 2025 à 1 700 euros."
MOVED = "Marta Lindqvist moved to Bergen, while Owen Price stayed in Cardiff."
CHOIR = "La chorale compte 24 chanteuses et loue une salle à 60 euros."
CREW = "The ferry carries 80 cars and has 12 sailors."
FLOOD = "La fête a été reportée parce que la rivière débordait."
FLOOD_EN = "The harvest failed because the pumps broke down."
LABELS = (
    "Claire Dumont : Le verger a gelé trois nuits de suite.",
    "+Hugo Lacaze : La cave coopérative a perdu son président.",
)
SAID = "« Le pont sera fermé », a déclaré Paul Marchand à Élise Renaud."
ACCORDING = ["According to Jean Viel, the bridge was sold.", "+Anne Roy did not reply."]
ANSWERED = "« Je reste », a répondu Élise Renaud à Paul Marchand."
CLAIMED = "« La caisse est vide », affirme la directrice au trésorier."
REPORTED = "Contre : Mme Kerval relève que le bail a expiré."
SAID_EN = "Ruth Okafor told Dennis Hale that the archive had flooded."

LEASE = "La taxe foncière est remboursée par le preneur au bailleur."
CINEMA = "La médiathèque a rouvert. Le cinéma a vendu 18 700 billets."
LIFT = ("L'ascenseur du bâtiment B est en panne.", "+Celui du bâtiment A fonctionne.")
PLAN = (
    "Le plan de relance de la base nautique coûte 640 000 euros.",
    "+La Région apporte 210 000 euros, le Département 130 000, et la commune finance le solde.",
)
LATTER = (
    "Le jury a entendu Mme Estelle Roque et M. Denis Fabry.",
    "+Cette dernière a remporté le prix.",
)
HERS = ("M. Paul Roy a épousé Mme Ida Veil.", "+Elle a vendu le moulin.")
GOES_ON = ("Anne Roy succède à Ida Veil.", "+Elle a vendu le moulin.")
GOES_ON_EN = ("Amara Sill replaced Peter Vance in 2020.", "+She had run the surgery before.")
YARD = ("La réunion se tient dans la grange.", "+La cour est en travaux.")
CHAPEL = ("The choir sings in the barn.", "+The chapel is closed.")
DEPOSIT = ("La caution est de 500 euros.", "+L'acompte versé en juin était de 320 euros.")
CHEAPER = "Nous avons retenu l'entreprise Caudron, moins chère de 400 euros."
FASTER = "Cyclists were faster than drivers on the bridge."
MILK = "Le prix du lait a augmenté de 3 %, celui des céréales a reculé de 11 %."
SHOW = "L'exposition de Nora Belkacem se tient à la chapelle. L'orangerie est fermée."
MAST = (
    "Le projet a été rejeté en raison de la proximité de l'école.",
    "+Télia a fait appel.",
)
PRIZE = (
    "Les dossiers doivent être déposés avant le 30 juin.",
    "+Les lauréats seront annoncés le 15 septembre.",
)

SPENT = "Les dépenses atteignent 52 000 euros, dont 18 000 euros de travaux."
SPENT_EN = "The society spent 5,200 dollars in May, of which 1,800 dollars on repairs."
SUBLET = "Le club repeint la salle louée par la mairie."
PLAY = "Le public a aimé la pièce que joue la compagnie."
AVARE = "L'Avare, que joue la compagnie, dure deux heures."
MAYOR = "Anne Roy, maire de Lormes, a reçu Jean Viel, préfet."
MAYOR_EN = "Anne Roy is the mayor of Lormes and Jean Viel is the prefect."
SOLD_IN_MAY = "La halle a été vendue en mai. Le moulin reste à la commune."
COUPLE = "Anne Roy et Jean Viel ont fondé le club."
JOINED = "La mairie a vendu le moulin et acheté la halle."
COST = "Le moulin a coûté 30 000 euros et la halle 40 000 euros."
COST_EN = "The mill cost 300 euros and the garage 400 euros."
TWO_HOMES = "Agathe Rollin habite à Nevers et Simon Delage à Bourges."
SPENDS = "La commune dépense moins que la région."
SPENDS_EN = "Drivers pay less than cyclists."
EXCEPT = "La salle est ouverte tous les jours, sauf le mardi."
EXCEPT_EN = "All offices will reopen on Monday except the one in Kilbride."
OF_WHICH = "Les recettes s'élèvent à 214 000 euros, dont 96 000 euros de subventions."
OF_WHICH_EN = "Revenue was 240,000 euros, including 90,000 euros of grants."
OUT_OF = "Au village, 487 habitants sur 1 200 ont signé la pétition."
OUT_OF_EN = "The club has sold 12 of its 40 boats."
SIGNED = "Le moulin a été vendu le 3 mai 2021 et la halle le 9 juin 2022."

FALSE = [
    # A part for the whole: the words round the figures are shared by both, and tell nothing.
    ("Les dépenses atteignent 18 000 euros.", SPENT),
    ("The society spent 1,800 dollars.", SPENT_EN),
    # A participle, a relative pronoun before its subject, an apposition, joined verbs and names.
    ("Le club loue la salle.", SUBLET),
    ("La pièce joue la compagnie.", PLAY),
    ("L'Avare joue la compagnie.", AVARE),
    ("Jean Viel est maire de Lormes.", MAYOR),
    ("Le club a fondé Jean Viel.", COUPLE),
    ("La halle a acheté la mairie.", JOINED),
    ("La halle a vendu le moulin en mai.", SOLD_IN_MAY),
    ("Jean Viel is the mayor of Lormes.", MAYOR_EN),
    # A verb that the second of two leaves out.
    ("Le moulin a coûté 40 000 euros.", COST),
    ("La halle a coûté 30 000 euros.", COST),
    ("The mill cost 400 euros.", COST_EN),
    ("Simon Delage habite à Nevers.", TWO_HOMES),
    ("Le moulin a été vendu en 2022.", SIGNED),
    # More or less done.
    ("La commune dépense plus que la région.", SPENDS),
    ("Drivers pay more than cyclists.", SPENDS_EN),
    # What is left out; a part and its whole.
    ("La salle est ouverte le mardi.", EXCEPT),
    ("The office in Kilbride will reopen on Monday.", EXCEPT_EN),
    ("Les recettes s'élèvent à 96 000 euros.", OF_WHICH),
    ("Revenue was 90,000 euros.", OF_WHICH_EN),
    ("1 200 habitants ont signé la pétition.", OUT_OF),
    ("The club has sold 40 boats.", OUT_OF_EN),
    ("Le bailleur rembourse la taxe foncière au preneur.", LEASE),
    ("La médiathèque a vendu 18 700 billets.", CINEMA),
    ("Caudron est plus chère de 400 euros.", CHEAPER),
    ("Drivers were faster than cyclists on the bridge.", FASTER),
    ("Le prix du lait a baissé de 3 %.", MILK),
    ("L'exposition de Nora Belkacem se tient à l'orangerie.", SHOW),
    # Who does what to whom.
    ("La laiterie Morvan a racheté la coopérative Berthier en mai.", SALE),
    ("La coopérative Berthier a été rachetée par la laiterie Morvan.", SALE),
    ("Louis Pasquier a formé Nadia Ferrand.", TEACHER),
    ("Le promoteur Valmy a accusé l'avocate Irène Costa.", COURT),
    ("The Tidewell shipyard bought Halvorsen Marine in March.", SALE_EN),
    ("Halvorsen Marine was bought by the Tidewell shipyard.", SALE_EN),
    # Whose figure, whose place, which year.
    ("Le loyer de mars s'élève à 455 euros.", RENTS),
    ("Le loyer d'avril s'élève à 410 euros.", RENTS),
    ("Le bus part de Corbigny à 7 heures.", STOPS),
    ("Le bus part de Lormes à 9 heures.", STOPS),
    ("The lighthouse drew 1,200 visitors in 2021.", DREW),
    ("La commune a vendu 12 chaises en 2019.", SOLD),
    ("Le budget 2024 s'élève à 1 700 euros.", BUDGET),
    ("Le budget 2025 s'élève à 1 500 euros.", BUDGET),
    ("Agathe Rollin habite à Bourges.", BORN),
    ("The lighthouse drew 3,400 visitors in 2019.", VISITORS),
    ("Owen Price moved to Bergen.", MOVED),
    # What a figure counts.
    ("La chorale compte 60 chanteuses.", CHOIR),
    ("La chorale compte 24 euros.", CHOIR),
    ("The ferry carries 12 cars.", CREW),
    # Cause and effect.
    ("La rivière débordait parce que la fête a été reportée.", FLOOD),
    ("Parce que la fête a été reportée, la rivière débordait.", FLOOD),
    ("The pumps broke down because the harvest failed.", FLOOD_EN),
]
FAITHFUL = [
    ("Les dépenses atteignent 52 000 euros.", SPENT),
    ("Les dépenses comprennent 18 000 euros de travaux.", SPENT),
    ("The society spent 5,200 dollars.", SPENT_EN),
    ("La mairie loue la salle.", SUBLET),
    ("La compagnie joue la pièce.", PLAY),
    ("La compagnie joue L'Avare.", AVARE),
    ("Anne Roy est maire de Lormes.", MAYOR),
    ("Jean Viel a fondé le club.", COUPLE),
    ("Anne Roy is the mayor of Lormes.", MAYOR_EN),
    ("La halle a été achetée par la mairie.", JOINED),
    ("Le moulin a coûté 30 000 euros.", COST),
    ("La halle a coûté 40 000 euros.", COST),
    ("The garage cost 400 euros.", COST_EN),
    ("Simon Delage habite à Bourges.", TWO_HOMES),
    ("Le moulin a été vendu le 3 mai 2021.", SIGNED),
    ("La région dépense plus que la commune.", SPENDS),
    ("Cyclists pay more than drivers.", SPENDS_EN),
    ("Le parc ferme à 20 heures.", "La mairie ferme le parc à 20 heures."),
    ("Le moulin pourrait fermer.", "La mairie pourrait fermer le moulin."),
    ("La salle est ouverte tous les jours, hors le mardi.", EXCEPT),
    ("Les chiens guides sont admis.", "Aucun chien n'est admis, sauf les chiens guides."),
    ("The offices will reopen.", "The offices will reopen except if it snows."),
    ("Le mardi, la salle est louée au club.", f"{EXCEPT} Le mardi, elle est louée au club."),
    ("Les recettes s'élèvent à 214 000 euros.", OF_WHICH),
    ("La fédération a 96 000 euros de subventions.", OF_WHICH),
    ("Près de 500 habitants ont signé la pétition.", OUT_OF),
    ("Le village compte 1 200 habitants.", OUT_OF),
    ("The club has 40 boats.", OUT_OF_EN),
    ("Le preneur rembourse la taxe foncière au bailleur.", LEASE),
    ("Le cinéma a vendu 18 700 billets.", CINEMA),
    ("Drivers were slower than cyclists on the bridge.", FASTER),
    ("Le prix des céréales a baissé de 11 %.", MILK),
    # The second of two things that share their verb.
    ("Le bus part de Corbigny à 9 heures.", STOPS),
    ("The lighthouse drew 3,400 visitors in 2021.", DREW),
    ("La commune a vendu 12 chaises en 2021.", SOLD),
    ("Le budget 2025 s'élève à 1 700 euros.", BUDGET),
    ("La laiterie Morvan a été rachetée par la coopérative Berthier en mai.", SALE),
    ("C'est la coopérative Berthier qui a racheté la laiterie Morvan.", SALE),
    ("En mai, la coopérative Berthier a racheté la laiterie Morvan.", SALE),
    ("Louis Pasquier a été formé par Nadia Ferrand.", TEACHER),
    ("Nadia Ferrand a formé Louis Pasquier.", TEACHER),
    ("Le promoteur Valmy a été accusé par Irène Costa d'avoir menti.", COURT),
    ("The Tidewell shipyard was bought by Halvorsen Marine.", SALE_EN),
    ("In March, Halvorsen Marine bought the shipyard.", SALE_EN),
    ("Le loyer de mars est de 410 euros.", RENTS),
    ("Celui d'avril s'élève à 455 euros.", RENTS),
    ("Le bus part de Lormes à 7 heures.", STOPS),
    ("Simon Delage habite à Bourges.", BORN),
    ("In 2021 it drew 3,400 visitors.", VISITORS),
    ("The lighthouse drew 1,200 visitors in 2019.", VISITORS),
    ("Owen Price stayed in Cardiff.", MOVED),
    ("La chorale compte 24 chanteuses.", CHOIR),
    ("La salle est louée 60 euros.", CHOIR),
    ("It has 12 sailors.", CREW),
    ("Parce que la rivière débordait, la fête a été reportée.", FLOOD),
    ("La rivière débordait, donc la fête a été reportée.", FLOOD),
    ("The pumps broke down, so the harvest failed.", FLOOD_EN),
    ("Because the pumps broke down, the harvest failed.", FLOOD_EN),
]


@pytest.mark.parametrize(("claim", "source"), FALSE)
def test_what_the_source_puts_elsewhere_is_not_supported(claim: str, source: str) -> None:
    found = problem(belonging.check, claim, [source])
    assert found is not None and found.gravity == "unsupported"
    assert (
        "dans la source" in found.reason
        or "la source" in found.reason
        or "the source" in found.reason
        or "cause" in found.reason
    )


@pytest.mark.parametrize(("claim", "source"), FAITHFUL)
def test_what_belongs_together_may_be_said_in_other_words(claim: str, source: str) -> None:
    assert problem(belonging.check, claim, [source]) is None


@pytest.mark.parametrize(
    ("claim", "sources", "speaker"),
    [
        ("Selon Hugo Lacaze, le verger a gelé trois nuits de suite.", LABELS, "Claire Dumont"),
        ("Claire Dumont dit que la cave a perdu son président.", LABELS, "Hugo Lacaze"),
        ("Élise Renaud a déclaré que le pont sera fermé.", [SAID], "Paul Marchand"),
        ("Dennis Hale told Ruth Okafor that the archive had flooded.", [SAID_EN], "Ruth Okafor"),
        ("According to Anne Roy, the bridge was sold.", ACCORDING, "Jean Viel"),
        ("According to Jean Viel, the bridge was sold.", ACCORDING, None),
        ("Paul Marchand a répondu à Élise Renaud.", [ANSWERED], "Élise Renaud"),
        ("Le trésorier affirme que la caisse est vide.", [CLAIMED], "directrice"),
        ("Élise Renaud a répondu à Paul Marchand.", [ANSWERED], None),
        ("La directrice affirme que la caisse est vide.", [CLAIMED], None),
        ("Selon Claire Dumont, le verger a gelé trois nuits de suite.", LABELS, None),
        ("Mme Kerval relève que le bail a expiré.", [REPORTED], None),
        ("Hugo Lacaze dit que la cave coopérative a perdu son président.", LABELS, None),
        ("Paul Marchand a déclaré que le pont sera fermé.", [SAID], None),
        ("Ruth Okafor said that the archive had flooded.", [SAID_EN], None),
    ],
)
def test_words_belong_to_whoever_says_them(
    claim: str, sources: list[str], speaker: str | None
) -> None:
    found = problem(belonging.check, claim, sources)
    assert (found is None) == (speaker is None)
    assert found is None or (speaker and speaker in found.reason)


@pytest.mark.parametrize(
    ("claim", "is_wrong"),
    [
        ("Le chauffage coûte 2 700 euros.", True),
        ("L'entretien coûte 5 100 euros.", True),
        ("Le chauffage coûte 5 100 euros.", False),
        ("L'entretien coûte 2 700 euros.", False),
    ],
)
def test_the_figures_of_a_table_belong_to_their_row(claim: str, is_wrong: bool) -> None:
    rows = ["Chauffage | 5 100 euros", "+Entretien | 2 700 euros", "+Assurance | 940 euros"]
    assert (problem(belonging.check, claim, rows) is not None) == is_wrong


def test_nothing_is_compared_across_two_languages() -> None:
    claim = "The Morvan dairy bought the Berthier cooperative in May."
    assert problem(belonging.check, claim, [SALE]) is None


@pytest.mark.parametrize(
    ("claim", "sources", "is_wrong"),
    [
        ("La Région apporte 210 000 euros au plan de relance de la base nautique.", PLAN, False),
        ("Le Département apporte 210 000 euros au plan de relance.", PLAN, True),
        ("Le plan de relance de la base nautique coûte 210 000 euros.", PLAN, True),
        ("M. Denis Fabry a remporté le prix.", LATTER, True),
        ("Mme Estelle Roque a remporté le prix.", LATTER, False),
        ("M. Paul Roy a vendu le moulin.", HERS, True),
        ("Mme Ida Veil a vendu le moulin.", HERS, False),
        ("Ida Veil a vendu le moulin.", GOES_ON, True),
        ("Anne Roy a vendu le moulin.", GOES_ON, False),
        ("Peter Vance had run the surgery before.", GOES_ON_EN, True),
        ("Amara Sill had run the surgery before.", GOES_ON_EN, False),
        ("La réunion se tient dans la cour.", YARD, True),
        ("La réunion se tient dans la grange.", YARD, False),
        ("The choir sings in the chapel.", CHAPEL, True),
        ("La caution est de 320 euros.", DEPOSIT, True),
        ("Une caution de 500 euros est due.", DEPOSIT, False),
        ("L'ascenseur du bâtiment A est en panne.", LIFT, True),
        ("L'ascenseur du bâtiment B est en panne.", LIFT, False),
        ("Le projet a été rejeté en raison de l'appel de Télia.", MAST, True),
        ("Les lauréats seront annoncés le 30 juin.", PRIZE, True),
        ("Les lauréats seront annoncés le 15 septembre.", PRIZE, False),
    ],
)
def test_what_stands_in_the_next_sentence_is_not_taken_for_it(
    claim: str, sources: tuple[str, ...], is_wrong: bool
) -> None:
    assert (problem(belonging.check, claim, sources) is not None) == is_wrong


TRIBUNE = ("Le collectif Ardoise a publié la tribune.", "+Elle réunit 300 signatures.")
SITE = ("La mairie a confié le chantier à la société Borel.", "+Il a coûté 40 000 euros.")
NOTEBOOKS = ("Les archives ont reçu les carnets du peintre.", "+Ils couvrent vingt années.")
CLIP = ("La chanteuse Mila Orn prépare le clip de Rivage.", "+Il sera tourné à Sète.")
FESTIVAL = (
    "La région soutient le festival.",
    "+Il est organisé par le comité des fêtes depuis 1998.",
)
RULE = ("Le conseil a adopté le règlement.", "+Il entrera en vigueur en janvier.")
CHARTER = ("Le maire, Anne Roy, a signé la charte.", "+Elle a été élue en 2020.")
SCHOONER = ("Le navire Astrée est une goélette.", "+Elle mesure 30 mètres.")
CLINIC = (
    "L'hôpital Vauban, une clinique privée, a ouvert une maternité.",
    "+Elle emploie 300 personnes.",
)
BAND = ("Le groupe Halva a sorti deux albums.", "+Ils ont joué à Lille en mars.")
NOVEL = ("Owen Pike published the novel in May.", "+It has sold 4,000 copies.")
SURGERY = ("Ms Ashby opened the clinic.", "+It treats 200 patients a week.")
FERRIES = ("The ferries belong to the island.", "+They carry 80 cars.")
HARROW = ("Harrow Homes bought the mill.", "+It employs 300 people.")


@pytest.mark.parametrize(
    ("claim", "sources", "found"),
    [
        ("Le collectif Ardoise réunit 300 signatures.", TRIBUNE, "tribune"),
        ("La société Borel a coûté 40 000 euros.", SITE, "chantier"),
        ("La mairie a coûté 40 000 euros.", SITE, "chantier"),
        ("Le peintre couvre vingt années.", NOTEBOOKS, "carnets"),
        ("Mila Orn sera tournée à Sète.", CLIP, "clip"),
        ("Le comité des fêtes organise la région depuis 1998.", FESTIVAL, "festival"),
        ("Owen Pike has sold 4,000 copies.", NOVEL, "novel"),
        ("Ms Ashby treats 200 patients a week.", SURGERY, "clinic"),
        ("The island carries 80 cars.", FERRIES, "ferries"),
        ("La tribune du collectif Ardoise réunit 300 signatures.", TRIBUNE, ""),
        ("Le chantier confié à la société Borel a coûté 40 000 euros.", SITE, ""),
        ("Les carnets du peintre couvrent vingt années.", NOTEBOOKS, ""),
        ("Le clip de Rivage sera tourné à Sète.", CLIP, ""),
        ("Le comité des fêtes organise le festival depuis 1998.", FESTIVAL, ""),
        # The object as well as the subject, where both have its gender.
        ("Le règlement entrera en vigueur en janvier.", RULE, ""),
        # A noun need not tell the gender of somebody, nor the number of a group.
        ("Le maire, Anne Roy, a été élu en 2020.", CHARTER, ""),
        ("Anne Roy a été élue en 2020.", CHARTER, ""),
        ("Le groupe Halva a joué à Lille en mars.", BAND, ""),
        # Another word for the same thing.
        ("Le navire Astrée mesure 30 mètres.", SCHOONER, ""),
        ("L'hôpital Vauban emploie 300 personnes.", CLINIC, ""),
        ("Ms Ashby's clinic treats 200 patients a week.", SURGERY, ""),
        ("Harrow Homes employs 300 people.", HARROW, ""),
        ("The ferries carry 80 cars.", FERRIES, ""),
    ],
)
def test_a_pronoun_stands_for_what_has_its_gender_and_number(
    claim: str, sources: tuple[str, ...], found: str
) -> None:
    wrong = problem(belonging.check, claim, sources)
    assert (wrong is not None) == bool(found)
    assert wrong is None or (wrong.gravity == "unsupported" and found in wrong.reason)


PANEL = ("Le colloque réunit Alain Brisset, le directeur de Novatel, et Claire Maury.",)
OFFICERS = (
    "Le président de la Ligue, Marc Tiran, et le trésorier, Jules Aubry, ont quitté la salle.",
)
PRESENT = (
    "Étaient présents : Mme Rolin (maire), M. Castan (adjoint aux sports), Mme Dury (trésorière).",
)
JURY = (
    "Le jury se compose de Paul Reix, architecte, de Lina Bost, paysagiste, "
    "et d'Omar Salé, urbaniste.",
)
FILM = ("Le réalisateur Yann Tolec et l'actrice Inès Rame présentent le film.",)
MEMBERS = ("Anne Roy et Jean Viel, députés, ont signé.",)
SON = ("Paul Reix, fils de l'architecte Jean Reix, a dessiné la halle.",)
SUCCESSOR = ("Le directeur, Alban Court, et sa remplaçante, Mona Fabre, quittent l'école.",)
TWICE = ("Mme Colas, maire de Torcy et présidente du club, et M. Brun étaient présents.",)
SPEAKERS = ("The speakers were Amy Dorn, a nurse, Ben Holt, a farmer, and Cara Finn.",)


@pytest.mark.parametrize(
    ("claim", "source", "whose"),
    [
        ("Claire Maury est la directrice de Novatel.", PANEL, "Alain Brisset"),
        ("Claire Maury, directrice de Novatel, est au colloque.", PANEL, "Alain Brisset"),
        ("Jules Aubry est le président de la Ligue.", OFFICERS, "Marc Tiran"),
        ("Mme Dury est maire.", PRESENT, "Rolin"),
        ("Lina Bost est architecte.", JURY, "Paul Reix"),
        ("Omar Salé est paysagiste.", JURY, "Lina Bost"),
        ("Inès Rame, réalisatrice, présente le film.", FILM, "Yann Tolec"),
        ("M. Brun est maire de Torcy.", TWICE, "Colas"),
        ("Mona Fabre est la directrice.", SUCCESSOR, "Alban Court"),
        ("Cara Finn is a farmer.", SPEAKERS, "Ben Holt"),
        ("Amy Dorn is a farmer.", SPEAKERS, "Ben Holt"),
        ("Alain Brisset est le directeur de Novatel.", PANEL, ""),
        ("Marc Tiran est le président de la Ligue.", OFFICERS, ""),
        ("Le trésorier Jules Aubry a quitté la salle.", OFFICERS, ""),
        ("Mme Dury est trésorière.", PRESENT, ""),
        ("Lina Bost est paysagiste.", JURY, ""),
        ("Inès Rame est actrice.", FILM, ""),
        # What several are told to be, and what hangs from another's name.
        ("Anne Roy est députée.", MEMBERS, ""),
        ("Paul Reix est le fils de Jean Reix.", SON, ""),
        ("Jean Reix est architecte.", SON, ""),
        ("Mme Colas est présidente du club.", TWICE, ""),
        ("Alban Court est le directeur de l'école.", SUCCESSOR, ""),
        ("Mona Fabre est la remplaçante d'Alban Court.", SUCCESSOR, ""),
        ("Ben Holt is a farmer.", SPEAKERS, ""),
    ],
)
def test_an_office_belongs_to_the_name_beside_it(
    claim: str, source: tuple[str, ...], whose: str
) -> None:
    wrong = problem(belonging.check, claim, source)
    assert (wrong is not None) == bool(whose)
    assert wrong is None or whose in wrong.reason
