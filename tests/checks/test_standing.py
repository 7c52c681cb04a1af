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

LOST = [
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
