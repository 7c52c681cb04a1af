"""Answers of several pieces: all that belongs, each once, checked, and what is left out told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from askdossier.core import Answer, Choice, Claim, Prompt, Stop
from askdossier.lang import notes
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")
DEMANDS = (
    "Le collectif demande un abri de bus devant l'école.",
    "Le collectif demande deux passages de plus le samedi.",
    "Le collectif demande un tarif réduit pour les apprentis.",
)
CORPUS = {
    "tract.md": "# Tract\n\n" + " ".join(DEMANDS[:2]) + "\n",
    "lettre.md": f"# Lettre\n\n{DEMANDS[2]} La mairie répondra en mai.\n",
}
WORDS = ("judo", "tennis", "canoë", "ski")
QUESTION = "Quelles sont les demandes du collectif ?"


def test_all_that_is_asked_for_is_told_over_all_documents(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter(), QUESTION)
    assert answer.form == "list" and not answer.abstained
    cited = {citation.quote for claim in answer.claims for citation in claim.citations}
    left = {citation.quote for claim in answer.doubtful for citation in claim.citations}
    assert set(DEMANDS) <= cited | left
    assert not cited & left


def test_numbers_of_citations_run_on_into_what_is_doubtful(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter(), QUESTION)
    numbers = [
        citation.number
        for claim in (*answer.claims, *answer.doubtful)
        for citation in claim.citations
    ]
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_the_writer_invents_is_replaced_by_what_stands_there(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter("Le collectif demande 40 bateaux à Venise."), QUESTION)
    assert answer.claims
    assert {claim.support for claim in answer.claims} == {"quoted"}
    assert not any("Venise" in claim.text for claim in answer.claims)


def test_two_documents_that_say_the_same_are_told_once(tmp_path: Path) -> None:
    twice = CORPUS | {"copie.md": f"# Copie\n\n{DEMANDS[0]} C'est écrit.\n"}
    answer = asked(tmp_path, FakeWriter(), QUESTION, twice)
    told = [
        claim
        for claim in (*answer.claims, *answer.doubtful)
        if any(citation.quote == DEMANDS[0] for citation in claim.citations)
    ]
    assert len(told) == 1


def test_where_nothing_belongs_the_program_abstains(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter(yes=0.0), "Quels sont les prix des sonates ?")
    assert answer.abstained and not answer.claims and not answer.doubtful
    assert answer.nearest


def test_the_remark_says_how_much_was_read(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter(), QUESTION)
    assert "2 documents" in answer.remark


def test_the_writer_reads_nothing_but_the_pieces_of_one_sentence(tmp_path: Path) -> None:
    writer = FakeWriter()
    again = "Le collectif demande, devant l'école, un abri de bus."
    asked(tmp_path, writer, QUESTION, CORPUS | {"redite.md": f"# Redite\n\n{again}\n"})
    held = [sum(demand in prompt.user for demand in DEMANDS) for prompt in writer.prompts]
    assert all(count <= 1 for count in held)


def test_a_list_of_which_items_belong_is_told_whole(tmp_path: Path) -> None:
    lines = [f"{i}. Le {word}. Il se paie {i}{i} euros." for i, word in enumerate(WORDS, 1)]
    corpus = {"liste.md": "# Tarifs\n\nLes tarifs du club :\n\n" + "\n".join(lines) + "\n"}
    answer = asked(tmp_path, FakeWriter(), "Quels sont les tarifs du club ?", corpus)
    shown = " ".join(claim.text for claim in answer.claims)
    assert all(word in shown for word in WORDS)


def test_the_heading_of_an_item_is_not_told_without_what_explains_it(tmp_path: Path) -> None:
    corpus = {"liste.md": "# Liste\n\n1. Le silence. Nul ne parle.\n2. Le calme. Nul ne court.\n"}
    answer = asked(
        tmp_path,
        FakeWriter("Rien du tout ici."),
        "Quelles sont les règles du silence et du calme ?",
        corpus,
    )
    said = [claim.text for claim in (*answer.claims, *answer.doubtful)]
    assert any("Le silence. Nul ne parle." in one for one in said)


# --- with a writer into which nobody can look -----------------------------------------------------


def told(claims: Sequence[Claim]) -> set[str]:
    return {citation.quote for claim in claims for citation in claim.citations}


def test_the_writer_is_asked_once_for_the_numbers_of_all_that_was_found(tmp_path: Path) -> None:
    judged: list[Prompt] = []

    class Counted(FakeWriter):
        def choose(self, prompt: Prompt, *rest: Any, **more: Any) -> Choice:
            judged.append(prompt)
            return super().choose(prompt, *rest, **more)

    writer = Counted(needs="2")
    answer = asked(tmp_path, writer, QUESTION)
    assert len(writer.numbered) == 1 and len(judged) == 1
    (prompt,) = writer.numbered
    assert all(demand in prompt.user for demand in DEMANDS)
    second = prompt.parts[1].of(prompt.user)
    assert told(answer.claims) == {second} and not answer.doubtful


def test_reasons_too_are_what_the_writer_names(tmp_path: Path) -> None:
    corpus = {
        "note.md": "# Note\n\nLe bac reste à quai. La coque fuit. Le pilote manque.\n",
        "avis.md": "# Avis\n\nLa criée ouvre à six heures.\n",
    }
    answer = asked(tmp_path, FakeWriter(needs="3"), "Pourquoi le bac reste-t-il à quai ?", corpus)
    assert len(told(answer.claims)) == 1


@pytest.mark.parametrize("said", ["Le collectif demande un abri de bus.", "", "77", "Oui."])
def test_where_no_numbers_come_twice_the_order_of_retrieval_stands_in(
    tmp_path: Path, said: str
) -> None:
    writer = FakeWriter(needs=said or " ")
    answer = asked(tmp_path, writer, QUESTION)
    first, again = writer.numbered
    assert again.user != first.user and again.parts == first.parts
    shown = told(answer.claims)
    assert shown and shown <= {part.of(first.user) for part in first.parts[:5]}
    assert not any("Oui." in claim.text or "77" in claim.text for claim in answer.claims)


def test_what_the_writer_leaves_out_is_not_told(tmp_path: Path) -> None:
    answer = asked(tmp_path, FakeWriter(needs="Aucune."), QUESTION)
    assert answer.abstained and not answer.doubtful


class Short(FakeWriter):
    """Has no room for the last three sentences."""

    def numbers(self, prompt: Prompt, stop: Stop, *, max_tokens: int) -> tuple[str, int]:
        del stop, max_tokens
        return ", ".join(map(str, range(1, len(prompt.parts) + 1))), 3


def test_what_a_writer_had_no_room_for_is_told(tmp_path: Path) -> None:
    answer = asked(tmp_path, Short(), QUESTION)
    assert answer.unread >= 3 and answer.claims
    assert any(str(answer.unread) in note for note in notes.behind(answer))


def test_no_numbers_are_asked_for_where_nothing_seems_to_answer(tmp_path: Path) -> None:
    writer = FakeWriter(yes=0.0)
    asked(tmp_path, writer, "Quels sont les prix des sonates ?")
    assert not writer.numbered


def asked(
    tmp_path: Path, writer: FakeWriter, question: str, corpus: dict[str, str] = CORPUS
) -> Answer:
    write(tmp_path / "corpus", corpus)
    dossier = dossier_of(Settings(tmp_path / "corpus", tmp_path / "index"), writer)
    dossier.sync()
    return ask(dossier, question)
