"""Questions about the dossier, small talk, follow-ups."""

from __future__ import annotations

from pathlib import Path

from askdossier.core import (
    Answered,
    Rewritten,
    Turn,
)
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import FILES, QUESTION, TRUE, check, dossier_of, write


def test_small_talk_needs_no_documents(tmp_path: Path) -> None:
    dossier = dossier_of(Settings(index=tmp_path / "index"))
    said = dossier.ask("Bonjour !")
    assert said.text.startswith("Bonjour")
    assert not said.claims
    assert not said.abstained
    assert dossier.ask("thanks").text.startswith("You")


def test_documents_that_mention_something_are_all_counted(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    found = check(dossier, list(dossier.stream("Quels documents parlent de la criée ?")))
    assert found.message == "Un document sur 3 contient « criée »."
    (claim,) = found.claims
    assert {citation.document for citation in claim.citations} == {"presse/criee.txt"}
    for citation in claim.citations:
        assert "criée" in citation.quote
    everywhere = dossier.ask("Which documents mention 2015?")
    assert [claim.citations[0].document for claim in everywhere.claims] == ["harbours.html"]
    none = dossier.ask("Quels documents citent « criée de Kerlann » ?")
    assert none.message == "Aucun des 3 documents ne contient « criée de Kerlann »."
    assert not none.claims


def test_an_overview_quotes_every_document(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    answer = check(dossier, list(dossier.stream("De quoi parlent ces documents ?")))
    assert answer.message == "Le dossier contient 3 documents."
    assert [claim.citations[0].document for claim in answer.claims] == sorted(FILES)


def test_an_abstention_names_the_words_that_no_document_uses(indexed: Settings) -> None:
    dossier = dossier_of(indexed, FakeWriter(yes=0.0))
    answer = dossier.ask("Quelle est la capitale de l’Australie ?")
    assert answer.abstained
    assert "« capitale » ni « Australie »" in answer.message
    english = dossier.ask("How many halls have closed in Tasmania?")
    assert english.message.endswith("No document uses “Tasmania”.")


def test_a_follow_up_is_made_to_stand_alone_and_shown(indexed: Settings) -> None:
    writer = FakeWriter(
        lambda prompt: (
            "En quelle année l’atelier de Kerlann a-t-il été fondé ?"
            if "Suite :" in prompt.user
            else "L’atelier de Kerlann a été fondé en 1998 par Maëlle Guivarc’h."
        )
    )
    dossier = dossier_of(indexed, writer)
    events = list(dossier.stream("Et fondé en quelle année ?", history=[Turn(QUESTION, TRUE)]))
    assert isinstance(events[0], Rewritten)
    assert events[0].question == "En quelle année l’atelier de Kerlann a-t-il été fondé ?"
    answer = check(dossier, events[1:])
    assert answer.standalone == events[0].question
    assert answer.question == "Et fondé en quelle année ?"


def test_what_is_indexed_while_a_question_is_answered_is_for_the_next_one(
    indexed: Settings,
) -> None:
    dossier = dossier_of(indexed)
    events = dossier.stream("Et combien de salariés ?", history=[Turn(QUESTION, TRUE)])
    assert isinstance(next(events), Rewritten)
    assert indexed.corpus is not None
    told = "L’atelier de Kerlann compte 99 salariés."
    added = {f"0{number}.txt": f"Note {number}\n\n{told}\n" for number in range(9)}
    write(indexed.corpus, added)
    dossier.sync()
    *_, last = events
    assert isinstance(last, Answered)
    assert last.answer.evidence
    assert not {item.document for item in last.answer.evidence} & set(added)
    assert {hit.passage.document for hit in dossier.search(QUESTION)} & set(added)


def test_a_follow_up_with_words_that_nobody_said_is_refused(indexed: Settings) -> None:
    dossier = dossier_of(indexed, FakeWriter("Quand Alphonse Daudet est-il né à Nîmes ?"))
    answer = dossier.ask("Pourquoi ?", history=[Turn(QUESTION, TRUE)])
    assert answer.standalone.startswith("Pourquoi ? (à propos de : Combien de salariés")


def test_a_change_of_subject_is_not_rewritten(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    question = "Quand la criée de Port-Ellery a-t-elle fermé ?"
    answer = dossier.ask(question, history=[Turn(QUESTION, TRUE)])
    assert answer.standalone == ""
