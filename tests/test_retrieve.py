"""Retrieval over a small real index with an obvious fake for the embedder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdossier import retrieve
from askdossier.core import Evidence, Filter, Hit, InvalidFilter, Reranker, Source, Span
from askdossier.index import Index, Rows
from askdossier.index.whitening import Whitening
from index_fakes import DIMENSION, sync, vector_of, write

Retrieved = tuple[tuple[Hit, ...], tuple[Evidence, ...]]
REPEATED = "La chaufferie municipale consomme vingt tonnes de bois par semaine."
FILES = {
    "a/ferme.txt": (
        "# La ferme\n\n"
        "La ferme urbaine a ouvert ses portes au printemps dernier près du canal.\n"
        "Elle emploie quarante maraîchers venus de toute la région parisienne.\n"
        "Ses tomates anciennes sont vendues chaque samedi sur la place du marché.\n\n"
        f"Un tout autre sujet occupe ce paragraphe.\n{REPEATED}\n\n"
        "# Le canal\n\n"
        "Le canal gèle rarement en hiver malgré le vent du nord."
    ),
    "b.txt": f"{REPEATED}\n\nLe procédé Xylophane-7 blanchit le papier sans chlore.",
    "c.txt": "The lighthouse keepers are counting seabirds every morning on the island.",
    "d.txt": "… !\n\nOui.\nIl est là.\nLe phare de Kerlann domine la baie.",
    "e.txt": "海鸥每天早晨在岛上飞翔。\n\nيعيش الصيادون على الجزيرة.\n\n🦀🦀 🦀",
}


def build(home: Path, files: dict[str, str], sources: Mapping[str, Source] | None = None) -> Index:
    (home / "corpus").mkdir(parents=True)
    write(home / "corpus", files)
    sync(home / "corpus", home / "index", sources=sources or {})
    return Index.open(home / "index", "fake-1")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build(tmp_path_factory.mktemp("retrieve"), FILES)


def ask(index: Index, question: str) -> Retrieved:
    return retrieved(index, retrieve.Query.of(question, vector_of(question)))


def retrieved(
    index: Index,
    query: retrieve.Query,
    allowed: Rows | None = None,
    reranker: Reranker | None = None,
) -> Retrieved:
    passages = retrieve.retrieve(index, query, allowed, reranker)
    return tuple(one.hit for one in passages), retrieve.evidence_in(index, query, passages)


def quotes(evidence: tuple[Evidence, ...]) -> list[str]:
    return [item.quote for item in evidence]


def assert_sound(index: Index, hits: tuple[Hit, ...], evidence: tuple[Evidence, ...]) -> None:
    """What holds of every result."""
    passages = {passage.id: passage for passage in index.passages}
    assert len({hit.passage.id for hit in hits}) == len(hits) <= retrieve.KEPT
    order = [(len(hit.phrases), hit.score) for hit in hits]
    assert order == sorted(order, reverse=True)
    assert all(hit.dense_rank or hit.lexical_rank or hit.phrases for hit in hits)
    assert all(hit.passage == passages[hit.passage.id] for hit in hits)
    places = [(item.document, item.span) for item in evidence]
    assert len(set(places)) == len(places)
    for item in evidence:
        assert item.quote == item.span.of(index.documents[item.document].text)
        assert item.span in passages[item.passage].sentences
        assert np.isfinite(item.score)
    documents = [item.document for item in evidence]
    assert documents == sorted(documents, key=documents.index), "one document after another"
    for document in set(documents):
        starts = [item.span.start for item in evidence if item.document == document]
        assert starts == sorted(starts), "in reading order"


# --- finding --------------------------------------------------------------------------------------


def test_the_sentence_that_answers_is_found_and_its_passage_first(index: Index) -> None:
    hits, evidence = ask(index, "Combien de maraîchers la ferme urbaine emploie-t-elle ?")
    assert hits[0].passage.document == "a/ferme.txt"
    assert "Elle emploie quarante maraîchers venus de toute la région parisienne." in quotes(
        evidence
    )
    assert_sound(index, hits, evidence)


def test_a_rare_word_finds_its_passage_against_the_vectors(index: Index) -> None:
    """The vector points away from the passage: BM25 alone must bring it up."""
    wanted = "Le procédé Xylophane-7 blanchit le papier sans chlore."
    vector = -vector_of(wanted)
    query = retrieve.Query.of("À quoi sert Xylophane-7 ?", vector)
    hits, _ = retrieved(index, query)
    found = next(hit for hit in hits if hit.passage.document == "b.txt" and hit.lexical)
    assert found.lexical_rank == 1
    assert found.dense is not None


def test_a_passage_beyond_the_dense_candidates_is_still_found_by_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.passages, "CANDIDATES", 3)
    files = {f"{n:02}.txt": f"Le bateau numéro {n} quitte le port de Lorient." for n in range(12)}
    index = build(tmp_path, files | {"z.txt": "Zythologie appliquée aux fûts anciens."})
    question = "Zythologie du bateau numéro quitte le port de Lorient"
    hits, evidence = ask(index, question)
    (found,) = (hit for hit in hits if hit.passage.document == "z.txt")
    assert found.lexical_rank == 1
    assert found.dense_rank is None
    assert found.dense == pytest.approx(
        float(vector_of("Zythologie appliquée aux fûts anciens.") @ vector_of(question)), abs=0.2
    )
    assert_sound(index, hits, evidence)


def test_stems_are_those_of_the_language_of_the_passage(index: Index) -> None:
    hits, _ = ask(index, "Who counts the seabird?")
    (found,) = (hit for hit in hits if hit.lexical_rank == 1)
    assert found.passage.document == "c.txt"


# --- choosing evidence ----------------------------------------------------------------------------


def test_what_two_documents_say_alike_is_given_once(index: Index) -> None:
    _, evidence = ask(index, "Combien de bois la chaufferie municipale consomme-t-elle ?")
    assert quotes(evidence).count(REPEATED) == 1


def test_the_neighbours_of_the_best_sentence_come_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.evidence, "EVIDENCE", 1)
    index = build(tmp_path, FILES)
    _, evidence = ask(index, "quarante maraîchers de la région parisienne")
    assert quotes(evidence) == [
        "La ferme urbaine a ouvert ses portes au printemps dernier près du canal.",
        "Elle emploie quarante maraîchers venus de toute la région parisienne.",
        "Ses tomates anciennes sont vendues chaque samedi sur la place du marché.",
    ]


def test_a_neighbour_stands_under_the_same_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.evidence, "EVIDENCE", 1)
    index = build(tmp_path, FILES)
    _, evidence = ask(index, "Le canal gèle-t-il en hiver malgré le vent du nord ?")
    assert quotes(evidence) == ["Le canal gèle rarement en hiver malgré le vent du nord."]


def test_no_more_evidence_than_is_wanted(index: Index) -> None:
    _, evidence = ask(index, "la ferme, la chaufferie, le canal, le phare et le papier")
    longest = max(len(quote) for quote in quotes(evidence))
    neighbours = 6
    assert sum(map(len, quotes(evidence))) <= retrieve.EVIDENCE + (1 + neighbours) * longest


def test_what_lies_far_below_the_best_stays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build(tmp_path, FILES)
    question = "quarante maraîchers de la région parisienne"
    _, all_near = ask(index, question)
    monkeypatch.setattr(retrieve.evidence, "_FAR", 0.0)
    _, only = ask(index, question)
    assert [item.quote for item in only if item.role == "match"] == [
        "Elle emploie quarante maraîchers venus de toute la région parisienne."
    ]
    monkeypatch.setattr(retrieve.evidence, "_FAR", 1.0)
    _, more = ask(index, question)
    assert set(quotes(only)) <= set(quotes(all_near)) < set(quotes(more))


def test_sentences_without_words_are_no_evidence(index: Index) -> None:
    _, evidence = ask(index, "Que domine le phare de Kerlann ?")
    assert "Le phare de Kerlann domine la baie." in quotes(evidence)
    assert "… !" not in quotes(evidence)


def test_the_document_of_the_best_sentence_comes_first(index: Index) -> None:
    _, evidence = ask(index, "Que blanchit le procédé Xylophane-7 sans chlore ?")
    assert max(evidence, key=lambda item: item.score).document == evidence[0].document == "b.txt"


def test_the_same_sentence_with_another_figure_is_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.evidence, "_FAR", 1.0)  # the fake vectors are crude
    sentence = "L’appel pour le canal a réuni {} signatures de riverains depuis le mois de mai."
    index = build(tmp_path, {"a.txt": sentence.format(500), "b.txt": sentence.format(700)})
    hits, evidence = ask(index, "Combien de signatures de riverains l’appel a-t-il réuni ?")
    assert set(quotes(evidence)) == {sentence.format(500), sentence.format(700)}
    assert len(hits) == 2


def test_passages_that_say_the_same_collapse_into_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.passages, "_ALIKE", 0.5)  # the fake vectors are crude
    files = {"a.txt": REPEATED, "b.txt": f"{REPEATED} !", "c.txt": REPEATED.replace("vingt", "20")}
    hits, _ = ask(build(tmp_path, files), "Combien de bois la chaufferie consomme-t-elle ?")
    assert {hit.passage.document: hit.also for hit in hits} == {"a.txt": ("b.txt#0",), "c.txt": ()}


def test_a_question_for_several_sources_gets_a_second_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.evidence, "EVIDENCE", 1)
    monkeypatch.setattr(retrieve.evidence, "_NEAR", 0.2)  # the fake vectors are crude
    first = "Le maire a fermé la piscine de Kerlann pour réparer le bassin."
    second = "La piscine de Kerlann a été fermée par le maire, faute de maîtres-nageurs."
    index = build(tmp_path, {"a.txt": first, "b.txt": second, "c.txt": "Le vent du nord."})
    _, one = ask(index, "Qui a fermé la piscine de Kerlann ?")
    assert len({item.document for item in one}) == 1
    _, both = ask(index, "Pourquoi le maire a-t-il fermé la piscine de Kerlann ?")
    assert {item.document for item in both} == {"a.txt", "b.txt"}
    assert [item.role for item in both] == ["match", "second source"]


def test_a_far_second_source_is_not_forced_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieve.evidence, "EVIDENCE", 1)
    monkeypatch.setattr(retrieve.evidence, "_NEAR", 0.2)  # the fake vectors are crude
    first = "Le maire a fermé la piscine de Kerlann pour réparer le bassin."
    index = build(tmp_path, {"a.txt": first, "c.txt": "Zèbres, okapis et girafes."})
    _, evidence = ask(index, "Pourquoi le maire a-t-il fermé la piscine de Kerlann ?")
    assert quotes(evidence) == [first]


# --- a reranker -----------------------------------------------------------------------------------


class ByLength:
    """A reranker that likes long passages, and remembers what it read."""

    name = "by-length"

    def __init__(self) -> None:
        self.read: list[str] = []

    def relevance(self, question: str, passages: Sequence[str]) -> list[float]:
        self.read.extend(passages)
        return [float(len(passage)) for passage in passages]


def test_a_reranker_orders_the_passages(index: Index) -> None:
    question, reranker = "Que domine le phare de Kerlann ?", ByLength()
    query = retrieve.Query.of(question, vector_of(question))
    plain, _ = retrieved(index, query)
    hits, evidence = retrieved(index, query, reranker=reranker)
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in plain}
    assert all(hit.relevance is None for hit in plain)
    assert [hit.relevance for hit in hits] == sorted(map(len, reranker.read), reverse=True)
    farm = next(read for read in reranker.read if "tomates" in read)
    assert farm.startswith("ferme\nLa ferme\nLa ferme urbaine"), "title, heading, text"
    best = {hit.passage.id for hit in hits[:5]}
    assert {item.passage for item in evidence if item.role == "match"} <= best


# --- quoted phrases -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quoted", ["« sans chlore »", "“Sans chlore”", '"sans chlore"', "« SANS CHLORE »"]
)
def test_quoted_words_are_found_to_the_letter(index: Index, quoted: str) -> None:
    """The vector and all other words speak for the farm."""
    question = f"Combien de maraîchers la ferme urbaine emploie-t-elle {quoted} ?"
    query = retrieve.Query.of(question, vector_of(FILES["a/ferme.txt"]))
    hits, evidence = retrieved(index, query)
    assert hits[0].passage.document == "b.txt"
    assert [text.lower() for text in hits[0].phrases] == ["sans chlore"]
    assert all(not hit.phrases for hit in hits[1:])
    assert {item.document for item in evidence} == {"b.txt"}


def test_quoted_words_that_stand_nowhere_are_ordinary_words(index: Index) -> None:
    hits, _ = ask(index, "La ferme urbaine « emploie mille maraîchers » ?")
    assert not any(hit.phrases for hit in hits)
    assert "a/ferme.txt" in {hit.passage.document for hit in hits}


def test_part_of_a_word_is_not_the_quoted_word(index: Index) -> None:
    hits, _ = ask(index, "Qui dit « chlor » ?")
    assert not any(hit.phrases for hit in hits)


# --- words ----------------------------------------------------------------------------------------


def test_why_a_passage_was_found_is_told_in_the_words_of_the_question(index: Index) -> None:
    hits, _ = ask(index, "Où l’urbaine ferme vend-elle « ses tomates » ?")
    assert hits[0].words == ("urbaine", "ferme", "tomates")
    assert hits[0].phrases == ("ses tomates",)


def test_stop_words_of_another_language_do_not_count(index: Index) -> None:
    query = retrieve.Query.of("Who is the keeper of Kerlann?", vector_of("x"))
    assert [word.token for word in query.words("fr")] == ["keep", "kerlann"]
    query = retrieve.Query.of("Que sont 900 000 ou 82 % de l’été ?", vector_of("x"))
    assert [word.token for word in query.words("en")] == ["900000", "82", "82%", "ete"]


def test_related_words_count_for_less_than_the_word_itself(tmp_path: Path) -> None:
    files = {"a.txt": "Le fondateur du théâtre.", "b.txt": "La fondation.", "c.txt": "Le zoo."}
    index = build(tmp_path, files)
    query = retrieve.Query.of("fondateur", vector_of("x"))
    words = retrieve.words.Words(index, query, "fr")
    same, related, other = words.coverage([index.tokens(row) for row in range(3)])
    assert same == pytest.approx(1)
    assert 0 < related < same
    assert other == 0


def test_words_kept_together_count_for_more(tmp_path: Path) -> None:
    files = {"a.txt": "Le pont suspendu de bois.", "b.txt": "Le pont de bois, suspendu."}
    index = build(tmp_path, files)
    words = retrieve.words.Words(index, retrieve.Query.of("pont suspendu", vector_of("x")), "fr")
    together, apart = words.adjacency([index.tokens(row) for row in range(2)])
    assert together > apart == 0


def test_what_is_named_just_before_counts_for_the_next_passage(tmp_path: Path) -> None:
    named, built = "Le phare de Kerlann domine la baie.", "Il fut bâti par Anne Morin."
    query = retrieve.Query.of("Qui a bâti le phare ?", vector_of(named))
    scores = {}
    for between in ("", "# Plus tard\n\n"):
        index = build(tmp_path / str(len(between)), {"a.txt": f"{named}\n\n{between}{built}"})
        hits, _ = retrieved(index, query)
        scores[between] = {hit.passage.span.of(index.documents["a.txt"].text): hit for hit in hits}
    together, apart = (found[built].score for found in scores.values())
    assert together > apart


def test_what_all_passages_have_in_common_counts_for_little() -> None:
    """One passage says what all say, the other a little less of it, and what the question adds."""
    random = np.random.default_rng(0)
    vectors = random.normal(size=(4000, 8)) * 0.1
    vectors[:, 7] += 1
    vectors[0] = [0, 0, 0, 0, 0, 0, 0, 1]
    vectors[1] = [0.3, 0.3, 0.3, 0, 0, 0, 0, 1]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    question = np.array([0.2, 0, 0, 0, 0, 0, 0, 1], np.float32)
    question /= np.linalg.norm(question)
    assert vectors[0] @ question > vectors[1] @ question
    common, apart = Whitening(vectors.astype(np.float16)).cosines(vectors[:2], question)
    assert apart > common


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_passages_are_compared_as_they_are(count: int) -> None:
    vectors = np.eye(3, dtype=np.float32)[:count]
    cosines = Whitening(vectors).cosines(vectors, np.eye(3, dtype=np.float32)[0])
    assert np.isfinite(cosines).all()
    assert cosines.argmax() == 0 if count else not len(cosines)


# --- filters --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sourced(tmp_path_factory: pytest.TempPathFactory) -> Index:
    sources = {
        "a.txt": Source("a.txt", "", author="Anna Le Goff", publisher="Le Télégramme", date="2025"),
        "b.txt": Source("b.txt", "", author="Yann Élie", date="2025-06-15"),
        "c.txt": Source("c.txt", "", date="2024-11"),
        "d.txt": Source("d.txt", ""),
    }
    files = {name: f"Le phare de Kerlann, vu par {name[0]}." for name in sources}
    return build(tmp_path_factory.mktemp("sourced"), files, sources)


@pytest.mark.parametrize(
    ("within", "names"),
    [
        (Filter(), "abcd"),
        (Filter(author="le goff"), "a"),
        (Filter(author="elie"), "b"),
        (Filter(publisher="telegramme"), "a"),
        (Filter(after="2025"), "ab"),
        (Filter(after="2025-07"), "a"),
        (Filter(before="2025"), "c"),
        (Filter(before="2025-06-15"), "ac"),
        (Filter(before="2025-06-16"), "abc"),
        (Filter(after="2024-11-30", before="2025-03"), "ac"),
        (Filter(documents=frozenset({"a.txt", "D.TXT"})), "ad"),
        (Filter(language="fr"), "abcd"),
        (Filter(author="Anna", after="2025"), "a"),
    ],
)
def test_a_filter_lets_documents_through(sourced: Index, within: Filter, names: str) -> None:
    documents = retrieve.documents(sourced, within)
    assert documents == {f"{name}.txt" for name in names}
    question = "Que dit-on du phare de Kerlann ?"
    query = retrieve.Query.of(question, vector_of(question))
    hits, evidence = retrieved(sourced, query, sourced.rows_among(documents))
    assert {hit.passage.document for hit in hits} == documents
    assert {item.document for item in evidence} <= documents


@pytest.mark.parametrize(
    "within",
    [Filter(author="Personne"), Filter(documents=frozenset({"zzz"})), Filter(language="en")],
)
def test_a_filter_that_leaves_nothing_is_told(sourced: Index, within: Filter) -> None:
    with pytest.raises(InvalidFilter, match="askdossier docs"):
        retrieve.documents(sourced, within)


# --- odd questions and odd indexes ----------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "de la le les que qui où ?",
        "the of and what is it",
        "?",
        "🦀",
        "🦀🦀",
        "يعيش الصيادون",
        "海鸥在哪里飞翔",
        "a" * 2000,
        "pourquoi le canal " * 110,
        "« »",
        "Kerlann",
        "qu’est-ce que c’est ?",
        "Mon dieu, 42 !",
        "\u200b\ufeff",
        "x\ny\tz",
        "O'Neil’s 3,5 % C++ R&D",
    ],
)
def test_any_question_gives_sound_results(index: Index, question: str) -> None:
    hits, evidence = ask(index, question)
    assert hits
    assert evidence
    assert_sound(index, hits, evidence)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_asked(index: Index, question: str) -> None:
    assert_sound(index, *ask(index, question))


def test_the_same_question_gives_the_same_results(index: Index) -> None:
    question = "Que vend la ferme le samedi ?"
    assert ask(index, question) == ask(index, question)


def test_one_word_finds_its_passage(index: Index) -> None:
    query = retrieve.Query.of("Xylophane-7", np.zeros(DIMENSION, np.float32))
    hits, evidence = retrieved(index, query)
    assert hits[0].passage.document == "b.txt"
    assert any("Xylophane-7" in quote for quote in quotes(evidence))


def test_an_arabic_question_finds_arabic_words(index: Index) -> None:
    hits, _ = ask(index, "أين يعيش الصيادون؟")
    assert "الصيادون" in hits[0].passage.span.of(index.documents["e.txt"].text)


def test_a_question_of_stop_words_finds_by_meaning_alone(index: Index) -> None:
    hits, _ = ask(index, "de la le les que qui où ?")
    assert all(hit.lexical is None and hit.words == () for hit in hits)


def test_a_chinese_question_finds_chinese_words(index: Index) -> None:
    hits, _ = ask(index, "海鸥每天早晨在岛上飞翔")
    assert hits[0].passage.document == "e.txt"


def test_an_index_that_has_become_empty(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.txt": "Le canal gèle."})
    (tmp_path / "corpus/a.txt").unlink()
    sync(tmp_path / "corpus", tmp_path / "index", confirmed=True)
    assert ask(Index.open(tmp_path / "index", "fake-1"), "Le canal ?") == ((), ())
    assert ask(index, "Le canal ?")[1], "the index opened before stays as it was"


def test_one_document_of_one_sentence(tmp_path: Path) -> None:
    index = build(tmp_path, {"a.txt": "Le canal gèle rarement."})
    hits, evidence = ask(index, "Quel est le sens de la vie ?")
    assert len(hits) == 1
    assert quotes(evidence) == ["Le canal gèle rarement."]
    assert_sound(index, hits, evidence)


def test_a_vector_of_zeros_is_survived(index: Index) -> None:
    query = retrieve.Query.of("Le canal ?", np.zeros(DIMENSION, np.float32))
    assert_sound(index, *retrieved(index, query))


# --- what comes next ------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["Le canal ?", "Quel est le sens de la vie ?"])
def test_what_comes_next_was_not_read_before(index: Index, question: str) -> None:
    query = retrieve.Query.of(question, vector_of(question))
    passages = retrieve.retrieve(index, query)
    read = retrieve.evidence_in(index, query, passages)
    rounds = 0
    while further := retrieve.evidence_in(index, query, passages, read):
        assert_sound(index, tuple(one.hit for one in passages), further)
        places = [(item.document, item.span) for item in (*read, *further)]
        assert len(set(places)) == len(places)
        read += further
        rounds += 1
    assert rounds


# --- where a citation stands ----------------------------------------------------------------------


def test_the_passage_round_a_span(index: Index) -> None:
    for passage in index.passages:
        for sentence in passage.sentences:
            assert retrieve.neighbourhood(index, passage.document, sentence) == passage
    end = len(index.documents["b.txt"].text)
    assert retrieve.neighbourhood(index, "b.txt", Span(end, end)) is None
