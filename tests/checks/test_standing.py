"""What a source does not tell as a fact is none in a sentence either."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import standing
from verify_cases import problem

TOLD = "Selon le trésorier, la caisse a été vidée en juillet."
CLAIMED = "La gérante prétend que le voisin a coupé la haie."
CLAIMED_EN = "The landlord alleges that the tenants damaged the boiler."
ACCORDING = "According to the mayor, the bridge was sold in 1954."
RUMOUR = "Le groupe aurait vendu ses entrepôts de Roanne."
PERHAPS = "The curator perhaps stole the two engravings."
PLANNED = "La mairie prévoit de rénover le gymnase."
WANTED = "L'association souhaite acheter le moulin."
PLANNED_EN = "The council plans to close the swimming pool."
ASKED_EN = "The union demanded to inspect the warehouse."
REFUSED = "Le syndicat a refusé de signer la convention."
DENIED = "La directrice dément avoir transmis le dossier."
NOT = "Le jury n'a pas retenu la maquette de Sophie Arnal."
REFUSED_EN = "The captain refused to unload the grain."
NOT_EN = "The inspector did not visit the mill."
IF = "Si la subvention est versée, la piscine rouvrira."
IF_EN = "If the lease is renewed, the bakery will stay."
FUTURE = "La fanfare jouera sur la place en septembre."
FUTURE_EN = "The museum will move to the harbour."

HEARSAY = "Selon le trésorier, la caisse aurait été vidée en juillet."
NO_OFFER = "Le jury n'a retenu aucune offre."
NO_OFFER_EN = "The jury accepted no offer."
NOT_ONLY = "Le musée n'expose pas seulement des masques."
GOING = "La mairie va rénover le gymnase."
GOING_EN = "The council is going to close the swimming pool."
FOR = "Pour Bastien Orsel, la passerelle est dangereuse."
FOR_EN = "For Colin Ward, the footbridge is dangerous."
NEARLY = "Le chalutier a failli sombrer."
ALMOST = "Le chalutier a presque heurté la jetée."
ALMOST_EN = "The ferry almost hit the pier."
SAID_TO = "The plant is said to have lost two clients."
INSERTED = "La caisse, croit le trésorier, a été vidée en juillet."
IF_BEHIND = "La piscine rouvrira si la subvention est versée."
EVEN_IF = "La fête aura lieu même s'il pleut."
WHETHER = "Le maire vérifiera si la digue tient."
A_PLAN = "Le projet de rénover le gymnase a été présenté."

LOST = [
    ("Le groupe vend ses entrepôts.", "Le groupe vendrait ses entrepôts de Roanne.", "partly"),
    # Who says so stands behind it.
    ("La caisse est vide.", "La caisse est vide, estime le trésorier.", "partly"),
    ("La caisse est vide.", "La caisse est vide, a estimé le trésorier.", "partly"),
    ("La caisse est vide.", "« La caisse est vide » estime le trésorier.", "partly"),
    ("Le pont a été vendu.", "Le pont a été vendu en 2019, affirme Anne Roy.", "partly"),
    ("The bridge was sold.", "The bridge was sold, says Anne Roy.", "partly"),
    ("La caisse a été vidée en juillet.", HEARSAY, "partly"),
    ("Une offre a été retenue par le jury.", NO_OFFER, "unsupported"),
    ("The jury accepted an offer.", NO_OFFER_EN, "unsupported"),
    ("La mairie a rénové le gymnase.", GOING, "unsupported"),
    ("The council closed the swimming pool.", GOING_EN, "unsupported"),
    ("La passerelle est dangereuse.", FOR, "partly"),
    ("The footbridge is dangerous.", FOR_EN, "partly"),
    ("Le chalutier a sombré.", NEARLY, "unsupported"),
    ("Le chalutier a heurté la jetée.", ALMOST, "unsupported"),
    ("The ferry hit the pier.", ALMOST_EN, "unsupported"),
    ("The plant has lost two clients.", SAID_TO, "partly"),
    ("La caisse a été vidée en juillet.", INSERTED, "partly"),
    ("La piscine rouvrira.", IF_BEHIND, "unsupported"),
    ("La subvention est versée.", IF_BEHIND, "unsupported"),
    ("La digue tient.", WHETHER, "unsupported"),
    ("Le gymnase a été rénové.", A_PLAN, "unsupported"),
    # What is only wanted may not come.
    ("L'association achètera le moulin.", WANTED, "unsupported"),
    ("L'association va acheter le moulin.", WANTED, "unsupported"),
    ("The union will inspect the warehouse.", ASKED_EN, "unsupported"),
    ("La caisse a été vidée en juillet.", TOLD, "partly"),
    ("Le voisin a coupé la haie.", CLAIMED, "partly"),
    ("The tenants damaged the boiler.", CLAIMED_EN, "partly"),
    ("The bridge was sold in 1954.", ACCORDING, "partly"),
    ("Le groupe a vendu ses entrepôts de Roanne.", RUMOUR, "partly"),
    ("The curator stole the two engravings.", PERHAPS, "partly"),
    ("La mairie a rénové le gymnase.", PLANNED, "unsupported"),
    ("L'association a acheté le moulin.", WANTED, "unsupported"),
    ("The council closed the swimming pool.", PLANNED_EN, "unsupported"),
    ("The union inspected the warehouse.", ASKED_EN, "unsupported"),
    ("Le syndicat a signé la convention.", REFUSED, "unsupported"),
    ("La directrice a transmis le dossier.", DENIED, "unsupported"),
    ("Le jury a retenu la maquette de Sophie Arnal.", NOT, "unsupported"),
    ("The captain unloaded the grain.", REFUSED_EN, "unsupported"),
    ("The inspector visited the mill.", NOT_EN, "unsupported"),
    ("La subvention est versée.", IF, "unsupported"),
    ("The lease is renewed.", IF_EN, "unsupported"),
    ("La fanfare a joué sur la place en septembre.", FUTURE, "unsupported"),
    ("The museum moved to the harbour.", FUTURE_EN, "unsupported"),
]
KEPT = [
    # A parser takes "accueille" for a future.
    ("Près de 400 cerfs sont accueillis par le parc.", "Le parc accueille près de 400 cerfs."),
    ("Le pont a été vendu.", "Le pont a été vendu en 2019, précise Anne Roy."),
    ("Il a signé le bilan.", "Il a signé le bilan, a vérifié la caisse, a dit merci."),
    ("Le pont est fermé.", "Le pont est fermé ; le maire estime le coût à 30 000 euros."),
    ("Selon le trésorier, la caisse a été vidée en juillet.", HEARSAY),
    ("Le jury n'a pas retenu d'offre.", NO_OFFER),
    ("Le musée expose des masques.", NOT_ONLY),
    ("La mairie va rénover le gymnase.", PLANNED),
    ("The council is going to close the swimming pool.", PLANNED_EN),
    ("The council will close the swimming pool.", PLANNED_EN),
    ("La mairie rénovera le gymnase.", GOING),
    ("Selon Bastien Orsel, la passerelle est dangereuse.", FOR),
    ("Le pont est fermé.", "Pour les travaux, le pont est fermé."),
    ("The ferry hit the pier.", "The ferry hit almost every pier."),
    ("Le chalutier a failli couler, sombrer même.", NEARLY),
    ("La fête aura lieu.", EVEN_IF),
    ("Le maire vérifiera la digue.", WHETHER),
    ("L'association veut acheter le moulin.", "L'association aimerait acheter le moulin."),
    # What governs a sentence governs no clause that is told by itself.
    (
        "Le projet prévoit quarante logements.",
        "Le maire rejette le projet, qui en prévoit quarante.",
    ),
    ("L'offre a été déposée par Valmy.", "La mairie refuse l'offre déposée par Valmy."),
    ("La caisse est vide.", "Le trésorier doit reconnaître que la caisse est vide."),
    ("La caisse a été vidée en juillet, selon le trésorier.", TOLD),
    ("D'après le trésorier, la caisse a été vidée.", TOLD),
    ("La gérante affirme que le voisin a coupé la haie.", CLAIMED),
    ("The landlord says that the tenants damaged the boiler.", CLAIMED_EN),
    ("The bridge was sold in 1954, according to the mayor.", ACCORDING),
    ("Le groupe aurait vendu des entrepôts.", RUMOUR),
    ("The curator may have stolen the two engravings.", PERHAPS),
    ("La mairie veut rénover le gymnase.", PLANNED),
    ("La mairie rénovera le gymnase.", PLANNED),
    ("Le moulin, l'association souhaite l'acheter.", WANTED),
    ("The council intends to close the swimming pool.", PLANNED_EN),
    ("The union wanted to inspect the warehouse.", ASKED_EN),
    ("Le syndicat n'a pas signé la convention.", REFUSED),
    ("La directrice nie avoir transmis le dossier.", DENIED),
    ("La maquette de Sophie Arnal n'a pas été retenue par le jury.", NOT),
    ("The captain did not unload the grain.", REFUSED_EN),
    ("The inspector never visited the mill.", NOT_EN),
    ("La piscine rouvrira si la subvention est versée.", IF),
    ("The bakery will stay if the lease is renewed.", IF_EN),
    ("En septembre, la fanfare jouera sur la place.", FUTURE),
    ("The museum will be moved to the harbour.", FUTURE_EN),
    ("Le maire a annoncé la fermeture du port.", "Le maire a annoncé la fermeture du port jeudi."),
]


@pytest.mark.parametrize(("claim", "source", "gravity"), LOST)
def test_what_is_told_planned_denied_or_supposed_is_no_fact(
    claim: str, source: str, gravity: str
) -> None:
    found = problem(standing.check, claim, [source])
    assert found is not None and found.gravity == gravity
    assert "la source" in found.reason or "the source" in found.reason


@pytest.mark.parametrize(("claim", "source"), KEPT)
def test_a_sentence_that_keeps_how_it_is_meant_stands(claim: str, source: str) -> None:
    assert problem(standing.check, claim, [source]) is None
